from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="document",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
