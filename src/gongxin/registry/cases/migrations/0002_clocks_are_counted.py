import datetime

from django.db import migrations, models
from django.db.models import Q

NO_DAY = datetime.date(2026, 1, 1)
NO_INSTANT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddField("clock", "set_at", models.DateTimeField(default=NO_INSTANT), preserve_default=False),
        migrations.AddField("clock", "counted_from", models.DateField(default=NO_DAY), preserve_default=False),
        migrations.AddField(
            "clock", "working_days", models.PositiveSmallIntegerField(default=0), preserve_default=False
        ),
        migrations.AddIndex(
            "clock",
            models.Index(
                fields=["due_on"], condition=Q(ended="", provisional=True), name="clocks_to_reckon"
            ),
        ),
    ]
