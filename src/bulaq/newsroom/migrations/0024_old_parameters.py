"""The parameters by which old sites named their articles are remembered, of what was brought in before too."""

import django.db.models.deletion
from django.db import migrations, models

from urllib.parse import parse_qsl

MOST = 60


def of_what_is_here(apps, schema_editor):
    found = {}
    rows = apps.get_model("newsroom", "LegacyPath").objects.filter(path__contains="?")
    for edition_id, path in rows.values_list("edition_id", "path").iterator():
        names = found.setdefault(edition_id, {})
        if len(names) < MOST:
            for name, value in parse_qsl(path.partition("?")[2], keep_blank_values=True):
                if len(name) <= 40 and name.isprintable():
                    names[name if value else ""] = None
    OldParameter = apps.get_model("newsroom", "OldParameter")
    OldParameter.objects.bulk_create(
        OldParameter(edition_id=edition_id, name=name)
        for edition_id, names in found.items()
        for name in names
    )


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0023_editors_look_at_items"),
    ]

    operations = [
        migrations.CreateModel(
            name="OldParameter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="newsroom.edition"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "name"), name="old_parameter_once")
                ],
            },
        ),
        migrations.RunPython(of_what_is_here, migrations.RunPython.noop),
    ]
