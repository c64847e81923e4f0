"""A draft of the impact assessment (GDPR art. 35): what the system does, and for each risk what stands against it.

Each measure names what shows it: a test of the package, or a setting of the site. How likely and how bad a risk is where
you are, and whether the rest of it is acceptable, is for the controller: those places are blanks.
"""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..access.roles import GROUP_NAMES, PERMISSIONS
from ..privacy.registry import tables
from ..privacy.retention import rules
from .privacy_notice import Section

BLANK = "________"


@dataclass(frozen=True)
class Measure:
    """``shown_by`` is "tests/…::test" or the name of a setting (``PEER_SUPPORT["…"]``, or one of Django's)."""

    text: object
    shown_by: str


@dataclass(frozen=True)
class Risk:
    """What can go wrong for the one it is about, and what stands against it."""

    title: object
    harm: object
    measures: tuple


RISKS = (
    Risk(
        gettext_lazy("Somebody sees people they have nothing to do with"),
        gettext_lazy("That one has sought support is told on. Trust is lost."),
        (
            Measure(
                gettext_lazy(
                    "Every look at people goes through the scope of one's own initiatives; outside it there is nothing."
                ),
                "tests/access/test_scopes.py",
            ),
            Measure(
                gettext_lazy("Every address is asked as every role, also with other initiatives' numbers."),
                "tests/security/test_matrix.py",
            ),
            Measure(
                gettext_lazy("An address that nobody has decided on fails the tests."),
                "tests/security/test_routes.py",
            ),
        ),
    ),
    Risk(
        gettext_lazy("A copy of the database, or a backup, gets into the wrong hands"),
        gettext_lazy("Names and what was said can be read by strangers."),
        (
            Measure(
                gettext_lazy(
                    "Names, contact and every word about a person are encrypted, with keys kept elsewhere."
                ),
                "tests/privacy/test_encryption.py",
            ),
            Measure(
                gettext_lazy("The keys can be changed while people work."), "tests/privacy/test_rotation.py"
            ),
            Measure(gettext_lazy("The site says so when a key is missing or weak."), 'PEER_SUPPORT["KEYS"]'),
        ),
    ),
    Risk(
        gettext_lazy("A colleague looks without a reason"),
        gettext_lazy("Curiosity about a neighbour or a relative."),
        (
            Measure(
                gettext_lazy(
                    "Each look, search, export, change and erasure is written down in the same step."
                ),
                "tests/privacy/test_access_log.py",
            ),
            Measure(
                gettext_lazy("The log cannot be changed without being seen."), "tests/privacy/test_sealing.py"
            ),
            Measure(gettext_lazy("How long it is kept is a setting."), 'PEER_SUPPORT["ACCESS_LOG_MONTHS"]'),
        ),
    ),
    Risk(
        gettext_lazy("More is kept than is needed, or for longer"),
        gettext_lazy("What was true once is held against somebody later."),
        (
            Measure(
                gettext_lazy("What is over is erased every night; the screen says beforehand what goes."),
                "tests/privacy/test_retention.py",
            ),
            Measure(
                gettext_lazy("Nothing of the erased is left in any table, file, index or mail."),
                "tests/privacy/test_erasure.py",
            ),
            Measure(
                gettext_lazy("Everybody is asked whether they still want to be registered."),
                "tests/people/test_still_here.py",
            ),
            Measure(
                gettext_lazy("No diagnoses; a CPR number in a free text is refused."),
                "tests/recruitment/test_signup.py",
            ),
            Measure(
                gettext_lazy("The periods are settings, each with a reason."),
                'PEER_SUPPORT["RETENTION_MONTHS"]',
            ),
        ),
    ),
    Risk(
        gettext_lazy("Somebody who has said stop is contacted or used all the same"),
        gettext_lazy("The person is not listened to, at a time when it matters."),
        (
            Measure(
                gettext_lazy("A stop and a yes that was taken back work at once, in each place."),
                "tests/people/test_standing.py",
            ),
            Measure(
                gettext_lazy("Consents are kept with the words as they were."),
                "tests/recruitment/test_consent.py",
            ),
        ),
    ),
    Risk(
        gettext_lazy("A mail or a calendar on a telephone tells on somebody"),
        gettext_lazy("A partner, a colleague or a child reads it."),
        (
            Measure(
                gettext_lazy("Mails and calendars say nothing of illness, names or what was said."),
                "tests/mailing/test_texts.py",
            ),
            Measure(
                gettext_lazy("What it is about stands behind a link that ends."),
                "tests/links/test_problems.py",
            ),
        ),
    ),
    Risk(
        gettext_lazy("Two are brought together who should not be"),
        gettext_lazy("Unsafe or unpleasant meetings."),
        (
            Measure(
                gettext_lazy("A person decides; the computer only proposes, and says why."),
                "tests/matching/test_proposing.py",
            ),
            Measure(gettext_lazy("Both say yes before a name is shown."), "tests/links/test_answers.py"),
        ),
    ),
    Risk(
        gettext_lazy("Something that is needed in a case is erased"),
        gettext_lazy("A complaint or a claim cannot be cleared up."),
        (
            Measure(
                gettext_lazy("A legal hold stops erasing, with a reason and an end."),
                "tests/people/test_holds.py",
            ),
        ),
    ),
    Risk(
        gettext_lazy("A person cannot get their own data, or leaves and is not forgotten"),
        gettext_lazy("The person's rights are only on paper."),
        (
            Measure(
                gettext_lazy("Everything that is kept, to read and as a file, made from the same list."),
                "tests/people/test_own_reading.py",
            ),
            Measure(
                gettext_lazy("A field that nobody has classified fails the tests."),
                "tests/privacy/test_registry.py",
            ),
            Measure(
                gettext_lazy("A restored backup is cleared of the erased again."),
                "tests/privacy/test_erasure.py",
            ),
        ),
    ),
)


