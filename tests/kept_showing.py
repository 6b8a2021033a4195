"""What the search keeps of what shows, beside what the ledger says of it."""

from django.db import transaction

from gongxin.registry import bulk
from gongxin.registry.publication import showing


def shown_as_kept() -> list[tuple[str, str, str]]:
    rows = bulk.select("SELECT subject_id, class_id, until FROM publication_showing")
    return sorted((bulk.hexadecimal(subject), kind, str(until)) for subject, kind, until in rows)


def shown_as_summed() -> list[tuple[str, str, str]]:
    with transaction.atomic():
        everyone = bulk.select("SELECT id FROM subjects_subject")
        showing.sum_again({bulk.hexadecimal(subject) for (subject,) in everyone})
        summed = shown_as_kept()
        transaction.set_rollback(True)
    return summed
