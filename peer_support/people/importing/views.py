"""The import in the admin: choose a file, choose columns, see what would happen, confirm."""

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
from ...access.scopes import current_initiative_ids
from ...directory.importing.notices import Refused
from ...privacy.access_log import Action, log_access
from ..models import Interest, Language, PeopleUpload
from ..views.common import KINDS, list_url
from . import example, planning, uploads
from .columns import guess
from .forms import ColumnsForm, UploadForm, WordsForm
from .memory import uploads_in_memory
from .reading import read_table

SHOWN = 200
ROUTE = "people_import"
EXAMPLES = {
    "csv": (example.example_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        example.example_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def kinds_for(user):
    """Return the kinds of people this user may take in."""
    return [kind for kind in KINDS if user.has_perm(f"peer_support.add_{kind}")]


def _for_importers(view):
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not kinds_for(request.user):
            raise PermissionDenied
        return guarded(view(request, *args, **kwargs))

    return require_admin_access(checked)


def _with_upload(view):
    """Decorator: ``view(request, upload)`` for the user's own upload that is neither done nor over."""

    @_for_importers
    @wraps(view)
    def found(request, pk):
        upload = PeopleUpload.objects.filter(pk=pk, user=request.user).first()
        if upload is None or upload.kind not in kinds_for(request.user):
            raise Http404
        if upload.done_at:
            return redirect("peer_support_people:import_done", pk)
        if upload.expires_at < timezone.now():
            uploads.discard(upload)
            messages.warning(request, _("The file was kept for two hours. Choose it again."))
            return redirect("peer_support_people:import")
        return view(request, upload)

    return found


def _header(kind=None, step=0):
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if kind:
        model = KINDS[kind]
        items.append({"url": list_url(model), "label": str(model._meta.verbose_name_plural).capitalize()})
    title = _("Import people")
    steps = [_("1. File"), _("2. Columns"), _("3. Try it"), _("4. Done")]
    return {
        "breadcrumbs_items": [*items, {"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
        "header_icon": "upload",
        "steps": [{"label": label, "current": place == step} for place, label in enumerate(steps)],
    }


@uploads_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
@_for_importers
def start(request):
    """Step 1: the file. A file that is none gets its sentence on the form; nothing is kept of it."""
    kinds = kinds_for(request.user)
    wanted = request.GET.get("kind")
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        initiative_ids=current_initiative_ids(),
        kinds=kinds,
        initial={"kind": wanted if wanted in kinds else kinds[0]},
    )
    if request.method == "POST":
        # A file that was too big is not there any more; the other fields still say what was chosen.
        if getattr(request, "peer_file_too_big", False):
            form.errors.pop("file", None)
            form.add_error(None, _("The file is too big. It may hold 5 MB at most; divide it in two."))
        elif form.is_valid():
            upload = _keep(request, form)
            if upload:
                return redirect("peer_support_people:import_columns", upload.pk)
    context = {**_header(wanted if wanted in kinds else None), "form": form, "kinds": kinds}
    return render(request, "peer_support/people/import/start.html", context)


def _keep(request, form):
    data = form.cleaned_data
    try:
        table = read_table(data["file"].read())
    except Refused as refusal:
        for notice in refusal.notices:
            form.add_error("file", _at_row(notice))
        return None
    return uploads.keep_upload(
        table=table,
        mapping=guess(table.headings, data["kind"]),
        kind=data["kind"],
        initiative=data["initiative"],
        user=request.user,
    )


def _at_row(notice):
    if not notice.line:
        return notice.text
    return _("Row %(row)d: %(text)s") % {"row": notice.line, "text": notice.text}


@require_http_methods(["GET", "HEAD", "POST"])
@_with_upload
def columns(request, upload):
    """Step 2: what stands in which column; guessed from the headings."""
    table, choices = uploads.table_of(upload), uploads.choices_of(upload)
    form = ColumnsForm(request.POST or None, table=table, mapping=choices.mapping, kind=upload.kind)
    if request.method == "POST" and form.is_valid():
        uploads.choose(upload, mapping=form.mapping())
        return redirect("peer_support_people:import_check", upload.pk)
    context = {
        **_header(upload.kind, 1),
        "form": form,
        "upload": upload,
        "table": table,
        "give_up_url": reverse("peer_support_people:import_give_up", args=[upload.pk]),
    }
    return render(request, "peer_support/people/import/columns.html", context)


def _plan(upload, choices):
    return planning.plan_import(
        table=uploads.table_of(upload),
        mapping=choices.mapping,
        kind=upload.kind,
        initiative=upload.initiative,
        words=choices.words,
        overwrite=choices.overwrite,
    )


def _lists():
    return {
        "interests": [(str(row.pk), row.name) for row in Interest.objects.order_by("name")],
        "languages": [(str(row.pk), row.name) for row in Language.objects.order_by("name")],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@_with_upload
def check(request, upload):
    """Step 3: the dry run, row by row. Nothing is written until "Import" is pressed."""
    choices = uploads.choices_of(upload)
    plan = _plan(upload, choices)
    form = WordsForm(
        request.POST or None,
        unknown=plan.unknown,
        lists=_lists() if plan.unknown else {},
        initial={"overwrite": choices.overwrite},
    )
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, upload)
    if request.method == "POST" and form.is_valid():
        uploads.choose(
            upload,
            words={**choices.words, **form.answers()},
            overwrite=form.cleaned_data["overwrite"],
        )
        return redirect("peer_support_people:import_check", upload.pk)
    found = [row.person for row in plan.rows if row.person]
    log_access(user=request.user, action=Action.SEARCH, objects=found, route=ROUTE)
    errors = [notice for notice in plan.notices if notice.level == "error"]
    others = [notice for notice in plan.notices if notice.level != "error"]
    context = {
        **_header(upload.kind, 2),
        "upload": upload,
        "plan": plan,
        "form": form,
        "errors": errors[:SHOWN],
        "others": others[:SHOWN],
        "more": max(len(errors) - SHOWN, 0) + max(len(others) - SHOWN, 0),
        "lines": _lines(plan),
        "columns_url": reverse("peer_support_people:import_columns", args=[upload.pk]),
        "give_up_url": reverse("peer_support_people:import_give_up", args=[upload.pk]),
    }
    return render(request, "peer_support/people/import/check.html", context)


def _lines(plan):
    """Return what would happen, in sentences; what happens to nobody is left out."""
    new, filled, same, wrong = (
        plan.count(action) for action in (planning.CREATE, planning.FILL, planning.SAME, planning.WRONG)
    )
    lines = [
        (new, ngettext("%(count)d person is taken in.", "%(count)d people are taken in.", new)),
        (
            filled,
            ngettext(
                "%(count)d person who is here already gets new answers.",
                "%(count)d people who are here already get new answers.",
                filled,
            ),
        ),
        (
            same,
            ngettext(
                "%(count)d person who is here already stays unchanged.",
                "%(count)d people who are here already stay unchanged.",
                same,
            ),
        ),
        (wrong, ngettext("%(count)d row is not right yet.", "%(count)d rows are not right yet.", wrong)),
    ]
    return [line % {"count": count} for count, line in lines if count]


def _confirm(request, upload):
    try:
        uploads.confirm(upload=upload, user=request.user, route=ROUTE)
    except Refused:
        messages.warning(request, _("Nothing was imported: there is still something to put right."))
        return redirect("peer_support_people:import_check", upload.pk)
    return redirect("peer_support_people:import_done", upload.pk)


@require_safe
@_for_importers
def done(request, pk):
    """Step 4: what was imported."""
    upload = PeopleUpload.objects.filter(pk=pk, user=request.user, done_at__isnull=False).first()
    if upload is None:
        raise Http404
    new, filled = upload.result["created"], upload.result["filled"]
    lines = [
        ngettext("%(count)d person was taken in.", "%(count)d people were taken in.", new) % {"count": new}
    ]
    if filled:
        line = ngettext(
            "%(count)d person who was here already got new answers.",
            "%(count)d people who were here already got new answers.",
            filled,
        )
        lines.append(line % {"count": filled})
    context = {
        **_header(upload.kind, 3),
        "upload": upload,
        "lines": lines,
        "list_url": list_url(KINDS[upload.kind]),
    }
    return render(request, "peer_support/people/import/done.html", context)


@require_POST
@_with_upload
def give_up(request, upload):
    """Throw the file away."""
    uploads.discard(upload)
    messages.success(request, _("The file is thrown away. Nothing was imported."))
    return redirect("peer_support_people:import")


@require_safe
@_for_importers
def example_file(request, kind, form):
    """An example file to download."""
    if kind not in KINDS or form not in EXAMPLES:
        raise Http404
    make, content_type = EXAMPLES[form]
    response = HttpResponse(make(kind), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{kind}.{form}"'
    return response