def _months(count):
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def description():
    """Return the :class:`Section` list that describes the processing: what, who, how long."""
    kinds = dict.fromkeys(kind for table in tables() for kind in table.fields.values())
    seeing = [role for role, models in PERMISSIONS.items() if "view" in models.get("citizen", ())]
    return [
        Section(
            _("The purpose"),
            [
                _(
                    "To bring citizens who look for support together with volunteers who have been there themselves, and to look after both."
                ),
                _(
                    "The people are in a hard time, and that they are here says something of their health (art. 9). So an assessment is needed."
                ),
                _("Controller: %(blank)s. Processor: %(blank)s. Data protection officer: %(blank)s.")
                % {"blank": BLANK},
            ],
        ),
        Section(
            _("What is kept"),
            [
                ngettext(
                    "It is kept in %(count)d table; the record of processing names each field.",
                    "It is kept in %(count)d tables; the record of processing names each field.",
                    len(tables()),
                )
                % {"count": len(tables())}
            ],
            [f"{kind.label}: {kind.why}" for kind in kinds],
        ),
        Section(
            _("Who sees people"),
            [],
            [GROUP_NAMES[role] for role in seeing],
        ),
        Section(
            _("How long"),
            [],
            [
                f"{capfirst(str(rule.label))}: {_months(rule.months_now)}. {rule.why}"
                for rule in rules().values()
            ],
        ),
        Section(
            _("Needed, and no more than needed"),
            [
                _(
                    "Ground: the person's explicit consent, by purpose and version; it can be taken back on the person's own page."
                ),
                _(
                    "No diagnoses, no CPR number. Only a name or alias and one way to reach the person must be given."
                ),
                _("Nothing leaves the site by itself; no machine decides about anybody."),
                _("Who was asked about this assessment (citizens, volunteers, staff): %(blank)s")
                % {"blank": BLANK},
            ],
        ),
    ]


def _table(*rows):
    return ["| " + " | ".join(str(cell).replace("|", "/") for cell in row) + " |" for row in rows]


def dpia_as_markdown():
    """Return the draft as Markdown in the active language."""
    title, risks, decision = (
        _("Impact assessment (draft)"),
        _("Risks, and what stands against them"),
        _("Decision"),
    )
    harm = _("What it can do: %(harm)s")
    lines = [f"# {title}", ""]
    lines += [_("Made by the system from its own lists. Fill in the blanks, and decide."), ""]
    for section in description():
        lines += [f"## {section.title}", ""]
        lines += [line for text in section.lines for line in (text, "")]
        lines += [*(f"- {point}" for point in section.points), ""] if section.points else []
    lines += [f"## {risks}", ""]
    for number, risk in enumerate(RISKS, 1):
        lines += [f"### {number}. {risk.title}", "", harm % {"harm": risk.harm}, ""]
        head = (_("What stands against it"), _("Shown by"))
        rows = [(measure.text, f"`{measure.shown_by}`") for measure in risk.measures]
        lines += [*_table(head, ("---", "---"), *rows), ""]
        lines += [
            _(
                "How likely here: %(blank)s · how bad: %(blank)s · more that we do: %(blank)s · accepted: %(blank)s"
            )
            % {"blank": BLANK},
            "",
        ]
    lines += [f"## {decision}", ""]
    lines += [
        _("The rest of the risk is acceptable: %(blank)s. Datatilsynet is to be asked first: %(blank)s.")
        % {"blank": BLANK},
        "",
        _("Decided on %(blank)s by %(blank)s. Looked at again on %(blank)s.") % {"blank": BLANK},
    ]
    return "\n".join(lines).strip() + "\n"
