"""Which further kinds of case a record of one's own can be about, as it stands now."""

from django.utils.translation import get_language

from gongxin.core.cases import Kind, kind_of_case
from gongxin.core.disclosure import Publication
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.site.my.acting import Acting
from gongxin.registry.cases.queries import open_parts_of, was_refused
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView

OF_A_RECORD = (Kind.LIST_REVIEW, Kind.ARCHIVE_DEMAND, Kind.REVIEW, Kind.SUIT)


def kinds_for(acts: Acting, view: RecordView) -> list[Kind]:
    """Return what may further be asked about one's own record; what is asked already is not offered."""
    if view.record == "archived":
        return []
    open_now = {part.kind for part in open_parts_of(acts.subject_ids, view.record_id)}
    return [kind for kind in OF_A_RECORD if kind.value not in open_now and _applies(kind, acts, view)]


def kind_label(kind: Kind) -> str:
    return kind_of_case(kind).label.in_language(get_language() or "zh-hans")


def _applies(kind: Kind, acts: Acting, view: RecordView) -> bool:
    if kind is Kind.ARCHIVE_DEMAND:
        return view.publication == Publication.ENDED.value
    if view.record == "withdrawn" or not view.adverse:
        return False
    if kind is Kind.LIST_REVIEW:
        known = classes_by_id(on=legal_day(acts.at)).get(view.class_id)
        listed = known is not None and bool(known.list_of)
        return listed and was_refused(acts.subject_ids, view.record_id, kind=Kind.OBJECTION.value)
    return True
