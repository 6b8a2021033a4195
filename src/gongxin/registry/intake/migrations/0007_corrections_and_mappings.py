import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0006_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='intake.submission'),
        ),
        migrations.AddField(
            model_name='submission',
            name='saved_mapping',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='read_with', to='intake.savedmapping'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('corrects', models.F('id')), _negated=True), name='no_submission_corrects_itself'),
        ),
    ]
