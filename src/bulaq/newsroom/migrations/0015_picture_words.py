"""Pictures keep the words by which they are searched."""

from django.db import migrations, models

from bulaq.arabic.normalise import matching_key

AT_ONCE = 1000


def fill(apps, schema_editor):
    """For the pictures that are there already, some at a time."""
    pictures = apps.get_model("newsroom", "NewsImage").objects.using(schema_editor.connection.alias)
    last = 0
    while some := list(
        pictures.filter(pk__gt=last)
        .order_by("pk")
        .only("title", "description", "caption", "credit")[:AT_ONCE]
    ):
        for one in some:
            words = (one.title, one.description, one.caption, one.credit)
            one.matching_text = matching_key(" ".join(filter(None, words)))
        pictures.bulk_update(some, ["matching_text"])
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0014_import_pictures")]

    operations = [
        migrations.AddField("newsimage", "matching_text", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
