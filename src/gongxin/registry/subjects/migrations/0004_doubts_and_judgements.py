"""Doubts and what persons say of them; a merge stands on a judgement, and no merge was ever made before it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0009_staging'),
        ('subjects', '0003_name_beginnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=20)),
                ('score', models.FloatField()),
                ('found_at', models.DateTimeField()),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doubts_beside', to='subjects.subject')),
                ('row', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='intake.unlinkedrow')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='subjects.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('verdict', models.CharField(max_length=12)),
                ('ground', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(max_length=80, null=True)),
                ('doubt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='subjects.doubt')),
            ],
        ),
        migrations.CreateModel(
            name='SubjectSuccession',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('ground', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(max_length=80, null=True)),
                ('end_ground', models.CharField(max_length=200, null=True)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='subjects.subject')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded', to='subjects.subject')),
            ],
        ),
        migrations.DeleteModel(
            name='Merge',
        ),
        migrations.AddIndex(
            model_name='doubt',
            index=models.Index(fields=['found_at'], name='doubts_by_age'),
        ),
        migrations.AddConstraint(
            model_name='doubt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('row__isnull', False), ('subject__isnull', True)), models.Q(('row__isnull', True), ('subject__isnull', False)), _connector='OR'), name='a_doubt_is_about_a_row_or_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='doubt',
            constraint=models.CheckConstraint(condition=models.Q(('subject__isnull', True), ('subject__lt', models.F('other')), _connector='OR'), name='a_doubted_pair_has_one_order'),
        ),
        migrations.AddConstraint(
            model_name='doubt',
            constraint=models.UniqueConstraint(fields=('row', 'other'), name='one_doubt_per_row_and_subject'),
        ),
        migrations.AddConstraint(
            model_name='doubt',
            constraint=models.UniqueConstraint(fields=('subject', 'other'), name='one_doubt_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['same', 'different', 'cannot-tell'])), name='a_verdict_is_known'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='a_judgement_has_its_ground'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='who_ended_a_judgement_is_known'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('doubt',), name='one_live_judgement'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['absorption', 'consolidation', 'division', 'split-off', 'conversion'])), name='a_succession_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='no_subject_succeeds_itself'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='a_succession_has_its_ground'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_ground__isnull', True), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('end_ground__gt', '')), _connector='OR'), name='an_ended_succession_says_by_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='subjectsuccession',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('predecessor', 'successor'), name='succeeded_once_by_each'),
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('proposed_by', models.CharField(max_length=80)),
                ('decided_by', models.CharField(max_length=80)),
                ('ground', models.CharField(max_length=200)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(max_length=80, null=True)),
                ('undo_ground', models.CharField(max_length=200, null=True)),
                ('absorbed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_from', to='subjects.subject')),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_into', to='subjects.subject')),
                ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='subjects.judgement')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('proposed_by', models.F('decided_by')), _negated=True), name='a_merge_takes_two_persons'), models.CheckConstraint(condition=models.Q(('absorbed', models.F('into')), _negated=True), name='nobody_is_merged_into_itself'), models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='a_merge_has_its_ground'), models.CheckConstraint(condition=models.Q(models.Q(('undo_ground__isnull', True), ('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), ('undo_ground__gt', '')), _connector='OR'), name='an_undone_merge_says_by_whom_and_why'), models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('absorbed',), name='absorbed_once_at_a_time')],
            },
        ),
    ]
