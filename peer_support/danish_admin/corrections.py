"""Upstream's Danish that we overrule, because it is wrong, misspelled or half English.

By catalogue, and by the string's context and English: the Danish it has upstream (one text, or one per plural
form). Our own Danish for it is in the catalogue like any other. When upstream's text is no longer the one
noted here, the tests fail: then look whether the correction is still needed.
"""


def _plain(texts: dict[str, str]) -> dict[tuple[None, str], tuple[str, ...]]:
    return {(None, english): (danish,) for english, danish in texts.items()}


CORRECTIONS: dict[str, dict[tuple[str | None, str], tuple[str, ...]]] = {
    "django": {
        # A "skitse" is a drawing; a page that is not published yet is an "udkast".
        **_plain(
            {
                "Save Draft": "Gem skitse",
                "Save draft": "Gem skitse",
                "Draft": "Skitse",
                "Replace current draft": "Udskift nuværende skitse",
                "Current draft": "Nuværende skitse",
                "View draft": "Vis skitse",
            }
        ),
        # The page above is the "overordnede side"; "forældre" are somebody's mother and father.
        **_plain(
            {
                "Parent": "Forældre",
                "New parent page": "Ny forældre side",
                "This copy will be a child of this given parent page.": (
                    "Denne kopi vil blive en underside af den givne forældre side."
                ),
                "This collection has been made private by a parent collection.": (
                    "Denne samling er blevet gjort privat af en forældre samling."
                ),
            }
        ),
        # Who may see a page or a collection: its access, neither the privacy of a person nor an account.
        **_plain(
            {
                "Privacy": "Privatliv",
                "You can edit the privacy settings on:": "Du kan sætte opdatere dine konto indstillinger her:",
                "Privacy settings determine who is able to view documents in this collection.": (
                    "Indstillingerne bestemmer hvem der er i stand til at se documenter fra denne side."
                ),
            }
        ),
        # A site is not a "side" (page), nor a side menu; and the documents are not the documentation.
        **_plain(
            {
                "Site summary": "Side opsummering",
                "Configure a site now.": "Konfigurer en side nu.",
                "Sites menu": "Sidemenu",
                "This setting could not be opened because there is no site defined.": (
                    "Denne indstilling kunne ikke åbnes, da der ikke er nogen side defineret."
                ),
                "Wagtail documents": "Wagtail dokumentation",
                "Add/edit documents you own": "Tilføj/rediger dokumenterne selv",
                "Edit any document": "Rediger et hvilket somhelst dokument",
            }
        ),
        # Other wrong words: a noun for a verb, "go back" for undo, a device ("enhed") for an item; and
        # "tags" is what the rest of the Danish admin calls them.
        **_plain(
            {
                "Tags": "Mærker",
                "Copy": "Kopi",
                "Undo": "Gå tilbage",
                "Redo": "Gå frem",
                "Choose an item": "Vælg en enhed",
                "Choose another item": "Vælg en til enhed",
                "Edit this item": "Rediger denne enhed",
                "Go live date/time must be before expiry date/time": (
                    "Gå live dato/tidspunkt skal forekomme før udløbende dato/tidspunkt"
                ),
            }
        ),
        # Logging in and a new password: one word for each thing, as in Django's own screens.
        **_plain(
            {
                "Login": "Log Ind",
                "Sign in": "Log Ind",
                "Reset password": "Genindstil adgangskode",
                "Password reset": "Gendan kodeord",
                "Reset your password": "Gendan dit kodeord",
                "Enter your email address to reset your password": (
                    "Skriv din email addresse for at genindstille din adgangskode"
                ),
                "Please follow the link below to reset your password:": (
                    "Følg linket herunder for at gendanne dit kodeord:"
                ),
                "A link to reset your password has been emailed to you if an account exists for this address.": (
                    "Et link til at gendanne dit kodeord er blevet sendt til ding email, "
                    "hvis en konto for den email eksisterer."
                ),
                "Check your email": "Check din email",
                "Invalid password reset link": "Udløbet password reset link",
                "The password reset link was invalid, possibly because it has already been used.": (
                    "Ugyldigt password reset link, formentligt fordi det allerede er blevet brugt."
                ),
                "Request a new password reset": "Anmod om et password reset",
            }
        ),
        # English left standing, misspellings and stray characters.
        **_plain(
            {
                "%(label)s and Publish": "%(label)s og Publicér",
                "Alt text": "Alt text",
                "Uploading…": "Uploading...",
                "uploaded by user": "uploaded af en bruger",
                "Server Error": "Server Fejl",
                "Search term": "Søge term",
                "Email link": "Email link",
                "Add an email link": "Tilføj et email link",
                "Publish copied page": "Udgiv koipieret side",
                "Explore subpages of '%(title)s'": "Udforsk undersider af '%(title)s'?",
                "Explore child pages of '%(title)s'": "Udforsk undersider af '%(title)s'?",
                "Page '%(page_title)s' and %(subpages_count)s subpages copied.": (
                    "SIde '%(page_title)s' og %(subpages_count)s undersider blev kopieret."
                ),
                "Page '%(page_title)s' copied.": "SIde '%(page_title)s' kopieret.",
                "Page '%(page_title)s' created.": "Side  '%(page_title)s' lavet.",
                "Page '%(page_title)s' moved.": "SIde '%(page_title)s' flyttet.",
                "Page '%(page_title)s' unpublished.": "SIde '%(page_title)s' afpubliceret.",
            }
        ),
        (None, "%(count)s of the pages being copied is live. Would you like to publish its copy?"): (
            "%(count)saf siderne du har kopieret er live. Vil du udgive deres kopier?",
            "%(count)s af siderne du har kopieret er live. Vil du udgive deres kopier?",
        ),
    },
    "djangojs": _plain({"Alt text": "Alt text", "Loading…": "Loader...", "Server Error": "Server Fejl"}),
}
