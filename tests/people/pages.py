"""A conversation page as a browser would hold it: fields out of the HTML, changed, and sent back."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects what a browser would send from the form with ``data-peer-autosave``."""

    def __init__(self):
        super().__init__()
        self.values, self.inside, self.area, self.select = {}, False, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = "data-peer-autosave" in attrs
        if not self.inside:
            return
        name = attrs.get("name")
        if tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in attrs or self.select not in self.values):
            self.values[self.select] = attrs.get("value", "")
        elif tag == "input" and name and "disabled" not in attrs:
            if attrs.get("type") in ("checkbox", "radio"):
                if "checked" in attrs:
                    self.values.setdefault(name, []).append(attrs.get("value", "on"))
            else:
                self.values[name] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the line break that follows the opening tag.
            self.values[self.area] = self.values[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.inside and self.area:
            self.values[self.area] += data


class Page:
    """An open conversation page of ``person`` in ``client``."""

    def __init__(self, client, person):
        kind = person._meta.model_name
        self.client = client
        # Sentences are compared in the language they are written in.
        client.defaults.setdefault("HTTP_ACCEPT_LANGUAGE", "en")
        self.url = f"/admin/people/{kind}/{person.pk}/conversation/"
        response = client.get(self.url)
        assert response.status_code == 200, response.status_code
        self.html = response.content.decode()
        self.labels = {name: str(field.label) for name, field in response.context["form"].fields.items()}
        parser = _Fields()
        parser.feed(self.html)
        self.fields = {k: v for k, v in parser.values.items() if k != "csrfmiddlewaretoken"}

    def label(self, name):
        return self.labels[name]

    def type(self, **values):
        self.fields.update(values)
        return self

    def autosave(self):
        """Send as the script does; returns the JSON and takes over what the script takes over."""
        response = self.client.post(
            self.url + "autosave/", self.fields, headers={"accept": "application/json"}
        )
        assert response.status_code == 200, response.content[:300]
        answer = response.json()
        self.fields["base"], self.fields["talk"] = answer["base"], str(answer["talk"])
        return answer

    def submit(self, **button):
        return self.client.post(self.url, {**self.fields, **(button or {"save": "who"})})
