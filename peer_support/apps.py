from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeerSupportConfig(AppConfig):
    """The package's one Django app: every room's models live under this label."""

    name = "peer_support"
    label = "peer_support"
    verbose_name = _("Peer support")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks, checks_deploy, personal_data, signals  # noqa: F401
        from .agreements.builtin import load_paper_texts
        from .directory.builtin import load_builtin_tables
        from .followup import keeping_step  # noqa: F401
        from .outcomes.builtin import load_areas
        from .outcomes.numbers import figures  # noqa: F401
        from .pages.signals import connect as watch_stories
        from .people.builtin import load_vocabularies
        from .people.builtin_guides import load_guides
        from .privacy.log_guard import guard_access_log
        from .recruitment.builtin_consent import load_consent_texts
        from .recruitment.builtin_guidance import load_guidance

        watch_stories()
        post_migrate.connect(load_builtin_tables, sender=self, dispatch_uid="peer_support_builtin_tables")
        post_migrate.connect(guard_access_log, sender=self, dispatch_uid="peer_support_log_guard")
        post_migrate.connect(load_vocabularies, sender=self, dispatch_uid="peer_support_vocabularies")
        post_migrate.connect(load_areas, sender=self, dispatch_uid="peer_support_star_areas")
        post_migrate.connect(load_guides, sender=self, dispatch_uid="peer_support_guides")
        post_migrate.connect(load_consent_texts, sender=self, dispatch_uid="peer_support_consent_texts")
        post_migrate.connect(load_guidance, sender=self, dispatch_uid="peer_support_guidance")
        post_migrate.connect(load_paper_texts, sender=self, dispatch_uid="peer_support_paper_texts")
