"""Every field of every table about people is classified; a new one fails here until somebody has thought about it."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone, translation

from peer_support.access.scopes import all_initiatives
from peer_support.checks import person_models
from peer_support.directory.models import InitiativeContact, InitiativeSuggestion, LocalCoordinator
from peer_support.followup.today.models import PutOff
from peer_support.mailing.models import MailJob
from peer_support.oversight.models import ReviewNote
from peer_support.people.models import Citizen, PeopleUpload
from peer_support.privacy import clocks, registry, retention
from peer_support.privacy.field_names import name_of, unnamed
from peer_support.privacy.fields import EncryptedTextField
from peer_support.privacy.record import processing_record, retention_record
from peer_support.privacy.registry import OnErasure
from peer_support.recruitment.models_story_consent import StoryConsent


def package_models():
    return [model for model in person_models() if model._meta.app_label == "peer_support"]


# A field that holds a person's name or a way to reach them is called something like this.
TELLS_WHO = re.compile(r"(^|_)(name|names|phone|mobile|email|mail|contact|address|person|who)($|_)")
# Names of things, and switches; nobody is named in them.
OF_THINGS = {
    "peer_support.BenefitRule": "a benefit and where its rule stands",
    "peer_support.Municipality": "a municipality",
    "peer_support.DirectoryTerm": "a word of the directory",
    "peer_support.Initiative": "what else an initiative is called",
    "peer_support.InitiativePartner": "an organisation",
    "peer_support.InterestGroup": "a group of interests",
    "peer_support.Interest": "an interest",
    "peer_support.IdeaArea": "an idea for a meeting: who can begin",
    "peer_support.Language": "a language",
    "peer_support.SchoolHoliday": "a holiday",
    "peer_support.EnquirySource": "where one heard of us",
    "peer_support.AreaSuggestion": "an area of a star",
    "peer_support.Assignment": "a task of one of the site's users: whether they get a mail",
    "peer_support.ConversationGuide": "which kind of people a guide is for",
    "peer_support_pages.AmbassadorStoryPage": "a published page: the name that the ambassador chose to be called",
}


def tells_of_somebody(model):
    """Whether a model has a field for words that are encrypted, or one that is called like a name or a contact."""
    return any(
        isinstance(column, EncryptedTextField) or TELLS_WHO.search(column.name)
        for column in model._meta.local_concrete_fields
        if not column.is_relation
    )


def models_about_somebody():
    """Every model of the package that is about people by what it holds, whatever its manager; without names of things."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("peer_support.")]
    return [
        model
        for model in ours
        if tells_of_somebody(model) and (model._meta.label not in OF_THINGS or model in registered())
    ]


def registered():
    return {table.model for table in registry.tables()}


def test_every_field_is_classified():
    assert registry.unclassified(package_models()) == []


def test_every_table_that_tells_of_somebody_is_classified_whatever_its_manager():
    """Ambassadors, contacts of initiatives and whoever suggests a change are people too."""
    found = models_about_somebody()
    assert {StoryConsent, InitiativeContact, InitiativeSuggestion, LocalCoordinator} <= set(found)
    assert registry.unclassified(found) == []
    assert OF_THINGS.keys() & {model._meta.label for model in registered()} == set()
    known = {model._meta.label for model in apps.get_models() if tells_of_somebody(model)}
    assert OF_THINGS.keys() <= known, "an exception for nothing"


@isolate_apps()
def test_control_a_table_with_a_name_or_an_encrypted_text_is_seen():
    class Named(models.Model):  # noqa: DJ008
        contact_name = models.TextField()

        class Meta:
            app_label = "peer_support_control"

    class Sealed(models.Model):  # noqa: DJ008
        note = EncryptedTextField()

        class Meta:
            app_label = "peer_support_control"

    class Plain(models.Model):  # noqa: DJ008
        note = models.TextField()

        class Meta:
            app_label = "peer_support_control"

    assert [tells_of_somebody(model) for model in (Named, Sealed, Plain)] == [True, True, False]


def test_a_table_without_a_subject_says_whom_it_is_about_and_how_it_ends():
    without = [table for table in registry.tables() if table.about]
    assert {table.model for table in without} == {
        StoryConsent,
        InitiativeContact,
        InitiativeSuggestion,
        LocalCoordinator,
    }
    with translation.override("da"):
        said = processing_record()
        for table in without:
            assert table.ends and not table.paths and table.on_erasure is OnErasure.STAY
            assert f"### {table.title}\n\nOm: {table.about}." in said and str(table.ends) in said
    with pytest.raises(ValueError, match="how its rows end"):
        registry.register(StoryConsent, title="x", on_erasure="stay", about="somebody")


@isolate_apps()
def test_a_new_field_is_seen():
    """The control: a table that nobody has registered is named, field by field."""

    class Unheard(models.Model):  # noqa: DJ008
        secret = models.TextField()

        class Meta:
            app_label = "peer_support_control"
            managed = False

    assert registry.unclassified([Unheard]) == [
        "peer_support_control.Unheard.id",
        "peer_support_control.Unheard.secret",
    ]


def test_what_is_encrypted_goes_when_the_person_goes():
    """Encrypted means that it says something about somebody: such a field is emptied, or its row deleted."""
    kept = [
        f"{table.model._meta.label}.{name}"
        for table in registry.tables()
        for name, kind in table.fields.items()
        if isinstance(table.model._meta.get_field(name), EncryptedTextField)
        and table.on_erasure is not OnErasure.DELETE
        # Of people without a record here; how these end is said and tested with the table.
        and not table.ends
        and not (kind.emptied and table.on_erasure is OnErasure.EMPTY)
    ]
    # Not about one person: an evening's note and a course's; an upload lives for two hours and is emptied itself.
    assert set(kept) <= NOT_ABOUT_ONE_PERSON


