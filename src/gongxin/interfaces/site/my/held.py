from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.site.my.acting import Acting
from gongxin.interfaces.site.my.own_words import OwnWords
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView, records_of


@dataclass(frozen=True, slots=True)
class Held:
    """All records of who acts, as they themselves see them."""

    views: Sequence[RecordView]
    words: OwnWords

    def of_class(self, class_id: str) -> list[RecordView]:
        return [view for view in self.views if view.class_id == class_id]


def held_about(acts: Acting) -> Held:
    """Return everything held about who acts, the newest decided first."""
    on = legal_day(acts.at)
    classes: Mapping[str, InformationClass] = classes_by_id(on=on)
    views = records_of(
        acts.subject_id, audience=Audience.SUBJECT, at=acts.at, known=acts.known, classes=classes
    )
    return Held(views, OwnWords(classes, today=on))
