"""The index behind name search: bigrams of each name, in FTS5 on SQLite and a GIN index on PostgreSQL.

Tokens are hexadecimal code points, so that neither database's own idea of a word interferes.
"""

from django.db import migrations


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE subjects_subjectname ADD COLUMN tokens tsvector")
        schema_editor.execute("CREATE INDEX subjects_name_tokens ON subjects_subjectname USING gin (tokens)")
    else:
        schema_editor.execute(
            "CREATE VIRTUAL TABLE subjects_nameindex"
            " USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE subjects_subjectname DROP COLUMN tokens")
    else:
        schema_editor.execute("DROP TABLE subjects_nameindex")


class Migration(migrations.Migration):
    dependencies = [("subjects", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
