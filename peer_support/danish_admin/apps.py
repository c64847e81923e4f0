from django.apps import AppConfig
from django.core import checks


class DanishAdminConfig(AppConfig):
    """Danish for Wagtail's own screens; Django merges the catalogues of all installed apps."""

    name = "peer_support.danish_admin"
    label = "peer_support_danish_admin"
    verbose_name = "Danish for Wagtail's admin"

    def ready(self):
        from .labels import give_labels

        give_labels()
        _add_to_javascript_catalogue(self.name)
        checks.register(check_order, checks.Tags.translation)
        checks.register(check_javascript_catalogue, checks.Tags.translation)


def _javascript_packages():
    """The list of packages Wagtail reads its JavaScript strings from, or None if it is not to be found."""
    from wagtail.admin.views import i18n

    view = getattr(i18n, "js_catalog", None)
    packages = getattr(view, "view_initkwargs", {}).get("packages")
    return packages if isinstance(packages, list) else None


def _add_to_javascript_catalogue(name):
    """Wagtail serves the JavaScript strings of ``wagtail.admin`` alone; have it serve ours as well."""
    packages = _javascript_packages()
    if packages is not None and name not in packages:
        packages.append(name)


def check_order(app_configs, **kwargs):
    """An app's catalogue wins over those of the apps after it: our corrections need to come before Wagtail."""
    from django.apps import apps

    names = [app.name for app in apps.get_app_configs()]
    ours = names.index(DanishAdminConfig.name)
    # Taggit is in it because Wagtail shows its strings.
    before = [
        name for name in names[:ours] if name.partition(".")[0] in ("wagtail", "wagtail_modeladmin", "taggit")
    ]
    if not before:
        return []
    return [
        checks.Warning(
            f"{DanishAdminConfig.name} comes after {before[0]} in INSTALLED_APPS, "
            "so its corrections of Wagtail's Danish have no effect.",
            hint="List it after your own apps and before those of Wagtail.",
            id="peer_support_danish_admin.W001",
        )
    ]


def check_javascript_catalogue(app_configs, **kwargs):
    """Tell the site's makers if this Wagtail no longer lets us add our JavaScript strings."""
    if DanishAdminConfig.name in (_javascript_packages() or ()):
        return []
    return [
        checks.Warning(
            "The Danish of Wagtail's JavaScript strings is not served: "
            "this version of Wagtail makes its JavaScript catalogue in another way.",
            hint="Add the folder peer_support/danish_admin/locale to LOCALE_PATHS.",
            id="peer_support_danish_admin.W002",
        )
    ]
