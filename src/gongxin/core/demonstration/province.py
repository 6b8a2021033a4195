from datetime import date

from gongxin.core.demonstration.batches import Batch
from gongxin.core.demonstration.doubtful import doubtful_batches
from gongxin.core.demonstration.good_records import good_batches
from gongxin.core.demonstration.licences import licence_batches
from gongxin.core.demonstration.lists import list_batches
from gongxin.core.demonstration.organisations import organisations
from gongxin.core.demonstration.penalties import penalty_batches
from gongxin.core.demonstration.professionals import professional_batches
from gongxin.core.demonstration.registrations import registration_batches

LEAST_SUBJECTS = 20


def province(*, subjects: int, seed: int, on: date) -> list[Batch]:
    """Return every file of the demonstration province in the order of sending, as seen from the day `on`."""
    firms = organisations(count=max(subjects, LEAST_SUBJECTS), seed=seed, on=on)
    batches = [
        *registration_batches(firms, on),
        *licence_batches(firms, on, seed),
        *penalty_batches(firms, on, seed),
        *list_batches(firms, on),
        *good_batches(firms, on),
        *professional_batches(on),
        *doubtful_batches(firms, on),
    ]
    return sorted(batches, key=lambda batch: -batch.days_ago)
