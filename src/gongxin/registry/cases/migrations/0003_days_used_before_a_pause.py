from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_clocks_are_counted")]

    operations = [
        migrations.AddField("clock", "used_before", models.PositiveSmallIntegerField(default=0)),
    ]
