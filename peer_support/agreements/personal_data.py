"""What this room holds about people, field by field; see :mod:`peer_support.privacy.registry`."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..access.models_link import AccessLink
from ..people.personal_data import CITIZEN, VOLUNTEER
from ..privacy.erasure import register_cleaner
from ..privacy.registry import OnErasure, register, register_words
from . import rules, text_format
from .models import Certificate, Paper, PaperPolicy, Thanks


def _papers_of(rows, subject):
    """A person's own papers, and the other side's of the same match: their words name the person too."""
    side = {CITIZEN: "citizen", VOLUNTEER: "volunteer"}.get(subject._meta.label_lower)
    if side is None:
        return rows.none()
    return rows.filter(Q(**{side: subject.pk}) | Q(**{f"match__{side}": subject.pk}))


def delete_links(papers):
    """Delete the links to ``papers``; call it before the papers go, or nothing leads to them any more."""
    label = Paper._meta.label_lower
    AccessLink._base_manager.filter(target_model=label, target_id__in=papers.values("pk")).delete()


@register_cleaner
def links_of_papers(subject):
    """The links to a person's papers go first."""
    delete_links(_papers_of(Paper._base_manager.all(), subject))


def _of_the_other(paper, subject):
    """All of the other side's paper; and of an agreement that is over the words, as they name the other one."""
    if getattr(paper, f"{subject._meta.model_name}_id", None) != subject.pk:
        return {column.name for column in paper._meta.concrete_fields}
    return () if rules.may_show(paper) else ("body", "facts", "knows")


register(
    Paper,
    title=_("Contracts and agreements"),
    on_erasure=OnErasure.DELETE,
    rows=_papers_of,
    period="paper person",
    kept_back=_of_the_other,
    papers="kind text_version body facts knows starts_on until_on state made_at signed_how signed_on signed_at "
    "signed_name closed_at",
    staff="made_by noted_by closed_by",
    link="initiative volunteer citizen match text",
    technical="id text_hash signed_hash",
)
register_words(
    Paper,
    body=lambda paper: text_format.to_plain(paper.blocks),
    facts=lambda paper: "\n".join(map(str, paper.filled_in.values())),
)
register(
    Certificate,
    title=_("Certificates that were seen"),
    on_erasure=OnErasure.DELETE,
    paths={VOLUNTEER: "volunteer"},
    papers="kind about seen_on valid_to taken_out_at",
    staff="seen_by",
    link="initiative volunteer",
    technical="id",
)
register(
    Thanks,
    title=_("Thank-yous"),
    on_erasure=OnErasure.DELETE,
    paths={VOLUNTEER: "volunteer"},
    words="words on",
    staff="by",
    link="initiative volunteer",
    technical="id",
)
register(
    PaperPolicy,
    title=_("What is asked of volunteers"),
    on_erasure=OnErasure.STAY,
    technical="id initiative certificates contract_months work place hours",
)
