"""The instruments that come with the package. Facts only: no item is quoted, and none may be.

No published rule was found for counting any of the four with an item missing, so none of them is: a skipped item means
no number, and the answers are kept.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from .registry import Instrument, register_instrument
from .scoring import summed

ALL_OR_NONE = _(
    "A number is counted only when every item has an answer. We know of no published rule for counting with fewer."
)

WHO5 = register_instrument(
    Instrument(
        code="who5",
        name="WHO-5",
        version="1998",
        items=5,
        lowest=0,
        highest=5,
        low=0,
        high=100,
        higher_is_better=True,
        score=summed(items=5, lowest=0, highest=5, times=4),
        what=_("how one has been feeling lately"),
        missing_rule=ALL_OR_NONE,
        change_limit=Decimal(10),
        change_source=(
            "Topp CW, Østergaard SD, Søndergaard S, Bech P. The WHO-5 Well-Being Index: A Systematic Review of the "
            "Literature. Psychother Psychosom 2015;84:167–176. doi:10.1159/000376585"
        ),
        cut_off=50,
        cut_off_meaning=_("At 50 or below, one may be feeling so bad that somebody should ask."),
        asks_care_below=50,
        # Test-retest reliability and measurement error of the Danish WHO-5 Well-being Index in outpatients with epilepsy.
        # Health Qual Life Outcomes 2018. doi:10.1186/s12955-018-1001-0
        caution=_(
            "In a Danish study (doi:10.1186/s12955-018-1001-0) one person's number could differ by up to 24 points from one "
            "time to the next, though nothing had happened. Ask before you believe."
        ),
        source=(
            "World Health Organization. Wellbeing measures in primary health care: the DepCare project. WHO Regional "
            "Office for Europe, 1998."
        ),
        licence=_(
            "May be used without asking first. The words must not be changed. Look up the terms that hold today, and "
            "note where you have them from."
        ),
    )
)

INSPIRE_O = register_instrument(
    Instrument(
        code="inspire_o",
        name="Brief INSPIRE-O",
        version="Brief INSPIRE-O",
        items=5,
        lowest=0,
        highest=4,
        low=0,
        high=100,
        higher_is_better=True,
        score=summed(items=5, lowest=0, highest=4, times=5),
        what=_("recovery as one feels it oneself"),
        missing_rule=ALL_OR_NONE,
        change_limit=Decimal(8),
        change_source=(
            "Moeller SB, Larsen PV, Austin SF, Slade M, Arendt I-MTP, Kring L, Simonsen S. Assessing change and "
            "establishing empirical cutoffs: the Brief INSPIRE-O measure. Soc Psychiatry Psychiatr Epidemiol 2025. "
            "doi:10.1007/s00127-025-02948-7"
        ),
        cut_off=50,
        cut_off_meaning=_("A study of Danish out-patients puts the boundary of personal recovery at 50."),
        source=(
            "Moeller SB, Larsen PV, Austin S, Slade M, Arendt I-MTP, Andersen MS, Simonsen S. Scalability, test–retest "
            "reliability and validity of the Brief INSPIRE-O. Front Psychiatry 2024;15:1327020. "
            "doi:10.3389/fpsyt.2024.1327020"
        ),
        licence=_(
            "May be downloaded free of charge from Research into Recovery. The words must not be changed, and the "
            "authors ask to be told of the use."
        ),
    )
)

QPR15 = register_instrument(
    Instrument(
        code="qpr15",
        name="QPR-15",
        version="15",
        items=15,
        lowest=0,
        highest=4,
        low=0,
        high=60,
        higher_is_better=True,
        score=summed(items=15, lowest=0, highest=4),
        what=_("one's own process of recovery"),
        missing_rule=ALL_OR_NONE,
        change_limit=Decimal(5),
        caution=_("The limit comes from people with psychosis."),
        change_source=(
            "Estimating the minimum important difference for the Questionnaire about the Process of Recovery (QPR): an "
            "anchor-based approach. Psychosis 2021;13:220–230. doi:10.1080/17522439.2021.1883726"
        ),
        source=(
            "Williams J, Leamy M, Pesola F, Bird V, Le Boutillier C, Slade M. Psychometric evaluation of the "
            "Questionnaire about the Process of Recovery (QPR). Br J Psychiatry 2015;207:551–555. "
            "doi:10.1192/bjp.bp.114.161695"
        ),
        licence=_(
            "The PhenX Toolkit (protocol 661101) says that it may be used freely and without asking. Ask those who "
            "translated the Danish words."
        ),
    )
)

LONELINESS = register_instrument(
    Instrument(
        code="loneliness3",
        name=_("The loneliness scale with three questions (T-ILS)"),
        version="2004",
        items=3,
        lowest=1,
        highest=3,
        low=3,
        high=9,
        higher_is_better=False,
        score=summed(items=3, lowest=1, highest=3),
        what=_("loneliness"),
        missing_rule=ALL_OR_NONE,
        source=(
            "Hughes ME, Waite LJ, Hawkley LC, Cacioppo JT. A Short Scale for Measuring Loneliness in Large Surveys. Res "
            "Aging 2004;26:655–672. doi:10.1177/0164027504268574"
        ),
        licence=_(
            "Used in many surveys, but we know of no licence that anybody may rely on. Ask those who translated the "
            "Danish words."
        ),
    )
)

STAR = register_instrument(
    Instrument(
        code="star",
        name=_("The progress star"),
        version="1",
        items=0,
        lowest=1,
        highest=10,
        low=1,
        high=10,
        higher_is_better=True,
        score=None,
        what=_("one's own areas"),
        missing_rule=_("Each area stands alone. An area may be skipped, and the numbers are never added up."),
        source="peer_support",
        licence=_("The words are those of the person and of the centre."),
    )
)
