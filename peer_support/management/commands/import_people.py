"""``import_people FILE --initiative … --kind citizen|volunteer``: shows what would happen; ``--apply`` does it."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...access.scopes import scope_of
from ...directory.importing.notices import Refused
from ...directory.importing.opening import why_not
from ...directory.models import Initiative
from ...people.importing.applying import apply_import
from ...people.importing.columns import by_code, guess
from ...people.importing.planning import LEAVE_OUT, plan_import
from ...people.importing.reading import MAX_BYTES, read_table


class Command(BaseCommand):
    help = "Bring people in from a CSV or XLSX file. Without --apply it only says what would happen."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--initiative", required=True, help="the initiative's number or its name")
        parser.add_argument("--kind", required=True, choices=["citizen", "volunteer"])
        parser.add_argument("--apply", action="store_true", help="write it: all rows, or none")
        parser.add_argument("--overwrite", action="store_true", help="let the file replace what stands")
        parser.add_argument(
            "--leave-out-unknown", action="store_true", help="leave out interests and languages in no list"
        )
        parser.add_argument("--user", help="whose name the access log shows")

    def handle(self, *args, **options):
        initiative = self._initiative(options["initiative"])
        user = self._user(options["user"])
        try:
            table = read_table(self._content(options["file"]))
        except Refused as refusal:
            raise CommandError("\n".join(self._line(notice) for notice in refusal.notices)) from None
        settings = {
            "table": table,
            "mapping": guess(table.headings, options["kind"]),
            "kind": options["kind"],
            "initiative": initiative,
            "overwrite": options["overwrite"],
        }
        self._say_columns(table, settings["mapping"], options["kind"])
        with scope_of(initiative.pk):
            self._run(settings, user, options)

    def _run(self, settings, user, options):
        plan = plan_import(**settings)
        if options["leave_out_unknown"] and plan.unknown:
            settings["words"] = {word.key: LEAVE_OUT for word in plan.unknown}
            plan = plan_import(**settings)
        for notice in plan.notices:
            self.stdout.write(self._line(notice))
        for word in plan.unknown:
            self.stdout.write(self._unknown(word))
        counts = {action: plan.count(action) for action in ("create", "fill", "same", "wrong")}
        self.stdout.write(
            _("New: %(create)d. Filled in: %(fill)d. As they are: %(same)d. Not right: %(wrong)d.") % counts
        )
        if not plan.possible:
            raise CommandError(_("Nothing can be imported yet: all rows go in together, or none."))
        if not options["apply"]:
            self.stdout.write(_("Nothing was written. Add --apply to import."))
            return
        try:
            apply_import(**settings, user=user, route="import_people")
        except Refused as refusal:
            raise CommandError("\n".join(self._line(notice) for notice in refusal.notices)) from None
        self.stdout.write(self.style.SUCCESS(_("Imported.")))

    def _content(self, path):
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(_("The file is too big. It may hold 5 MB at most; divide it in two."))
            return path.read_bytes()
        except (OSError, ValueError) as error:
            raise CommandError(why_not(path, error)) from error

    def _initiative(self, wanted):
        lookup = {"pk": int(wanted)} if wanted.isdecimal() else {"title": wanted}
        found = list(Initiative.objects.filter(**lookup, runs_here=True)[:2])
        if len(found) != 1:
            raise CommandError(
                _("No single initiative run by this centre is called “%(name)s”.") % {"name": wanted}
            )
        return found[0]

    def _user(self, username):
        if not username:
            return None
        model = get_user_model()
        try:
            return model._default_manager.get_by_natural_key(username)
        except model.DoesNotExist:
            raise CommandError(_("There is no user called “%(name)s”.") % {"name": username}) from None

    def _say_columns(self, table, mapping, kind):
        columns = by_code(kind)
        for heading, code in zip(table.headings, mapping, strict=True):
            target = columns[code].label if code else _("left out")
            self.stdout.write(f"{heading} → {target}")

    def _unknown(self, word):
        values = {
            "word": word.word,
            "rows": ", ".join(str(number) for number in word.rows[:10]),
            "names": ", ".join(name for __, name in word.suggestions) or "–",
        }
        return _("“%(word)s” is in no list (rows %(rows)s). Perhaps: %(names)s.") % values

    def _line(self, notice):
        if not notice.line:
            return notice.text
        return _("Row %(row)d: %(text)s") % {"row": notice.line, "text": notice.text}