NOT_ABOUT_ONE_PERSON = {
    "peer_support.GroupCourse.notes",
    "peer_support.GuidanceDate.given_by",
    "peer_support.GuidanceDate.note",
    "peer_support.IntroWorkshop.notes",
    "peer_support.PeopleUpload.choices",
    "peer_support.PeopleUpload.content",
    # Words of a plan: who of the house does it, and what came of it.
    "peer_support.RecruitmentPlan.result",
    "peer_support.RecruitmentPlan.who",
    # What is left when the person has gone: nothing leads back to them.
    "peer_support.SeriesScore.score_text",
    "peer_support.Session.note",
    "peer_support.StartUpStep.next_step",
    "peer_support.StartUpStep.note",
    "peer_support.StartUpStep.responsible",
    # The seed of a draw: made by chance, about nobody.
    "peer_support.StudySeal.box",
    # About a colleague; goes with the access log.
    "peer_support.ReviewNote.note",
}


def test_what_is_emptied_can_be_empty():
    for table in registry.tables():
        if table.on_erasure is OnErasure.EMPTY:
            for name in table.named(emptied=True):
                column = table.model._meta.get_field(name)
                if not column.many_to_many:
                    registry.empty_value(column)


def test_what_stays_says_why():
    for table in registry.tables():
        for kind in table.fields.values():
            assert kind.emptied or kind.kept_because, kind.code


def test_a_table_about_people_has_a_way_to_its_person():
    """What is emptied or deleted has to be found first."""
    for table in registry.tables():
        if table.on_erasure is not OnErasure.STAY:
            assert table.paths or table.rows, table.model


def test_a_field_that_is_classified_twice_is_refused():
    table = registry.table_of(package_models()[0])
    with pytest.raises(ValueError, match="twice"):
        registry.register(table.model, title="x", on_erasure="stay", technical="id", link="id")
    assert registry.table_of(table.model) is table


def test_every_rule_of_retention_says_why_and_how_long():
    assert {"citizen_enquiry", "citizen_ended", "volunteer_ended", "conversation_words", "talk"} <= set(
        retention.rules()
    )
    for rule in retention.rules().values():
        assert rule.label and rule.why and 0 < rule.months_now <= 24, rule.code


@pytest.mark.django_db
def test_every_table_says_what_ends_it_and_it_is_true():
    """A period is a rule that there is, about this table or the person it hangs on, or another clock that there is."""
    for table in registry.tables():
        for code in clocks.clocks_of(table):
            assert wrong_period(table, code) == "", table.model


def wrong_period(table, code):
    """Return what is wrong with a table that names ``code`` as its period, or an empty text."""
    if code == clocks.PERSON:
        return "" if table.paths or table.rows else "nobody to go with"
    if code in clocks.clocks():
        return ""
    if code not in retention.rules():
        return "no such rule"
    with all_initiatives("a test"):
        return (
            "" if retention.rules()[code].due(timezone.now()).model is table.model else "another table's rule"
        )


def test_every_rule_is_named_by_the_table_it_is_about():
    named = {code for table in registry.tables() for code in clocks.clocks_of(table)}
    assert set(retention.rules()) <= named, "name the rule in the table's period"
    unused = clocks.clocks() - named
    assert not unused, "a clock of no table"


def test_control_a_period_that_is_not_true_is_seen():
    citizen = registry.table_of(Citizen)
    assert wrong_period(citizen, "no_such_rule") == "no such rule"
    assert wrong_period(citizen, "volunteer_ended") == "another table's rule"
    assert wrong_period(registry.table_of(PeopleUpload), clocks.PERSON) == "nobody to go with"
    assert wrong_period(citizen, "citizen_ended") == ""


def test_the_record_says_the_months_that_hold_on_this_site(settings):
    settings.PEER_SUPPORT = {
        **settings.PEER_SUPPORT,
        "RETENTION_MONTHS": {"citizen_ended": 2},
        "ACCESS_LOG_MONTHS": 7,
    }
    with translation.override("en"):
        said = clocks.how_long(registry.table_of(Citizen))
        assert "Citizens who have ended (`citizen_ended`): 2 months." in said
        assert said in processing_record()
        assert "`citizen_ended`) | 2 months |" in retention_record()
        assert clocks.how_long(registry.table_of(ReviewNote)) == "As long as the access log: 7 months."
        assert clocks.how_long(registry.table_of(MailJob)).startswith("400 days at most. With the person")
        assert clocks.how_long(registry.table_of(PutOff)) == "30 days after it came back."


def test_every_field_has_a_name_that_a_person_reads():
    fields = [table.model._meta.get_field(name) for table in registry.tables() for name in table.fields]
    assert unnamed(fields) == [], "name them in peer_support/privacy/field_names.py"
    with translation.override("da"):
        names = {field: name_of(field) for field in fields}
    in_english = {str(field) for field, name in names.items() if name == field.name.replace("_", " ")}
    # These are the same word in both languages.
    assert {name.rsplit(".", 1)[1] for name in in_english} <= SAME_IN_DANISH


def test_control_a_field_that_is_called_after_its_column_is_seen():
    assert unnamed([models.TextField(name="zqv_words", verbose_name="zqv words")])


SAME_IN_DANISH = {"match", "note", "plan", "status", "version"}
