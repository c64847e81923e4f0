"""Planted faults: each must be found by the rule that is named beside it. Never imported."""
# ruff: noqa

mark_safe(name)  # found: peer-mark-safe
SafeString(name)  # found: peer-mark-safe
format_html(f"<b>{name}</b>")  # found: peer-format-html-of-a-finished-text
format_html("<b>%s</b>" % name)  # found: peer-format-html-of-a-finished-text
format_html("<b>{}</b>".format(name))  # found: peer-format-html-of-a-finished-text
format_html("<b>" + name)  # found: peer-format-html-of-a-finished-text
format_html("<b>{}</b>", name)  # fine
register_snippet(Citizen)  # found: peer-people-as-snippets
register_snippet(Citizen, viewset=View)  # found: peer-people-as-snippets


@register_snippet  # found: peer-people-as-snippets
class Volunteer(Model):
    pass


with scopes_disabled():  # found: peer-scope-lifted
    pass
with all_initiatives("because"):  # found: peer-scope-lifted
    pass
Citizen.objects.raw(sql)  # found: peer-raw-sql
Citizen.objects.all().extra(where=[sql])  # found: peer-raw-sql
Citizen.objects.annotate(x=RawSQL(sql, ()))  # found: peer-raw-sql
cursor.execute(f"SELECT {name}")  # found: peer-raw-sql
cursor.execute("SELECT %s" % name)  # found: peer-raw-sql
cursor.execute("SELECT %s", [name])  # fine
Citizen._base_manager.all()  # found: peer-base-manager


@csrf_exempt  # found: peer-csrf-exempt
def view(request):
    pass
