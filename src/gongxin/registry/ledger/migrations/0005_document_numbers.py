"""Document numbers leave the ledger's own index for a table of their own, which a load fills at its end."""

from django.db import migrations, models

FILL = """
INSERT INTO ledger_number (document_number, entry_id, subject_id)
SELECT document_number, id, subject_id FROM ledger_entry WHERE document_number <> ''
ORDER BY document_number, id
"""


def lay_out(apps, schema_editor):
    """Order by code point on PostgreSQL, whose own order of Chinese is another; the key is the table on SQLite."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            'ALTER TABLE ledger_number ALTER COLUMN document_number TYPE varchar(128) COLLATE "C"'
        )
    else:
        schema_editor.execute("DROP TABLE ledger_number")
        schema_editor.execute(
            "CREATE TABLE ledger_number (document_number varchar(128) NOT NULL, entry_id char(32) NOT NULL,"
            " subject_id char(32) NOT NULL, PRIMARY KEY (document_number, entry_id)) WITHOUT ROWID"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_standing_of_agency'),
    ]

    operations = [
        migrations.CreateModel(
            name='Number',
            fields=[
                ('pk', models.CompositePrimaryKey('document_number', 'entry_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('document_number', models.CharField(max_length=128)),
                ('entry_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
            ],
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name='entry',
            name='current_by_document_number',
        ),
    ]
