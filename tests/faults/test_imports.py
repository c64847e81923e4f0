"""An import that is killed at any point has written all of the file or nothing; started again, nothing comes twice."""

import pytest
from django.db import connection

from peer_support.courses.models import Enrolment
from peer_support.directory.models import Initiative, InitiativeContact
from peer_support.people.models import Citizen, PersonStep
from peer_support.privacy.models import AccessLogEntry
from peer_support.testing.factories_courses import GroupCourseFactory
from tests.soak import BOTH_RUNS

from .conftest import KILLS, Reader
from .points import COMMIT

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), *BOTH_RUNS]
ROWS = 12
# Of what is counted, all but the log, in which a second look at the same people may stand.
TAKEN_IN = 5


def everything():
    """Return what an import writes, as numbers of rows: asked in one statement, so that it is of one moment."""
    models = (Citizen, PersonStep, Enrolment, Initiative, InitiativeContact, AccessLogEntry)
    counts = ", ".join(f"(SELECT count(*) FROM {model._meta.db_table})" for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return cursor.fetchone()


class Import:
    """One kind of import: its file, and what it needs to be there."""

    def __init__(self, job, folder, initiative):
        self.job, self.values = job, {"file": str(folder / "list.csv")}
        self.counted = 3 if job == "initiatives" else 0
        if job == "initiatives":
            lines = [
                "Titel;Beskrivelse;Kontakt",
                *(f"Peer-hus {n};Et hus;Bodil, 1234567{n % 10}" for n in range(ROWS)),
            ]
        else:
            lines = ["Fornavn;Telefon", *(f"Marehalm{n};{20000000 + n}" for n in range(ROWS))]
        if job == "people":
            self.values["initiative"] = initiative.pk
        if job == "participants":
            course = GroupCourseFactory(initiative=initiative, state="open", capacity=ROWS - 4, sessions=3)
            self.values["course"] = course.pk
        (folder / "list.csv").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(params=["people", "participants", "initiatives"])
def imported(request, tmp_path, initiative):
    return Import(request.param, tmp_path, initiative)


def test_a_killed_import_has_written_all_or_nothing(imported, killer):
    nothing = everything()
    # The last point at which nothing may be there: just before the commit.
    last = killer.run(imported.job, COMMIT, **imported.values).points
    assert everything() == nothing and last > ROWS
    with Reader(everything) as reader:
        for deadly in killer.draw(last):
            assert killer.run(imported.job, deadly, **imported.values).killed
            assert everything() == nothing, f"a half was left by a kill at point {deadly} of {last}"
        # Just after the commit: it is all there, and who starts it again takes nobody in twice.
        assert killer.run(imported.job, last + 1, **imported.values).killed
        whole = everything()
        assert not killer.run(imported.job, **imported.values).killed
    assert reader.faults == [] and reader.reads >= KILLS
    assert reader.seen == {nothing, whole}
    assert everything()[:TAKEN_IN] == whole[:TAKEN_IN]
    assert whole[imported.counted] - nothing[imported.counted] == ROWS


def test_control_without_its_transaction_a_half_is_left(imported, killer):
    nothing = everything()
    assert killer.run(imported.job, 20, careless=True, **imported.values).killed
    assert everything() != nothing
