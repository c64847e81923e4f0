"""Addresses of this room's own screens, below ``/admin/people/``."""

from django.urls import path

from . import views
from .importing import views as importing
from .views import guides, standing, way_in

app_name = "peer_support_people"


def _person(kind):
    screens = {
        "conversation": ("conversation/", views.conversation),
        "autosave": ("conversation/autosave/", views.autosave),
        "finish": ("finish/", views.finish),
        "pause": ("pause/", views.pause),
        "resume": ("resume/", views.resume),
        "end": ("end/", views.end),
        "back": ("back/", views.welcome_back),
        "book": ("book/", views.book),
        "book_cancel": ("book/cancel/", views.book_cancel),
        "book_missed": ("book/missed/", views.book_missed),
        "book_file": ("book/calendar.ics", views.book_file),
        "stop": ("stop/", views.stop),
        "go_on": ("go-on/", views.go_on),
        "hold": ("hold/", views.hold),
        "still": ("still/", views.still),
        "correction": ("correction/", views.correction),
        "own_reading": ("everything/", views.own_reading),
        "own_export": ("everything.json", views.own_export),
        "link": ("link/", views.link),
        "seen": ("who-has-looked/", views.seen_sheet),
    }
    return [
        path(f"{kind}/<int:pk>/{tail}", view, {"kind": kind}, name=f"{kind}_{name}")
        for name, (tail, view) in screens.items()
    ]


urlpatterns = [
    path("citizen/new/", views.enquiry, {"kind": "citizen"}, name="citizen_new"),
    path("volunteer/new/", views.enquiry, {"kind": "volunteer"}, name="volunteer_new"),
    path("way-in/", way_in.WayInView.as_view(), name="way_in"),
    path("way-in/volunteers/", way_in.WayInVolunteersView.as_view(), name="way_in_volunteers"),
    path("purge/", standing.PurgePlanView.as_view(), name="purge"),
    path("holds/", standing.HoldsView.as_view(), name="holds"),
    path("guides/", guides.GuidesView.as_view(), name="guides"),
    path("guides/adapt/", guides.AdaptView.as_view(), name="guide_adapt"),
    path("guides/<int:pk>/", guides.GuideView.as_view(), name="guide"),
    path("guides/<int:pk>/standard/", guides.StandardView.as_view(), name="guide_standard"),
    path("import/", importing.start, name="import"),
    path("import/example/<slug:kind>.<slug:form>", importing.example_file, name="import_example"),
    path("import/<int:pk>/columns/", importing.columns, name="import_columns"),
    path("import/<int:pk>/check/", importing.check, name="import_check"),
    path("import/<int:pk>/done/", importing.done, name="import_done"),
    path("import/<int:pk>/give-up/", importing.give_up, name="import_give_up"),
    *_person("citizen"),
    *_person("volunteer"),
]
