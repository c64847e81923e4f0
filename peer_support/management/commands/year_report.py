"""``manage.py year_report --year 2026 --out folder``: the year's report as a page, a PDF, a spreadsheet and a table."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ...directory.models import Initiative
from ...outcomes.report import services
from ...outcomes.report.building import build
from ...outcomes.report.files import csv_of, html_of, xlsx_of
from ...public.pdf import make_pdf, pdf_available


class Command(BaseCommand):
    """Writes the same files as the button. What is in them may leave the house."""

    help = (
        "Write the year's report (HTML, tagged PDF, XLSX, CSV) to a folder. Numbers that could give a person away are "
        "hidden in it. Without --initiative it is about all initiatives together."
    )

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True, help="which year, for example 2026")
        parser.add_argument("--initiative", type=int, help="the number of one initiative")
        parser.add_argument(
            "--out", required=True, help="the folder to write to; it is made if it is not there"
        )
        parser.add_argument("--language", default="", help="da or en; the site's own language if left out")

    def handle(self, *, year, out, initiative=None, language="", verbosity=1, **options):
        if not 2000 <= year <= timezone.localdate().year:
            raise CommandError(_("There is no report of that year."))
        about = None
        if initiative is not None:
            about = Initiative.objects.filter(pk=initiative).first()
            if about is None:
                raise CommandError(_("There is no initiative with that number."))
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        with translation.override(language or settings.LANGUAGE_CODE):
            report = build(year=year, initiative=about)
            html = html_of(report)
            files = {"html": html.encode(), "xlsx": xlsx_of(report), "csv": csv_of(report)}
            if pdf_available():
                base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "http://localhost"
                files["pdf"] = make_pdf(html, base_url=base.rstrip("/") + "/")
            services.log_taken_out(report=report, user=None, route="year_report")
            for ending, content in files.items():
                path = folder / f"{report.filename}.{ending}"
                path.write_bytes(content)
                if verbosity:
                    self.stdout.write(str(path))
            if "pdf" not in files:
                self.stderr.write(_("No PDF: the extra “pdf” is not installed."))
