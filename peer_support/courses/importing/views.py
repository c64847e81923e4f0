"""The import in the admin, step by step as for people: choose a file, choose columns, see what would happen, confirm."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from ...access.guards import guarded
from ...directory.importing.notices import Refused
from ...people.importing import example, uploads
from ...people.importing.columns import guess
from ...people.importing.forms import ColumnsForm
from ...people.importing.memory import uploads_in_memory
from ...people.importing.reading import read_table
from ...people.models import PeopleUpload
from ...privacy.access_log import Action, log_access
from ..models import GroupCourse
from .forms import ReasonForm, StartForm
from .kinds import KINDS, PARTICIPANTS, kinds_for

SHOWN = 200
ROUTE = "course_import"
EXAMPLES = {
    "csv": (example.example_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        example.example_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def _for_importers(view):
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not kinds_for(request.user):
            raise PermissionDenied
        return guarded(view(request, *args, **kwargs))

    return require_admin_access(checked)


def _own(request, pk):
    """Return the user's own upload of a list for a course, or 404."""
    upload = PeopleUpload.objects.filter(pk=pk, user=request.user, kind__in=kinds_for(request.user)).first()
    if upload is None:
        raise Http404
    return upload


def _with_upload(view):
    """Decorator: ``view(request, upload)`` for the user's own upload that is neither done nor over."""

    @_for_importers
    @wraps(view)
    def found(request, pk):
        upload = _own(request, pk)
        if upload.done_at:
            return redirect("peer_support_course_import:done", pk)
        if upload.expires_at < timezone.now():
            uploads.discard(upload)
            messages.warning(request, _("The file was kept for two hours. Choose it again."))
            return redirect("peer_support_course_import:start")
        return view(request, upload)

    return found


def _course_of(upload):
    """Return the course that was chosen; 404 where it is gone, or belongs to another initiative."""
    pk = uploads.choices_of(upload).options.get("course")
    course = GroupCourse.objects.filter(pk=pk, initiative_id=upload.initiative_id).first()
    if course is None:
        raise Http404
    return course


def _header(step=0):
    title = _("Import to a course")
    steps = [_("1. File"), _("2. Columns"), _("3. Try it"), _("4. Done")]
    return {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "page_title": title,
        "header_icon": "upload",
        "steps": [{"label": label, "current": place == step} for place, label in enumerate(steps)],
    }


@uploads_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
@_for_importers
def start(request):
    """Step 1: the course and the file. ``?course=`` and ``?kind=`` choose beforehand."""
    kinds = kinds_for(request.user)
    wanted = request.GET.get("kind")
    initial = {"kind": wanted if wanted in kinds else kinds[0], "course": request.GET.get("course")}
    form = StartForm(request.POST or None, request.FILES or None, kinds=kinds, initial=initial)
    if request.method == "POST":
        # A file that was too big is not there any more; the other fields still say what was chosen.
        if getattr(request, "peer_file_too_big", False):
            form.errors.pop("file", None)
            form.add_error(None, _("The file is too big. It may hold 5 MB at most; divide it in two."))
        elif form.is_valid() and (upload := _keep(request, form)):
            return redirect("peer_support_course_import:columns", upload.pk)
    return render(request, "peer_support/courses/import/start.html", {**_header(), "form": form})


