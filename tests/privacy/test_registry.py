"""Every field of every table about people is classified; a new one fails here until somebody has thought about it."""

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils import translation

from peer_support.checks import person_models
from peer_support.privacy import registry, retention
from peer_support.privacy.field_names import name_of, unnamed
from peer_support.privacy.fields import EncryptedTextField
from peer_support.privacy.registry import OnErasure


def package_models():
    return [model for model in person_models() if model._meta.app_label == "peer_support"]


def test_every_field_is_classified():
    assert registry.unclassified(package_models()) == []


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
