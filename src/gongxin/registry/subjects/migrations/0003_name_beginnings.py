"""Lets PostgreSQL find names by how they begin, by code point as search asks; its own order has no use."""

from django.db import migrations

BY_CODE_POINT = '(normal COLLATE "C") WHERE searchable'
AS_THE_SERVER_SORTS = "(normal)"


def rebuild(schema_editor, columns):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX names_by_normal_form")
        schema_editor.execute(f"CREATE INDEX names_by_normal_form ON subjects_subjectname {columns}")


def create(apps, schema_editor):
    rebuild(schema_editor, BY_CODE_POINT)


def remove(apps, schema_editor):
    rebuild(schema_editor, AS_THE_SERVER_SORTS)


class Migration(migrations.Migration):
    dependencies = [("subjects", "0002_name_index")]
    operations = [migrations.RunPython(create, remove)]
