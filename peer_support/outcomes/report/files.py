"""The report as files: one page to print or to send, a tagged PDF, a spreadsheet, and a plain table.

What stands in them is what stands in the report; hidden numbers are written as a word, so that no program adds them up.
"""

import csv
from io import BytesIO, StringIO

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ...access.exporting import harmless
from ..numbers.registry import ALL
from .building import shown

TEMPLATE = "peer_support/outcomes/report/report.html"
STYLES = ("peer_support/outcomes/change.css", "peer_support/outcomes/report_print.css")


def context_of(report, **more):
    """Return what the template needs."""
    return {"report": report, "language": get_language(), "styles": STYLES, **more}


def html_of(report):
    """Return the report as one document that needs no other file."""
    return render_to_string(TEMPLATE, context_of(report, style_text=_style_text(), pdf=True))


def _style_text():
    text = []
    for name in STYLES:
        found = finders.find(name)
        if found:
            with open(found) as file:
                text.append(file.read())
        else:
            with staticfiles_storage.open(name) as file:
                text.append(file.read().decode())
    return "\n".join(text)


def long_rows(report):
    """Yield ``(figure, unit, kind of row, row, year, number)`` of every figure, row and year of the report."""
    numbers = report.numbers
    rows = [(_("All"), "", ALL)] if report.initiative is None else []
    if report.initiative is None:
        rows += [(_("Initiative"), name, key) for key, name in numbers.initiatives]
        rows += [(_("Town"), name, key) for key, name in numbers.towns]
    else:
        rows += [
            (_("Initiative"), name, key) for key, name in numbers.initiatives if key == report.initiative.pk
        ]
    for figure in numbers.figures:
        for kind, name, key in rows:
            for index, period in enumerate(numbers.periods):
                cell = shown(numbers.at(figure.code, key, index), figure.unit)
                value = cell.text if cell.value is None else cell.value
                yield str(figure.label), str(figure.unit_label), kind, name, period.label, value


def long_heads():
    """Return the headings of :func:`long_rows`."""
    return [_("Number"), _("Unit"), _("Table"), _("Row"), _("Year"), _("Value")]


def csv_of(report):
    """Return every number as a table in text: semicolons and a mark of the encoding, as Danish spreadsheets read it."""
    output = StringIO()
    writer = csv.writer(output, delimiter=";")
    writer.writerow(long_heads())
    for row in long_rows(report):
        writer.writerow([harmless(_danish(value)) for value in row])
    return output.getvalue().encode("utf-8-sig")


def _danish(value):
    return value if isinstance(value, (str, int)) else str(value).replace(".", ",")


def xlsx_of(report):
    """Return the report as a spreadsheet: the years, each table, the answers, all numbers, and what the words mean."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = f"{report.title} – {report.about}"
    book.properties.language = get_language()
    years = [_("Number"), _("Unit"), *report.columns]
    _sheet(
        book,
        _("Years"),
        years,
        [
            [line.label, line.unit, *(_cell(cell) for cell in line.cells)]
            for section in report.sections
            for line in section.lines
        ],
    )
    for table in report.tables:
        heads = [table.title, *(label for label, __ in table.heads)]
        _sheet(book, table.title, heads, [[name, *map(_cell, cells)] for name, cells in table.rows])
    _sheet(book, _("Answers"), [_("Questionnaire"), _("What"), _("Value"), _("Spread")], _effect_rows(report))
    _sheet(book, _("All numbers"), long_heads(), long_rows(report))
    _sheet(
        book,
        _("What the words mean"),
        [_("Number"), _("What it counts"), _("Unit")],
        [[str(f.label), str(f.definition), str(f.unit_label)] for f in report.numbers.figures],
    )
    _sheet(book, _("Not known"), [_("What we do not know")], [[text] for text in report.unknown])
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _effect_rows(report):
    for effect in report.effect:
        name = effect.instrument.name
        yield [str(name), effect.picture.sentence, "", ""]
        for label, mean, spread in effect.picture.rows:
            yield [str(name), str(label), mean, spread]
        for label, count in (*effect.picture.counts, *effect.asked):
            yield [str(name), str(label), _("hidden") if count is None else count, ""]


def _cell(cell):
    return cell.text if cell.value is None else cell.value


def _sheet(book, title, heads, rows):
    sheet = book.create_sheet(title[:31])
    sheet.append([harmless(str(head)) for head in heads])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    for index, column in enumerate(sheet.iter_cols(), 1):
        longest = max((len(str(cell.value or "")) for cell in column), default=8)
        sheet.column_dimensions[get_column_letter(index)].width = min(60, max(10, longest + 2))
        for cell in column:
            if len(str(cell.value or "")) > 58:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
