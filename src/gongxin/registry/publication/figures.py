"""How much shows to everyone."""

from datetime import datetime

from gongxin.registry import bulk
from gongxin.registry.publication.visible import moments, visible_sql
from gongxin.registry.subjects.clusters import all_merged, clusters_of


def public_figures(*, at: datetime) -> dict[str, int]:
    """Return how many subjects, licences and penalties show to everyone at `at`."""
    sql = (
        "SELECT COUNT(DISTINCT d.subject_id), COUNT(CASE WHEN d.class_id = 'licence' THEN 1 END),"
        " COUNT(CASE WHEN d.class_id = 'penalty' THEN 1 END) FROM publication_decision d"
        " JOIN ledger_entry e ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE {visible_sql()}"
    )
    [(subjects, licences, penalties)] = bulk.select(sql, *moments(at))
    counted_twice = _shown_beside_another(at)
    return {"subjects": subjects - counted_twice, "licences": licences, "penalties": penalties}


def _shown_beside_another(at: datetime) -> int:
    """Return how many of those with something public are one with another that has it too, but the first."""
    if not (merged := clusters_of(all_merged(), at=at)):
        return 0
    one_of, given = bulk.one_of(list(merged))
    rows = bulk.select(
        "SELECT DISTINCT d.subject_id FROM publication_decision d JOIN ledger_entry e"
        " ON e.subject_id = d.subject_id AND e.record_id = d.record_id"
        f" WHERE d.subject_id {one_of} AND {visible_sql()}",
        given,
        *moments(at),
    )
    shown = [bulk.hexadecimal(subject) for (subject,) in rows]
    return len(shown) - len({merged[subject][0] for subject in shown})
