"""A newsroom older than the standing pages gives its editors the right to them, as a new one does (`desk.roles`)."""

from typing import Any

from django.db import migrations

EDITOR = "محرّر"


def give(apps: Any, schema_editor: Any) -> None:
    """Once: what an administrator takes from the group afterwards stays taken. Rights are made after all migrations
    otherwise, which is too late here."""
    group = apps.get_model("auth", "Group").objects.filter(name=EDITOR).first()
    if group is None:
        return
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="newsroom", model="standingpage"
    )
    for act in ("add", "change", "delete", "view"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=f"{act}_standingpage", defaults={"name": f"Can {act} standing page"}
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0017_people_and_page_addresses"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
