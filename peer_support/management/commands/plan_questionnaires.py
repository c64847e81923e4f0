"""``manage.py plan_questionnaires``: the nightly job of questionnaires. Safe to run twice, and twice at once."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ...access.scopes import for_each_initiative
from ...directory.models import Initiative
from ...outcomes.questionnaires.services import send_by_itself
from ...outcomes.questionnaires.services_planning import plan_questionnaires


class Command(BaseCommand):
    """Plans what is missing, leaves alone what is too old, and sends the mails that an editor has switched on."""

    help = "Bring the questionnaires of all matches and courses into step, and send what goes by itself."

    def handle(self, *, verbosity=1, **options):
        ids = list(Initiative.objects.filter(runs_here=True).values_list("pk", flat=True))
        done = for_each_initiative(lambda __: (plan_questionnaires(), send_by_itself()))(ids)
        if verbosity:
            planned, sent = (sum(pair[n] for pair in done.values()) for n in (0, 1))
            self.stdout.write(
                _("Questionnaires planned, moved or closed: %(planned)s. People written to: %(sent)s.")
                % {"planned": planned, "sent": sent}
            )
