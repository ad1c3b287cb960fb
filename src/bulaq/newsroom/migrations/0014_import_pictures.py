from django.db import migrations, models


def links_first(apps, schema_editor):
    """Pictures are looked for last now: a run that was broken off among them has its links still to lead."""
    apps.get_model("newsroom", "ImportRun").objects.filter(phase="pictures").update(phase="links", cursor=0)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0013_section_pins"),
    ]

    operations = [
        migrations.AddField(
            model_name="importpicture",
            name="code",
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="importpicture",
            name="url_digest",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=32),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="phase",
            field=models.CharField(
                choices=[
                    ("reading", "reading and storing"),
                    ("links", "internal links"),
                    ("publishing", "publishing"),
                    ("pictures", "pictures"),
                    ("finished", "finished"),
                ],
                default="reading",
                max_length=12,
                verbose_name="phase",
            ),
        ),
        migrations.RunPython(links_first, migrations.RunPython.noop),
    ]
