"""The settings of the package: one dictionary, ``PEER_SUPPORT``, with a default for every name."""

from django.conf import settings
from django.core.signals import setting_changed

DEFAULTS = {
    # Fernet keys for the encrypted fields, newest first: the first one writes, all of them read.
    "KEYS": [],
    # A secret of its own for the searchable index of names, so that keys can be changed without re-indexing.
    "INDEX_KEY": "",
    # Days a proposal waits for answers before the coordinator is reminded.
    "PROPOSAL_REMINDER_DAYS": 4,
    # Months without supervision after which a volunteer who supports somebody stands on the list of those to talk with.
    "SUPERVISION_MONTHS": 3,
    # Longest match that can be agreed at a time, in months.
    "MATCH_MONTHS_MAX": 6,
    # Days at the start of a match in which either side can stop without giving a reason.
    "TRIAL_DAYS": 28,
    # Months after which a conversation with somebody who still waits (or is free to be proposed) counts as old. 0: never.
    "CONVERSATION_MONTHS": 6,
    # Whether an old conversation stands in the way of a proposal. Off: it is only said.
    "CONVERSATION_MUST_BE_FRESH": False,
    # Weeks of pause after which the volunteer's place in a paused match may be given to somebody else.
    "PAUSE_FREES_PLACE_WEEKS": 8,
    # The template that every public page extends; it draws the blocks of peer_support/public/base.html.
    "PAGE_BASE_TEMPLATE": "peer_support/public/base.html",
    # Where "leave this page quickly" leads. Empty: a plain calendar of the month, on this site (public/leave.py).
    "LEAVE_URL": "",
    # More for the organisation's JSON-LD, e.g. {"logo": "https://…", "telephone": "+45…"}.
    "ORGANISATION": {},
    # More sources for the content security policy of public pages, e.g. {"img-src": ["https://tiles.example"]}.
    "CSP_SOURCES": {},
    # The same for the package's own screens in the admin, e.g. {"script-src": ["https://support.example"]}.
    "ADMIN_CSP_SOURCES": {},
    # Hours without a click after which a colleague with a task (an assignment in any role) signs in anew, and hours after
    # which they do so in any case (pretix's values). 0: never.
    "STAFF_IDLE_HOURS": 3,
    "STAFF_SESSION_HOURS": 12,
    # Whether those who work with people (coordinators and deputies) need a code from a telephone as well; asks for the extra "two-factor".
    "TWO_FACTOR": False,
    # What slows down whoever guesses passwords, where it is not django-axes ("our proxy", …); only for `check --deploy`.
    "LOGIN_THROTTLED_BY": "",
    # Tiles behind the map of the directory; without it the map is drawn with nobody's help. A dictionary with "url", e.g.
    # "https://tiles.example/{z}/{x}/{y}.png", and "attribution", the line that the server's owner asks for.
    "MAP_TILES": {},
    # More words that sound like an authority, with what to write instead; "" takes a built-in word out.
    "AUTHORITY_WORDS": {},
    # Hosts whose film player may be shown on a story, after the reader has pressed play. Empty: none.
    "FILM_HOSTS": ["www.youtube-nocookie.com", "player.vimeo.com"],
    # How often from one address: {purpose: [(times, seconds), …]}. "post" counts every press on a button of a public
    # form; the others count what was taken. A purpose that is not named here has the limits of "form".
    "PUBLIC_LIMITS": {
        "post": [(60, 600)],
        "form": [(10, 3600), (40, 86400)],
        # Pages behind a link without an account: an evening saves itself as it is written.
        "link": [(200, 600), (1000, 86400)],
    },
    # How many proxies of the host's own stand in front: the visitor's address is that many places from the right in
    # X-Forwarded-For. 0: nobody stands in front, and the header, which anybody can write, is not believed.
    "PROXIES": 0,
    # A function "dotted.path" that takes the request and returns the visitor's address, where PROXIES is not enough.
    "CLIENT_ADDRESS": "",
    # A blank line for the CPR number on the print of a volunteer contract, to be filled in by hand. It is never stored.
    "CONTRACT_CPR_LINE": False,
    # Other months than the usual for what is purged: {rule: months}; `manage.py purge` lists the rules.
    "RETENTION_MONTHS": {},
    # For how many months the access log is kept.
    "ACCESS_LOG_MONTHS": 12,
    # More different records than this, opened by one colleague within an hour, stand on the data officer's review list;
    # four times as many shown in lists do too.
    "REVIEW_RECORDS_AN_HOUR": 50,
    # From which hour to which it is night: what is opened then stands on the review list. The same hour twice: never.
    "REVIEW_NIGHT": (23, 6),
    # Within how many working days you answer an enquiry, as the thank-you page and the mail say it.
    "ANSWER_DAYS": 5,
    # Seconds between opening a form and sending it; whoever is faster is asked to press once more. 0: never asked.
    "FORM_MIN_SECONDS": 3,
}


class PeerSupportSettings:
    """Attribute access to ``settings.PEER_SUPPORT``; an unknown name is an ``AttributeError``."""

    def __getattr__(self, name):
        if name not in DEFAULTS:
            raise AttributeError(f"PEER_SUPPORT has no setting called {name!r}")
        value = getattr(settings, "PEER_SUPPORT", {}).get(name, DEFAULTS[name])
        setattr(self, name, value)
        return value

    def reload(self):
        """Forget what was read, so that the next look-up reads the host's settings again."""
        self.__dict__.clear()


peer_settings = PeerSupportSettings()


def _reload(*, setting, **kwargs):
    if setting == "PEER_SUPPORT":
        peer_settings.reload()


setting_changed.connect(_reload, dispatch_uid="peer_support_settings")
