"""Posts that nobody means well with: half of them fit the form and are hostile in what they say."""

import random

from .signing_up import ANSWERS, opened

MARKUP = "<zqx"
CPR = (
    "010190-1234",
    "0101901234",
    "01 01 90 1234",
    "31.12.85-4321",
    "01\u200b0190\u20111234",
    "０１０１９０-1234",
)
HOSTILE = (
    MARKUP + " onload=alert(1)>",
    f"</textarea>{MARKUP}>alert(1)</script>",
    f"\"'>{MARKUP} src=x onerror=alert(1)>",
    "{{ 7*7 }}{% load i18n %}",
    "javascript:alert(1)",
    '=HYPERLINK("http://x")',
    "'; DROP TABLE peer_support_citizen; --",
    "\x00\x01\x1b[31m",
    "\ud7ff\uffff\u202e\u2066abc",
    "a\u0301" * 40,
    "👩‍👩‍👧‍👦" * 20,
    "%00%0d%0aSet-Cookie:x=1",
    "\r\nBcc: x@example.com",
    "A" * 5000,
    "ﷺ" * 600,
    "\u2028\u2029",
    "(kan ikke læses: nøglen mangler)",
    "(cannot be read: the key is missing)",
    "../../../../etc/passwd",
    "-1",
    "999999999999999999999999",
    "NaN",
    "",
    " ",
)


class Fuzzer:
    """Makes posts to sign-up pages; the same seed makes the same posts."""

    def __init__(self, pages, seed=20261124):
        self.random = random.Random(seed)
        self.pages = pages
        self.forms = {page.enquiry_kind: opened(page.enquiry_kind) for page in pages}

    def text(self):
        """One hostile text: something nasty, sometimes with a CPR number, sometimes random letters."""
        kind = self.random.random()
        if kind < 0.2:
            return "".join(
                chr(self.random.choice((self.random.randrange(1, 0xD7FF), 60, 62, 38))) for __ in range(30)
            )
        if kind < 0.45:
            return f"{self.random.choice(HOSTILE)[:100]} {self.random.choice(CPR)}"
        return self.random.choice(HOSTILE)

    def fitting(self, kind):
        """A post that fits the form, with hostile words in the texts."""
        data = {**ANSWERS[kind], **self.forms[kind], "form_seen": "fast illness"}
        for name in (
            "message",
            "about",
            "when_to_call",
            "heard_elsewhere",
            "date_wish",
            "writer_work",
            "town",
        ):
            data[name] = self.text()[:70]
        for name in ("first_name", "organisation", "contact_name", "writer_name"):
            if name in data:
                data[name] = f"N {self.text()[:30]}"
        return data

    def wild(self, kind):
        """A post that fits nothing."""
        names = [*ANSWERS[kind], "form_mark", "form_seen", "consent_text", "consent", "initiative", "webpage"]
        names += [
            "postcode",
            "heard_of_us",
            "audience_size",
            "relation",
            "agreed_to",
            "through_me",
            self.text()[:40],
        ]
        data = {name: [self.text() for __ in range(self.random.randrange(1, 3))] for name in names}
        for name in self.random.sample(sorted(data), 4):
            del data[name]
        if self.random.random() < 0.5:
            data |= {name: [value] for name, value in self.forms[kind].items()}
        return data

    def send(self, client, number):
        """Send one post and return the answer."""
        page = self.pages[number % len(self.pages)]
        kind, query = page.enquiry_kind, self.random.choice(("", "", "?story=7", "?story=%00<x>&tal=1"))
        address = f"81.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        target, meta = page.get_url() + query, {"REMOTE_ADDR": address}
        if number % 2:
            return client.post(target, self.fitting(kind), **meta)
        if self.random.random() < 0.15:
            body = self.text().encode("utf-8", "surrogatepass") * 3
            types = (
                "application/json",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "text/plain",
            )
            types += (
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=nonsense",
            )
            return client.generic("POST", target, body, content_type=self.random.choice(types), **meta)
        return client.post(target, self.wild(kind), **meta)
