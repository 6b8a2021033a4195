"""What shows to everyone, asked of the database: the SQL twin of `core.disclosure.view` for the public.

A property test holds the two together.
"""

from datetime import datetime

from gongxin.core.legal_day import legal_day
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import in_force_sql


def visible_sql() -> str:
    """Return the condition that entry `e` and decision `d` of one record show to everyone at an instant.

    Takes `moments` of the instant.
    """
    # That no other decision is newer is asked of the index first: most records have one decision only.
    return (
        "d.outcome = 'published' AND d.audience = 'public' AND d.publish_from <= %s"
        " AND (d.publish_until IS NULL OR d.publish_until > %s)"
        " AND NOT EXISTS (SELECT 1 FROM publication_decision later WHERE later.subject_id = d.subject_id"
        " AND later.id <> d.id AND later.record_id = d.record_id AND later.decided_at <= %s"
        " AND (later.decided_at, later.id) > (d.decided_at, d.id))"
        " AND e.recorded_at <= %s AND (e.superseded_at IS NULL OR e.superseded_at > %s)"
        f" AND e.erased_at IS NULL AND e.kind <> 'withdrawal' AND {in_force_sql('e.class_id')}"
    )


def moments(at: datetime) -> list[str]:
    """Return what `visible_sql` takes for the instant `at`: it five times, and its legal day."""
    return [*[bulk.instant(at)] * 5, legal_day(at).isoformat()]
