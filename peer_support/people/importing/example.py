"""An example file to fill in, as CSV and XLSX: the headings that are recognised, and one invented person."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook

from ...access.exporting import harmless
from .columns import for_kind


def _rows(kind, columns=None):
    columns = [column for column in columns or for_kind(kind) if column.example]
    return [[harmless(str(column.label)) for column in columns], [harmless(c.example) for c in columns]]


def example_csv(kind, columns=None):
    """Return the bytes of a CSV with semicolons that Excel opens with its letters right; ``columns`` as in ``guess``."""
    output = io.StringIO()
    csv.writer(output, delimiter=";", lineterminator="\r\n").writerows(_rows(kind, columns))
    return output.getvalue().encode("utf-8-sig")


def example_xlsx(kind, columns=None):
    """Return the bytes of a workbook with every cell as text."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("People")
    for row in _rows(kind, columns):
        sheet.append(row)
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 22
        for cell in column:
            cell.number_format = "@"
            cell.data_type = "s"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
