"""What a Wagtail editor needs besides the package's own permissions: pages, images, documents."""

from django.contrib.auth.models import Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
COLLECTION_RIGHTS = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


def give_page_rights(group):
    """Let ``group`` add, change and publish every page, image and document; returns how many rights were new."""
    root = GroupPagePermission._meta.get_field("page").related_model.get_first_root_node()
    added = 0
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS
    ):
        added += GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)[1]
    collection = Collection.get_first_root_node()
    for app_label, rights in COLLECTION_RIGHTS.items():
        for permission in Permission.objects.filter(content_type__app_label=app_label, codename__in=rights):
            added += GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )[1]
    return added
