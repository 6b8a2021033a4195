"""What can be found by its document number, beside what the ledger says carries one."""

from django.db.models import Q

from gongxin.core.submissions import State
from gongxin.registry.ledger.models import Entry, Number


def numbered_in_the_ledger() -> set[tuple[str, str]]:
    """Return (number, entry) of all that stands and is not of a file that is still being posted."""
    standing = Entry.objects.filter(superseded_at=None).exclude(document_number="")
    posted = standing.filter(Q(submission=None) | ~Q(submission__state=State.POSTING.value))
    return {(number, entry.hex) for number, entry in posted.values_list("document_number", "id")}


def numbers_kept() -> set[tuple[str, str]]:
    rows = Number.objects.values_list("document_number", "entry_id")
    return {(number, entry.hex) for number, entry in rows}
