"""What the tests of the import share."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from peer_support.access.scopes import scope_of

START = "/admin/people/import/"
HEAD = "Fornavn;Efternavn;Telefon;Postnr;Interesser;Timer;Tider;Venter siden\r\n"
ALMA = "Alma;Askholt;12345678;3000;Gåture, Cykling;1-2;ti 17-20;03.08.2026\r\n"


def people(model, initiative):
    with scope_of(initiative.pk):
        return list(model.objects.order_by("number"))


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


class Importer:
    """A browser that goes through the steps."""

    def __init__(self, client, initiative, kind="citizen"):
        self.client, self.initiative, self.kind = client, initiative, kind
        # Sentences are compared in the language they are written in.
        client.defaults.setdefault("HTTP_ACCEPT_LANGUAGE", "en")

    def upload(self, content, name="liste.csv"):
        content = content.encode() if isinstance(content, str) else content
        data = {
            "initiative": self.initiative.pk,
            "kind": self.kind,
            "file": SimpleUploadedFile(name, content),
        }
        self.response = self.client.post(START, data)
        if self.response.status_code == 302:
            self.columns_url = self.response["Location"]
            self.check_url = self.columns_url.replace("columns", "check")
        return self.response

    def columns(self, **changes):
        form = self.client.get(self.columns_url).context["form"]
        data = {name: field.initial or "" for name, field in form.fields.items()} | changes
        return self.client.post(self.columns_url, data)

    def check(self):
        return self.client.get(self.check_url)

    def confirm(self):
        return self.client.post(self.check_url, {"confirm": "1"}, follow=True)

    def run(self, content, name="liste.csv"):
        assert self.upload(content, name).status_code == 302, self.response.content.decode()
        self.columns()
        return self.confirm()


def sentences(response):
    """Return ``(row, sentence)`` for everything that has to be put right."""
    plan = response.context["plan"]
    return [(notice.line, str(notice)) for notice in plan.notices if notice.level == "error"]
