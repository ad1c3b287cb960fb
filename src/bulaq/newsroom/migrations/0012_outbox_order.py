from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0011_bound_groups")]

    operations = [
        migrations.AddField(model_name="outboxentry", name="later", field=models.BooleanField(default=False)),
        migrations.RemoveIndex(model_name="outboxentry", name="outbox_next"),
        migrations.AddIndex(
            model_name="outboxentry",
            index=models.Index(fields=["consumer", "later", "id"], name="outbox_order"),
        ),
    ]
