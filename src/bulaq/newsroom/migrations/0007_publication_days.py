from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_reading_corrections")]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["edition", "state", "is_canonical", "published_at", "updated_at"],
                name="publication_days",
            ),
        )
    ]
