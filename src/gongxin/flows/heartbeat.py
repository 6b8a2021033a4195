"""A worker's sign of life, so that the desk can say when nobody works."""

from datetime import datetime, timedelta

from gongxin.registry.intake.models import Worker

FORGOTTEN_AFTER = timedelta(days=1)


def beat(*, worker: str, at: datetime) -> None:
    """Say that `worker` is alive at `at`."""
    Worker.objects.update_or_create(name=worker, defaults={"beat_at": at})


def rest(*, worker: str, at: datetime) -> None:
    """Say that `worker` has stopped; those that never said so are forgotten after a day."""
    Worker.objects.filter(name=worker).delete()
    Worker.objects.filter(beat_at__lt=at - FORGOTTEN_AFTER).delete()
