"""What other rooms show on the page of a match."""

_section_rules = []


def register_match_section(rule):
    """Let another room show something on a match's page, below what the two have agreed.

    ``rule(match, user)`` returns ``(template, context)``, or ``None``; it writes its own access log for what it shows
    beyond the match and its two people. Registering the same function twice counts once.
    """
    if rule not in _section_rules:
        _section_rules.append(rule)
    return rule


def match_sections(match, user):
    """Return ``[{"template": …, **context}, …]`` of what other rooms show on the page of ``match``."""
    found = (rule(match, user) for rule in _section_rules)
    return [{"template": section[0], **section[1]} for section in found if section is not None]
