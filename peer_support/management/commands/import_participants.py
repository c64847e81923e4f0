"""``import_participants FILE --course N``: shows who would get a place; ``--apply`` does it."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from ...access.scopes import all_initiatives, scope_of
from ...courses.importing.kinds import DATES, KINDS, PARTICIPANTS
from ...courses.models import GroupCourse
from ...directory.importing.notices import Refused
from ...people.importing.columns import guess
from ...people.importing.reading import read_table
from .import_people import Command as ImportPeople


class Command(ImportPeople):
    help = "Bring participants (or with --dates: sessions) into a course from a CSV or XLSX file. Without --apply it only says what would happen."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--course", required=True, type=int, help="the course's key, as in its address")
        parser.add_argument("--dates", action="store_true", help="the file holds the course's sessions")
        parser.add_argument("--apply", action="store_true", help="write it: all rows, or none")
        parser.add_argument(
            "--without-intro",
            default="",
            metavar="REASON",
            help="why those without a day need no intro workshop",
        )
        parser.add_argument("--user", help="whose name the access log shows")

    def handle(self, *args, **options):
        kind = KINDS[DATES if options["dates"] else PARTICIPANTS]
        course, user = self._course(options["course"]), self._user(options["user"])
        try:
            table = read_table(self._content(options["file"]))
            settings = {
                "table": table,
                "mapping": guess(table.headings, columns=kind.columns),
                "course": course,
            }
            if kind.code == PARTICIPANTS:
                settings["exception_reason"] = options["without_intro"]
            self._headings(settings, kind)
            with scope_of(course.initiative_id):
                self._carry_out(kind, settings, user, options["apply"])
        except Refused as refusal:
            raise CommandError("\n".join(self._line(notice) for notice in refusal.notices)) from None

    def _carry_out(self, kind, settings, user, apply):
        plan = kind.plan(**settings)
        for line in (*map(self._line, plan.notices), *plan.lines()):
            self.stdout.write(line)
        if not plan.possible:
            raise CommandError(_("Nothing can be imported yet: all rows go in together, or none."))
        if not apply:
            self.stdout.write(_("Nothing was written. Add --apply to import."))
            return
        kind.write(**settings, user=user, route="import_participants")
        self.stdout.write(self.style.SUCCESS(_("Imported.")))

    def _course(self, pk):
        with all_initiatives("a course is named by its key, and its initiative is found from it"):
            course = GroupCourse.objects.select_related("initiative").filter(pk=pk).first()
        if course is None:
            raise CommandError(_("There is no course with the key %(pk)d.") % {"pk": pk})
        return course

    def _headings(self, settings, kind):
        labels = {column.code: column.label for column in kind.columns}
        for heading, code in zip(settings["table"].headings, settings["mapping"], strict=True):
            self.stdout.write(f"{heading} → {labels.get(code, _('left out'))}")
