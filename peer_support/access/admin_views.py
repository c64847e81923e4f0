"""What every view of a :class:`~peer_support.access.admin_base.SecureModelAdmin` has in common."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..privacy.access_log import log_access
from .guards import guarded
from .reach import narrow


class SecureViewMixin:
    """Permission first, one transaction, nothing kept by the browser, Wagtail's slim header.

    The transaction holds what is read and the log of it: where the log cannot be written, nothing is answered.
    """

    model_admin = None
    action = ""

    def dispatch(self, request, *args, **kwargs):
        if not self.is_permitted(request):
            raise PermissionDenied
        with transaction.atomic():
            return guarded(
                narrow(lambda: self._answer(request, *args, **kwargs), request.user, *self.needed_rights)
            )

    def _answer(self, request, *args, **kwargs):
        self.before(request)
        return super().dispatch(request, *args, **kwargs)

    @property
    def needed_rights(self):
        """The rights that not everybody has who works with people: the view finds those people only with whom one has."""
        return ()

    def is_permitted(self, request):
        """Whether this person may open this view at all."""
        raise NotImplementedError

    def before(self, request):
        """Refuse what lies outside the rows; called inside the transaction."""

    @cached_property
    def route(self):
        """The name of this view in the access log."""
        return self.model_admin.get_log_route(self.action)

    def log_access(self, action, objects):
        """Write to the access log under this view's name."""
        return log_access(user=self.request.user, action=action, objects=objects, route=self.route)

    def log_for_wagtail(self, obj, action, **kwargs):
        """Write to Wagtail's own log under a label that says nothing about the person."""
        log(instance=obj, action=action, title=self.model_admin.get_neutral_label(obj), **kwargs)

    def get_breadcrumbs_items(self):
        items = [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": self.index_url, "label": capfirst(self.model_admin.opts.verbose_name_plural)},
        ]
        return [*items, *self.get_own_breadcrumbs()]

    def get_own_breadcrumbs(self):
        return []

    def get_header_context(self):
        """Return what the slim header needs."""
        return {
            "breadcrumbs_items": self.get_breadcrumbs_items(),
            "header_title": self.get_meta_title(),
            "page_title": self.get_meta_title(),
            "page_subtitle": str(
                getattr(self, "instance", None) or capfirst(self.model_admin.opts.verbose_name)
            ),
            "header_icon": self.model_admin.get_menu_icon(),
            "header_buttons": sorted(self.get_header_buttons()),
        }

    def get_header_icon(self):
        return self.model_admin.get_menu_icon()

    def get_header_buttons(self):
        return []


class SecureObjectMixin(SecureViewMixin):
    """A view of one record: 404 outside the rows this person may see, whatever is written in the address."""

    def __init__(self, model_admin, instance_pk):
        try:
            model_admin.opts.pk.to_python(instance_pk)
        except ValidationError as error:
            raise Http404 from error
        super().__init__(model_admin, instance_pk)

    def before(self, request):
        if not self.model_admin.get_queryset(request).filter(pk=self.instance.pk).exists():
            raise Http404

    def get_own_breadcrumbs(self):
        return [{"url": "", "label": self.get_crumb(), "sublabel": str(self.instance)}]

    def get_crumb(self):
        return _("Details")

    def get_meta_title(self):
        return f"{self.get_crumb()}: {self.instance}"

    get_header_title = get_meta_title

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{**self.get_header_context(), **kwargs})
