"""Spreadsheets that cannot run: cells that a program would read as a formula are turned into text."""

import csv
from io import BytesIO, StringIO

from django.http import HttpResponse
from django.utils.encoding import force_str
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What a spreadsheet program takes for the start of a formula, with the full-width twins some of them accept.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}")
FORMULA_START += ("\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")


def harmless(value):
    """Return ``value`` so that no spreadsheet program takes it for a formula; numbers and dates are left alone."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(FORMULA_START) else text


class SecureExportMixin(SpreadsheetExportMixin):
    """Wagtail's export with harmless cells, falsy values as they are, and the file made before it is sent.

    It is not streamed: a stream would be read after the request's scope has been closed.
    """

    def preprocess_field_value(self, field, value, export_format):
        if value is None:
            return ""
        if isinstance(value, (list, tuple, set)):
            value = ", ".join(force_str(item) for item in value)
        value = super().preprocess_field_value(field, value, export_format)
        if export_format == self.FORMAT_XLSX:
            # Wagtail writes every cell that looks like a formula as text, so nothing needs to be put before it.
            return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        return harmless(value)

    def write_csv_response(self, queryset):
        output = StringIO()
        writer = csv.DictWriter(output, fieldnames=list(self.list_export))
        writer.writerow({name: harmless(self.get_heading(queryset, name)) for name in self.list_export})
        for item in queryset:
            self.write_csv_row(writer, self.to_row_dict(item))
        return self._file(output.getvalue().encode(), "text/csv; charset=utf-8", "csv")

    def write_xlsx_response(self, queryset):
        output = BytesIO()
        self.write_xlsx(queryset, output)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return self._file(output.getvalue(), kind, "xlsx")

    def _file(self, content, content_type, extension):
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.{extension}"'
        return response
