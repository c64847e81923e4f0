"""The menu "People", and what stands outside it for those who see nobody. Imported by ``wagtail_hooks`` only."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from .admin import CitizenAdmin, MeetingPlaceAdmin, VolunteerAdmin
from .views import guides as guide_views
from .views import standing as standing_views
from .views import way_in

SEES_PEOPLE = "peer_support.view_citizen"
GUIDES = gettext_lazy("Conversation guides")


class PeopleGroup(ModelAdminGroup):
    menu_label = gettext_lazy("People")
    menu_icon = "group"
    menu_order = 120
    items = (CitizenAdmin, VolunteerAdmin, MeetingPlaceAdmin)

    def get_submenu_items(self):
        screens = [
            ("way_in", gettext_lazy("The way in"), "arrow-right", way_in.WayInView.permission),
            ("guides", GUIDES, "list-ul", guide_views.PERMISSION),
            ("purge", gettext_lazy("Erasing and holds"), "bin", standing_views.PERMISSION),
        ]
        own = [
            ScreenMenuItem(
                label,
                reverse_lazy(f"peer_support_people:{name}"),
                permission,
                name=f"peer-support-people-{name}",
                icon_name=icon,
                order=order,
            )
            for order, (name, label, icon, permission) in enumerate(screens, 10)
        ]
        return [*super().get_submenu_items(), *own]


class ScreenMenuItem(MenuItem):
    """A screen of this room that is no list; shown among the people to those who see people and may open it."""

    def __init__(self, label, url, permission, among_people=True, **kwargs):
        self.permission, self.among_people = permission, among_people
        super().__init__(label, url, **kwargs)

    def is_shown(self, request):
        user = request.user
        return user.has_perm(self.permission) and self.among_people == user.has_perm(SEES_PEOPLE)


def guides_menu_item():
    """The menu item "Conversation guides", for editors, who see nobody: a menu "People" would hold only this for them."""
    return ScreenMenuItem(
        GUIDES,
        reverse_lazy("peer_support_people:guides"),
        guide_views.PERMISSION,
        among_people=False,
        name="peer-support-guides",
        icon_name="list-ul",
        order=321,
    )
