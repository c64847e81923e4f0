"""Check the draws of a study that is opened up against its seed, without trusting the code that made them."""

from django.core.management.base import BaseCommand, CommandError

from ...outcomes.study import seals
from ...outcomes.study.export import allocation_rows
from ...outcomes.study.models import Study, StudyState
from ...outcomes.study.verify_allocation import faults


class Command(BaseCommand):
    help = "Checks that every draw of a study follows from the seed that was sealed before the first one."

    def add_arguments(self, parser):
        parser.add_argument("study", type=int, help="The number of the study.")

    def handle(self, *args, study, **options):
        # A command has no scope, and needs none: neither the study nor its list names anybody.
        found = Study._base_manager.filter(pk=study).first()
        if found is None:
            raise CommandError(f"There is no study {study}.")
        if found.state != StudyState.UNSEALED:
            raise CommandError("The study is not opened up yet, so its seed stays sealed.")
        rows, commitment = allocation_rows(found), seals.commitment_of(found)[0]
        told = faults(commitment, seals.revealed_seed(found), rows)
        if told:
            raise CommandError("\n".join(told))
        self.stdout.write(f"All {len(rows)} allocations follow from the seed that was sealed.")
