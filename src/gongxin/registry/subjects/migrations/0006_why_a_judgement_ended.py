"""A judgement that ended says why: what was ended before keeps the ground of its merge's undoing, or none given."""

from django.db import migrations, models

FILL = """
UPDATE subjects_judgement SET end_ground = COALESCE(
    (SELECT undo_ground FROM subjects_merge
     WHERE judgement_id = subjects_judgement.id AND undone_at IS NOT NULL),
    '未记载'
) WHERE ended_at IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('subjects', '0005_names_compared'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='judgement',
            name='who_ended_a_judgement_is_known',
        ),
        migrations.AddField(
            model_name='judgement',
            name='end_ground',
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_ground__isnull', True), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('end_ground__gt', '')), _connector='OR'), name='an_ended_judgement_says_by_whom_and_why'),
        ),
    ]
