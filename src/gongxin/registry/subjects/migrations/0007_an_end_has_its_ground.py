"""A ground that is not there at all is none either: a comparison with NULL let it pass."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('subjects', '0006_why_a_judgement_ended'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='judgement',
            name='an_ended_judgement_says_by_whom_and_why',
        ),
        migrations.RemoveConstraint(
            model_name='merge',
            name='an_undone_merge_says_by_whom_and_why',
        ),
        migrations.RemoveConstraint(
            model_name='subjectsuccession',
            name='an_ended_succession_says_by_whom_and_why',
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_ground__isnull', True), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('end_ground__gt', ''), ('end_ground__isnull', False), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='an_ended_judgement_says_by_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undo_ground__isnull', True), ('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undo_ground__gt', ''), ('undo_ground__isnull', False), ('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='an_undone_merge_says_by_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_ground__isnull', True), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('end_ground__gt', ''), ('end_ground__isnull', False), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='an_ended_succession_says_by_whom_and_why'),
        ),
    ]
