"""From the engine's parts to lines that can be read; one :class:`Teller` per screen, so that names are read once."""

from django.utils.functional import cached_property

from ..privacy.fields import EncryptedTextField
from . import sentences_fit as fit
from .presenting_types import Candidate, PartLine

NAMES = ("first_name", "last_name")
IN_SUMMARY = ("interests", "distance", "time", "hours")


def people_by_id(model, ids):
    """Read people without the encrypted texts that a list does not show; id -> person, in one query."""
    hidden = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField) and field.name not in NAMES
    ]
    return model.objects.filter(pk__in=set(ids)).defer(*hidden, "name_index").in_bulk()


class Teller:
    """Says what the engine found about the pairs of one :class:`~.adapter.Table`."""

    def __init__(self, table, total):
        self.table, self.total = table, total

    @cached_property
    def words(self):
        return fit.Words.load(self.table.initiative_id)

    def percent(self, points):
        """Points of the policy's total, in whole per cent."""
        return round(100 * points / self.total) if self.total else 0

    def candidate(self, citizen_id, volunteer, parts):
        """The :class:`Candidate` of a pair, of the engine's parts."""
        lines = [self._line(citizen_id, volunteer.pk, part) for part in parts]
        points = sum(line.points for line in lines)
        return Candidate(
            volunteer=volunteer,
            points=points,
            percent=self.percent(points),
            parts=lines,
            summary=" · ".join(line.alone for line in lines if line.criterion in IN_SUMMARY),
            unknowns=[line for line in lines if line.unknown],
        )

    def _line(self, citizen_id, volunteer_id, part):
        sentence = self._sentence(citizen_id, volunteer_id, part)
        return PartLine(
            criterion=part.criterion,
            label=fit.label(part.criterion),
            points=part.points,
            maximum=part.maximum,
            unknown=part.unknown,
            sentence=sentence,
            alone=fit.hours(part.facts, headed=False) if part.criterion == "hours" else sentence,
        )

    def _sentence(self, citizen_id, volunteer_id, part):
        facts, table = part.facts, self.table
        if part.criterion == "interests":
            return fit.interests(facts, self.words)
        if part.criterion == "distance":
            places = [
                [place[0] for place in table.places[name].get(pk, ())]
                for name, pk in (("citizen", citizen_id), ("volunteer", volunteer_id))
            ]
            return fit.distance(facts, self.words, *places)
        if part.criterion == "time":
            row, column = table.requests.row_of(citizen_id), table.offers.row_of(volunteer_id)
            return fit.time(facts, table.requests.availability[row], table.offers.availability[column])
        if part.criterion == "hours":
            return fit.hours(facts)
        return fit.preferences(facts, self.words)