def _keep(request, form):
    data = form.cleaned_data
    try:
        table = read_table(data["file"].read())
    except Refused as refusal:
        for notice in refusal.notices:
            row = _("Row %(row)d: %(text)s") % {"row": notice.line, "text": notice.text}
            form.add_error("file", row if notice.line else notice.text)
        return None
    return uploads.keep_upload(
        table=table,
        mapping=guess(table.headings, columns=KINDS[data["kind"]].columns),
        kind=data["kind"],
        initiative=data["course"].initiative,
        user=request.user,
        options={"course": data["course"].pk},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@_with_upload
def columns(request, upload):
    """Step 2: what stands in which column; guessed from the headings."""
    table, choices = uploads.table_of(upload), uploads.choices_of(upload)
    offered = KINDS[upload.kind].columns
    form = ColumnsForm(request.POST or None, table=table, mapping=choices.mapping, columns=offered)
    if request.method == "POST" and form.is_valid():
        uploads.choose(upload, mapping=form.mapping())
        return redirect("peer_support_course_import:check", upload.pk)
    context = {
        **_header(1),
        "form": form,
        "upload": upload,
        "table": table,
        "give_up_url": reverse("peer_support_course_import:give_up", args=[upload.pk]),
    }
    return render(request, "peer_support/people/import/columns.html", context)


def _settings(upload, choices):
    """Return what the kind's plan and write take."""
    settings = {"table": uploads.table_of(upload), "mapping": choices.mapping, "course": _course_of(upload)}
    if upload.kind == PARTICIPANTS:
        settings["exception_reason"] = choices.options.get("exception_reason", "")
    return settings


@require_http_methods(["GET", "HEAD", "POST"])
@_with_upload
def check(request, upload):
    """Step 3: the dry run, row by row. Nothing is written until "Import" is pressed."""
    choices, kind = uploads.choices_of(upload), KINDS[upload.kind]
    settings = _settings(upload, choices)
    form = None
    if upload.kind == PARTICIPANTS and settings["course"].wants_intro:
        form = ReasonForm(request.POST or None, initial={"exception_reason": settings["exception_reason"]})
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, upload)
    if request.method == "POST" and (form is None or form.is_valid()):
        uploads.choose(upload, options=choices.options | (form.cleaned_data if form else {}))
        return redirect("peer_support_course_import:check", upload.pk)
    plan = kind.plan(**settings)
    log_access(user=request.user, action=Action.SEARCH, objects=plan.found, route=ROUTE)
    errors = [notice for notice in plan.notices if notice.level == "error"]
    others = [notice for notice in plan.notices if notice.level != "error"]
    context = {
        **_header(2),
        "upload": upload,
        "course": settings["course"],
        "plan": plan,
        "form": form,
        "errors": errors[:SHOWN],
        "others": others[:SHOWN],
        "more": max(len(errors) - SHOWN, 0) + max(len(others) - SHOWN, 0),
        "lines": plan.lines(),
        "columns_url": reverse("peer_support_course_import:columns", args=[upload.pk]),
        "give_up_url": reverse("peer_support_course_import:give_up", args=[upload.pk]),
    }
    return render(request, "peer_support/courses/import/check.html", context)


def _confirm(request, upload):
    def write(locked, choices):
        return KINDS[locked.kind].write(**_settings(locked, choices), user=request.user, route=ROUTE)

    try:
        uploads.confirm(upload=upload, user=request.user, apply=write)
    except Refused:
        messages.warning(request, _("Nothing was imported: there is still something to put right."))
        return redirect("peer_support_course_import:check", upload.pk)
    return redirect("peer_support_course_import:done", upload.pk)


_DONE = {
    "place": lambda n: ngettext("%(count)d person got a place.", "%(count)d people got a place.", n),
    "wait": lambda n: ngettext(
        "%(count)d person is on the waiting list.", "%(count)d people are on the waiting list.", n
    ),
    "new_people": lambda n: ngettext("%(count)d person was taken in.", "%(count)d people were taken in.", n),
    "new": lambda n: ngettext("%(count)d session was added.", "%(count)d sessions were added.", n),
    "changed": lambda n: ngettext(
        "%(count)d session was filled in.", "%(count)d sessions were filled in.", n
    ),
    "same": lambda n: ngettext(
        "%(count)d row was as it is already.", "%(count)d rows were as they are already.", n
    ),
}


@require_safe
@_for_importers
def done(request, pk):
    """Step 4: what was imported."""
    upload = _own(request, pk)
    if not upload.done_at:
        raise Http404
    lines = [
        say(upload.result[name]) % {"count": upload.result[name]}
        for name, say in _DONE.items()
        if upload.result.get(name)
    ]
    context = {**_header(3), "upload": upload, "lines": lines}
    return render(request, "peer_support/courses/import/done.html", context)


@require_POST
@_with_upload
def give_up(request, upload):
    """Throw the file away."""
    uploads.discard(upload)
    messages.success(request, _("The file is thrown away. Nothing was imported."))
    return redirect("peer_support_course_import:start")


@require_safe
@_for_importers
def example_file(request, kind, form):
    """An example file to download."""
    if kind not in kinds_for(request.user) or form not in EXAMPLES:
        raise Http404
    make, content_type = EXAMPLES[form]
    response = HttpResponse(make(kind, KINDS[kind].columns), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{kind}.{form}"'
    return response
