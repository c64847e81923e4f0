"""The four roles, as groups. A group says what one may do; an assignment says with whose people.

Nobody here may add or change users or groups: who can do that can make themselves anything.
"""

from dataclasses import dataclass, field

from django.apps import apps as installed_apps

EDITOR, COORDINATOR, DEPUTY, LEADER = "editor", "coordinator", "deputy", "leader"

# The names of the groups are data, stored once, in the language of the house.
GROUP_NAMES = {
    EDITOR: "Peer support: redaktører",
    COORDINATOR: "Peer support: koordinatorer",
    DEPUTY: "Peer support: stedfortrædere",
    LEADER: "Peer support: ledere",
}

_ALL = ("add", "change", "delete", "view")
_EDITOR = {
    "initiative": (*_ALL, "publish", "lock", "unlock"),
    "initiativecontact": _ALL,
    "initiativesuggestion": ("change", "delete", "view"),
    "directoryterm": _ALL,
    "interest": _ALL,
    "interestgroup": _ALL,
    "language": _ALL,
    "conversationguide": ("change", "publish", "view"),
    "coursetemplate": _ALL,
    "schoolholiday": _ALL,
    "localcoordinator": _ALL,
    "consenttext": _ALL,
    "crisishelp": ("change",),
    "enquirysource": _ALL,
    "benefitrule": _ALL,
    "glossaryterm": _ALL,
    "ideaarea": _ALL,
    "areasuggestion": _ALL,
    "mailtext": _ALL,
    "storyconsent": ("add", "change", "view"),
    "papertext": ("add", "change", "view", "standard"),
}
_COORDINATOR = {
    "citizen": (*_ALL, "export"),
    "volunteer": (*_ALL, "export"),
    "conversation": _ALL,
    "conversationbooking": ("add", "change", "view"),
    "conversationguide": ("change", "view"),
    "personstep": ("view",),
    "meetingplace": _ALL,
    "match": ("view", "make", "export"),
    "matchevent": ("view",),
    "matchrun": ("add", "view"),
    "matchingpolicy": ("add", "change", "view"),
    "exclusion": ("add", "delete", "view"),
    "initiative": ("view",),
    "coursetemplate": ("view",),
    "schoolholiday": _ALL,
    "groupcourse": (*_ALL, "export"),
    "session": ("add", "change", "view"),
    "introworkshop": _ALL,
    "courseevent": ("view",),
    "facilitator": _ALL,
    "sessionstandin": _ALL,
    "guidancedate": _ALL,
    "enrolment": ("add", "change", "view", "export"),
    "enrolmentevent": ("view",),
    "attendance": ("add", "change", "view"),
    "consent": ("view",),
    "talkrequest": _ALL,
    "caringcall": ("add", "view"),
    "progressstar": _ALL,
    "recruitmentplan": _ALL,
    "startupstep": ("change", "view"),
    "mailjob": ("change", "view"),
    "mailtext": ("view",),
    "putoff": _ALL,
    "accompaniment": ("add", "change", "view"),
    "accompanimentoffer": ("view",),
    "accompanimentevent": ("view",),
    "skill": _ALL,
    "volunteerskill": _ALL,
    "pause": ("add", "change", "view"),
    "followup": ("add", "change", "view"),
    "followupplan": ("change", "view"),
    "endingstep": ("change", "view"),
    "meeting": ("add", "change", "view"),
    "matchcall": ("change", "view"),
    "ownchange": ("view",),
    "papertext": ("add", "change", "view"),
    "paper": ("add", "change", "view"),
    "paperpolicy": ("change", "view"),
    "certificate": ("add", "change", "view"),
    "thanks": ("add", "view"),
}
# Taking back what one wrote down an hour ago is everyday work; erasing people and courses, and taking lists out of
# the house, is not.
_EVERYDAY = {
    "exclusion", "facilitator", "guidancedate", "putoff", "schoolholiday", "sessionstandin", "skill", "volunteerskill",
}  # fmt: skip
# A star goes when the one it belongs to says so, whoever is at work that day.
_EVERYDAY |= {"progressstar", "recruitmentplan"}
_DEPUTY = {
    model: tuple(a for a in actions if a != "export" and (a != "delete" or model in _EVERYDAY))
    for model, actions in _COORDINATOR.items()
}
_LEADER = {
    "assignment": _ALL,
    "initiative": ("view",),
    "recruitmentplan": ("view",),
    "startupstep": ("view",),
}

PERMISSIONS = {EDITOR: _EDITOR, COORDINATOR: _COORDINATOR, DEPUTY: _DEPUTY, LEADER: _LEADER}


@dataclass
class RoleChange:
    """What was done for one role: whether the group is new, and the permissions that were added to it."""

    code: str
    group: str
    created: bool = False
    added: list[str] = field(default_factory=list)


def codenames(role):
    """Return the codenames of ``role`` in this package, e.g. ``{"view_citizen", "make_match", …}``."""
    return {f"{action}_{model}" for model, actions in PERMISSIONS[role].items() for action in actions}


def group_for(role):
    """Return the group of ``role``; ``Group.DoesNotExist`` where :func:`ensure_roles` has not run."""
    return installed_apps.get_model("auth", "Group").objects.get(name=GROUP_NAMES[role])


def ensure_roles(apps=None, using="default"):
    """Make the groups and give them their permissions; adds, never takes away, safe to run again.

    ``apps`` is the registry of a migration. Permissions that are not there yet are made, as Django makes them
    after the last migration only. Returns a :class:`RoleChange` per role.
    """
    apps = apps or installed_apps
    groups = apps.get_model("auth", "Group")._default_manager.using(using)
    entrance = _permission(apps, using, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    changes = []
    for role, models in PERMISSIONS.items():
        group, created = groups.get_or_create(name=GROUP_NAMES[role])
        wanted = [entrance, *_permissions_of(apps, using, models)]
        held = set(group.permissions.values_list("pk", flat=True))
        new = [permission for permission in wanted if permission.pk not in held]
        group.permissions.add(*new)
        changes.append(RoleChange(role, group.name, created, sorted(p.codename for p in new)))
    return changes


def _permissions_of(apps, using, models):
    for model, actions in models.items():
        name = apps.get_model("peer_support", model)._meta.verbose_name_raw
        for action in actions:
            yield _permission(apps, using, "peer_support", model, f"{action}_{model}", f"Can {action} {name}")


def _permission(apps, using, app_label, model, codename, name):
    content_types = apps.get_model("contenttypes", "ContentType")._default_manager.using(using)
    content_type, __ = content_types.get_or_create(app_label=app_label, model=model)
    permissions = apps.get_model("auth", "Permission")._default_manager.using(using)
    return permissions.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name[:255]}
    )[0]
