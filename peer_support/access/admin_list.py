"""The list of a hardened ModelAdmin: Wagtail's own listing over modeladmin's declarations."""

from django.forms import Media
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import ButtonWithDropdown, HeaderButton

from ..privacy import blind_index
from ..privacy.access_log import Action
from ..privacy.fields import stands_for_unreadable
from . import name_search
from .admin_views import SecureViewMixin
from .exporting import SecureExportMixin
from .forms import keep_to_own_initiatives, use_native_dates
from .shown import as_text, label_of, sort_key_of, value_of


class RowColumn(ButtonsColumnMixin, TitleColumn):
    """The first column: the link to the record, and a menu of what can be done with it."""

    def __init__(self, *args, get_buttons, **kwargs):
        self._get_row_buttons = get_buttons
        super().__init__(*args, **kwargs)

    def get_buttons(self, instance, parent_context):
        return self._get_row_buttons(instance)


class SecureIndexView(SecureViewMixin, SecureExportMixin, BaseListingView):
    """List, filter, find by name and export, each of them logged with the ids that were shown.

    The query string knows ``p``, ``ordering``, ``export``, the filters of ``filterset_class`` and the token of a
    search by name. Anything else in it is ignored.
    """

    action = "index"
    template_name = None
    is_searchable = False
    http_method_names = ["get", "post", "head", "options"]

    def __init__(self, model_admin, **kwargs):
        super().__init__(**kwargs)
        self.model_admin = model_admin
        self.model = model_admin.model
        self.paginate_by = model_admin.list_per_page
        self.filterset_class = model_admin.filterset_class
        self.verbose_name = str(model_admin.opts.verbose_name)
        self.verbose_name_plural = str(model_admin.opts.verbose_name_plural)
        self.results_template_name = model_admin.get_templates("index_results")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.list_export = tuple(self.model_admin.get_list_export(request))
        self.is_export = self.is_export and bool(self.list_export)

    def is_permitted(self, request):
        helper = self.model_admin.permission_helper
        if self.is_export and not self.user_can_export:
            return False
        return helper.user_can_list(request.user)

    @property
    def needed_rights(self):
        return (self.model_admin.export_right,) if self.is_export else ()

    @cached_property
    def user_can_export(self):
        return bool(self.list_export) and self.model_admin.user_can_export(self.request.user)

    # Requests

    def get(self, request, *args, **kwargs):
        if name_search.PARAMETER in request.GET and not self.searched_name:
            messages.warning(request, _("That search by name is over. Write the name again."))
            return redirect(self.index_url)
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        if self.filters and not self.filters.is_valid():
            messages.error(request, _("Nothing was exported: a filter was not understood."))
            return redirect(self.index_url)
        rows = list(self.get_queryset())
        self.log_access(Action.EXPORT, rows)
        return self.as_spreadsheet(rows, request.GET["export"])

    def post(self, request, *args, **kwargs):
        """Search by name: what was typed goes to the session, a token that means nothing to the address."""
        if self.results_only:
            return self.http_method_not_allowed(request)
        typed = request.POST.get("name", "").strip()
        # The words that stand for a name whose key is lost are nobody's name.
        is_name = blind_index.query_tokens(typed) and not stands_for_unreadable(typed)
        if not (self.model_admin.name_search and is_name):
            return redirect(self.index_url)
        token = name_search.remember(request, typed)
        return redirect(f"{self.index_url}?{name_search.PARAMETER}={token}")

    @cached_property
    def searched_name(self):
        """What was typed in the search box, or ``None`` where no search by name is on."""
        token = self.request.GET.get(name_search.PARAMETER)
        if not (token and self.model_admin.name_search):
            return None
        return name_search.recall(self.request, token)

    # Rows

    def get_base_queryset(self):
        queryset = self.model_admin.get_queryset(self.request)
        related = self.model_admin.list_select_related
        return queryset.select_related(*related) if isinstance(related, (list, tuple)) else queryset

    def order_queryset(self, queryset):
        queryset = super().order_queryset(queryset)
        # The key comes last, so that no row is shown on two pages.
        order = queryset.query.order_by or self.model._meta.ordering
        return queryset.order_by(*order, "pk")

    def search_queryset(self, queryset):
        if not self.searched_name:
            return queryset
        return blind_index.search(queryset, self.searched_name, field=self.model_admin.name_search_field)

    @cached_property
    def filters(self):
        filters = super().filters
        if filters:
            keep_to_own_initiatives(filters.form)
            use_native_dates(filters.form)
        return filters

    # Columns

    @cached_property
    def columns(self):
        first, *rest = self.model_admin.get_list_display(self.request)
        return [
            self._column(
                first,
                RowColumn,
                get_url=self.model_admin.url_for(self.request),
                get_buttons=self._row_buttons,
            ),
            *(self._column(name) for name in rest),
        ]

    def _column(self, name, column_class=Column, **kwargs):
        if not isinstance(name, str):
            return name
        column = column_class(
            name,
            label=label_of(self.model_admin, name),
            accessor=lambda obj: as_text(value_of(self.model_admin, obj, name)),
            sort_key=sort_key_of(self.model_admin, name),
            **kwargs,
        )
        # On a telephone the cells stand below each other, and a lone dash would say nothing.
        column.empty_value_display = format_html(
            '<span class="peer-none">{}</span>', self.model_admin.empty_value_display
        )
        return column

    def _row_buttons(self, obj):
        buttons = self.model_admin.get_object_buttons(self.request, obj)
        if not buttons:
            return []
        label = _("More options for '%(title)s'") % {"title": str(obj)}
        return [ButtonWithDropdown(buttons=buttons, icon_name="dots-horizontal", attrs={"aria-label": label})]

    # Export

    def get_filename(self):
        return getattr(self.model_admin, "export_filename", self.model_admin.opts.model_name)

    def get_heading(self, queryset, field):
        return str(self.model_admin.export_headings.get(field) or label_of(self.model_admin, field))

    def get_export_url(self, format):
        params = self.request.GET.copy()
        params["export"] = format
        return f"{self.index_url}?{params.urlencode()}"

    def to_row_dict(self, item):
        return {name: value_of(self.model_admin, item, name) for name in self.list_export}

    @cached_property
    def show_export_buttons(self):
        return self.user_can_export

    # Page

    def get_template_names(self):
        return self.results_template_name if self.results_only else self.model_admin.get_templates("index")

    def get_page_title(self):
        return capfirst(self.verbose_name_plural)

    get_meta_title = get_page_title

    def get_breadcrumbs_items(self):
        items = super().get_breadcrumbs_items()
        return [*items[:-1], {"url": "", "label": self.get_page_title()}]

    def get_header_buttons(self):
        offered = list(self.model_admin.get_list_buttons(self.request))
        buttons = [button for button in offered if not button.allow_in_dropdown]
        self.header_more_buttons += [button for button in offered if button.allow_in_dropdown]
        if self.model_admin.permission_helper.user_can_create(self.request.user):
            label = capfirst(_("Add %(model_name)s") % {"model_name": self.verbose_name})
            url = self.model_admin.url_helper.create_url
            buttons.insert(0, HeaderButton(label, url=url, icon_name="plus"))
        self.header_buttons = buttons
        return BaseListingView.get_header_buttons(self)

    def get_index_url(self):
        return self.model_admin.url_helper.index_url

    def get_index_results_url(self):
        return self.model_admin.url_helper.get_action_url("results")

    @cached_property
    def is_searching(self):
        return bool(self.searched_name)

    @cached_property
    def plain_filter_form(self):
        """The filters once more, for a browser without scripts; its ids are its own."""
        form = self.filterset_class(**self.get_filterset_kwargs()).form
        form.auto_id = "plain_%s"
        keep_to_own_initiatives(form)
        use_native_dates(form)
        return form

    @property
    def media(self):
        css = [static("peer_support/access/admin.css"), *self.model_admin.get_index_view_extra_css()]
        return Media(css={"all": css}, js=self.model_admin.get_index_view_extra_js())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        self.log_access(Action.SEARCH if self.is_searching else Action.LIST, context["object_list"])
        context.update(
            media=context["media"] + self.media,
            model_admin=self.model_admin,
            search_token=self.request.GET.get(name_search.PARAMETER, ""),
            empty_text=self.model_admin.get_empty_text(self.request),
            view=self,
        )
        return context
