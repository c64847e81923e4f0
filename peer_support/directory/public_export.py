"""The current selection as a file: CSV and JSON with stable names. The names are the columns that the import knows.

Contact data is not part of it: the restricted contact is never read here.
"""

import csv
import json
from io import StringIO

from ..access.exporting import harmless

# At most so many initiatives in a file; a larger answer says so.
FILE_MAX = 2000
TEXTS = ("title", "other_names", "summary", "description", "operator")
LISTS = ("municipalities", "forms", "settings", "audiences", "relations")
WORDS = (
    "for_whom",
    "peer_count",
    "started",
    "recruitment",
    "training",
    "supervision",
    "evaluation",
    "funding",
)
CHOICES = (
    "status",
    "recruitment_stated",
    "training_stated",
    "supervision_stated",
    "evaluation_stated",
    "peer_support",
)
SECTIONS = tuple(f"section_{number}" for number in range(1, 9))
COLUMNS = (
    "id",
    *TEXTS,
    "region",
    "nationwide",
    *LISTS,
    *WORDS,
    *CHOICES,
    "funding_ends",
    "source",
    "information_date",
    "links",
    "partners",
    *SECTIONS,
    "url",
)


def record_of(initiative, url):
    """Return one initiative as a dictionary by :data:`COLUMNS`; ``None`` stands for what is not stated."""
    record = {"id": initiative.pk, "url": url}
    for name in (*TEXTS, *WORDS, *CHOICES, "source"):
        record[name] = getattr(initiative, name) or None
    record["region"] = initiative.get_region_display() or None
    record["nationwide"] = initiative.nationwide
    for name in LISTS:
        record[name] = [str(row) for row in getattr(initiative, name).all()]
    for name in ("funding_ends", "information_date"):
        value = getattr(initiative, name)
        record[name] = value.isoformat() if value else None
    record["links"] = [link.url for link in initiative.links.all() if not link.doubtful]
    record["partners"] = [partner.name for partner in initiative.partners.all()]
    answers = {section.number: section.text for section in initiative.sections.all()}
    record.update({name: answers.get(number) or None for number, name in enumerate(SECTIONS, 1)})
    return {name: record[name] for name in COLUMNS}


def as_json(records, *, total):
    """Return the bytes of a JSON file. ``total`` says how many the selection has, which may be more than are in it."""
    data = {"total": total, "count": len(records), "initiatives": records}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def as_csv(records):
    """Return the bytes of a CSV file that Danish spreadsheets open as it is; no cell can run as a formula."""
    output = StringIO()
    writer = csv.writer(output, delimiter=";")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([harmless(_cell(record[name])) for name in COLUMNS])
    return ("\ufeff" + output.getvalue()).encode()


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return "; ".join(value)
    return value
