from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_reading_corrections")]

    operations = [
        migrations.RemoveIndex(model_name="readinghour", name="reading_by_hour"),
        migrations.AddIndex(
            model_name="readinghour",
            index=models.Index(fields=["edition", "hour", "readers"], name="reading_sums"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["edition", "published_at", "updated_at", "state", "is_canonical"],
                condition=models.Q(state="published", is_canonical=True),
                name="publication_sitemap",
            ),
        ),
    ]
