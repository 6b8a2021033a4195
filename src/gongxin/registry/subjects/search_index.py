"""Keeps the name index quick after a load."""

from django.db import connection

from gongxin.registry.bulk import on_postgresql


def settle() -> None:
    """Merge what the last load left unmerged in the index, so that the next search does not pay for it."""
    with connection.cursor() as cursor:
        if on_postgresql():
            cursor.execute("SELECT gin_clean_pending_list('subjects_name_tokens'::regclass)")
            cursor.execute("ANALYZE subjects_subjectname, ledger_entry, publication_decision")
        else:
            cursor.execute("PRAGMA optimize")
