"""A run keeps what it has met: reasons, refusals and sections with how many of each; learning is a phase of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0020_old_parameters_in_small_letters"),
    ]

    operations = [
        migrations.AddField("importrun", "findings", models.JSONField(default=dict, editable=False)),
        migrations.AlterField(
            "importrun",
            "phase",
            models.CharField(
                choices=[
                    ("learning", "learning the templates of its pages"),
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
    ]
