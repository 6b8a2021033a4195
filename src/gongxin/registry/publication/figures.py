"""How much shows to everyone."""

from datetime import datetime

from gongxin.registry import bulk
from gongxin.registry.publication.visible import moments, visible_sql


def public_figures(*, at: datetime) -> dict[str, int]:
    """Return how many subjects, licences and penalties show to everyone at `at`."""
    sql = (
        "SELECT COUNT(DISTINCT d.subject_id), COUNT(CASE WHEN d.class_id = 'licence' THEN 1 END),"
        " COUNT(CASE WHEN d.class_id = 'penalty' THEN 1 END) FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE {visible_sql()}"
    )
    [(subjects, licences, penalties)] = bulk.select(sql, *moments(at))
    return {"subjects": subjects, "licences": licences, "penalties": penalties}
