"""What other rooms show on the page of an enrolment."""

_section_rules = []


def register_enrolment_section(rule):
    """Let another room show something on an enrolment's page, below the steps.

    ``rule(enrolment, user)`` returns ``(template, context)``, or ``None``; it writes its own access log. Registering
    the same function twice counts once.
    """
    if rule not in _section_rules:
        _section_rules.append(rule)
    return rule


def enrolment_sections(enrolment, user):
    """Return ``[{"template": …, **context}, …]`` of what other rooms show on the page of ``enrolment``."""
    found = (rule(enrolment, user) for rule in _section_rules)
    return [{"template": section[0], **section[1]} for section in found if section is not None]
