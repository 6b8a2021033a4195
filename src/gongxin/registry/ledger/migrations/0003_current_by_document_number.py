"""Finds current entries by document number and its beginning; on PostgreSQL by code point, as is asked."""

from django.db import migrations, models

ONLY = "WHERE superseded_at IS NULL AND NOT (document_number = '')"


def rebuild(schema_editor, columns):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX current_by_document_number")
        schema_editor.execute(
            f"CREATE INDEX current_by_document_number ON ledger_entry ({columns}) {ONLY}"
        )


def create(apps, schema_editor):
    rebuild(schema_editor, 'document_number COLLATE "C"')


def remove(apps, schema_editor):
    rebuild(schema_editor, "document_number")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_standing_of_submission")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", True), models.Q(("document_number", ""), _negated=True)),
                fields=["document_number"],
                name="current_by_document_number",
            ),
        ),
        migrations.RunPython(create, remove),
    ]
