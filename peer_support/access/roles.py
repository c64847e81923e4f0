"""The five roles, as groups. A group says what one may do; an assignment says with whose people.

Nobody here may add or change users or groups: who can do that can make themselves anything.
"""

from dataclasses import dataclass, field

from django.apps import apps as installed_apps

EDITOR, COORDINATOR, DEPUTY, LEADER = "editor", "coordinator", "deputy", "leader"
ANALYST = "analyst"
OFFICER = "officer"

# The names of the groups are data, stored once, in the language of the house.
GROUP_NAMES = {
    EDITOR: "Peer support: redaktører",
    COORDINATOR: "Peer support: koordinatorer",
    DEPUTY: "Peer support: stedfortrædere",
    LEADER: "Peer support: ledere",
    ANALYST: "Peer support: analytikere",
    OFFICER: "Peer support: databeskyttelsesansvarlige",
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
    "instrumenttext": _ALL,
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
    "legalhold": ("add", "view"),
    "stillherequestion": ("change", "view"),
    "personstep": ("view",),
    "meetingplace": _ALL,
    "match": ("view", "make"),
    "matchevent": ("view",),
    "matchrun": ("add", "view"),
    "matchingpolicy": ("add", "change", "view"),
    "exclusion": ("add", "delete", "view"),
    "initiative": ("view", "numbers"),
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
    "questionnaire": _ALL,
    "questionnaireplan": ("change", "view"),
    "questionnairerefusal": ("add", "delete", "view"),
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
    "correction": ("change", "view"),
    "papertext": ("add", "change", "view"),
    "paper": ("add", "change", "view"),
    "paperpolicy": ("change", "view"),
    "certificate": ("add", "change", "view"),
    "thanks": ("add", "view"),
    "study": ("add", "change", "view"),
    "studyparticipant": ("add", "change", "view"),
    "allocation": ("add", "view"),
    "yearreport": ("export",),
}
# Taking back what one wrote down an hour ago is everyday work; erasing people and courses, and taking lists out of
# the house, is not.
_EVERYDAY = {
    "exclusion", "facilitator", "guidancedate", "putoff", "schoolholiday", "sessionstandin", "skill", "volunteerskill",
}  # fmt: skip
# A star goes when the one it belongs to says so, whoever is at work that day.
_EVERYDAY |= {"progressstar", "recruitmentplan"}
# So do answers, and a no to them.
_EVERYDAY |= {"questionnaire", "questionnairerefusal"}
_DEPUTY = {
    model: tuple(a for a in actions if a != "export" and (a != "delete" or model in _EVERYDAY))
    for model, actions in _COORDINATOR.items()
}
_LEADER = {
    "assignment": _ALL,
    "initiative": ("view", "numbers"),
    "recruitmentplan": ("view",),
    "startupstep": ("view",),
    "study": ("view",),
    "yearreport": ("export",),
}
# Whoever counts for a study sees its numbers under codes, and nobody's name.
_ANALYST = {"study": ("view", "export")}

# Looks after how others look: the log and what stands out in it, by case number. Nobody's name, and no group of people.
_OFFICER = {
    "accesslogentry": ("view", "export"),
    "reviewnote": ("add", "view"),
}

PERMISSIONS = {
    EDITOR: _EDITOR,
    COORDINATOR: _COORDINATOR,
    DEPUTY: _DEPUTY,
    LEADER: _LEADER,
    ANALYST: _ANALYST,
    OFFICER: _OFFICER,
}


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
    after the last migration only. The number of queries does not hang on how many there are. Returns a
    :class:`RoleChange` per role.
    """
    apps = apps or installed_apps
    groups = apps.get_model("auth", "Group")._default_manager.using(using)
    permissions = _permissions(apps, using)
    changes = []
    for role, models in PERMISSIONS.items():
        group, created = groups.get_or_create(name=GROUP_NAMES[role])
        wanted = [permissions[_ENTRANCE], *(permissions[key] for key in _keys(models))]
        held = set(group.permissions.values_list("pk", flat=True))
        new = [permission for permission in wanted if permission.pk not in held]
        group.permissions.add(*new)
        changes.append(RoleChange(role, group.name, created, sorted(p.codename for p in new)))
    return changes


_ENTRANCE = ("wagtailadmin", "admin", "access_admin")


def _keys(models):
    """Yield ``(app label, model, codename)`` of what a role may do."""
    for model, actions in models.items():
        for action in actions:
            yield "peer_support", model, f"{action}_{model}"


def _permissions(apps, using):
    """Return ``{(app label, model, codename): permission}`` of all roles, made where they are missing."""
    wanted = [_ENTRANCE, *dict.fromkeys(key for models in PERMISSIONS.values() for key in _keys(models))]
    types = apps.get_model("contenttypes", "ContentType")
    rows = types._default_manager.using(using)
    labels = {app_label for app_label, __, __ in wanted}

    def kinds():
        return {(kind.app_label, kind.model): kind for kind in rows.filter(app_label__in=labels)}

    found = kinds()
    missing = dict.fromkeys(key[:2] for key in wanted if key[:2] not in found)
    if missing:
        rows.bulk_create((types(app_label=a, model=m) for a, m in missing), ignore_conflicts=True)
        found = kinds()
    return _of_types(apps, using, wanted, found)


def _of_types(apps, using, wanted, kinds):
    model = apps.get_model("auth", "Permission")
    rows = model._default_manager.using(using)

    def there():
        of_ours = rows.filter(content_type__in=[kind.pk for kind in kinds.values()])
        return {(row.content_type_id, row.codename): row for row in of_ours}

    found = there()
    new = [key for key in wanted if (kinds[key[:2]].pk, key[2]) not in found]
    if new:
        made = (
            model(content_type_id=kinds[key[:2]].pk, codename=key[2], name=_name(apps, *key)) for key in new
        )
        rows.bulk_create(made, ignore_conflicts=True)
        found = there()
    return {key: found[kinds[key[:2]].pk, key[2]] for key in wanted}


def _name(apps, app_label, model, codename):
    """Return a permission's name as Django writes it: never translated, at most 255 signs."""
    if (app_label, model, codename) == _ENTRANCE:
        return "Can access Wagtail admin"
    action = codename.removesuffix(f"_{model}")
    return f"Can {action} {apps.get_model(app_label, model)._meta.verbose_name_raw}"[:255]
