"""What a page tells of a record's end: until when it shows, from when it can be repaired, by whom and how.

All four are told of every adverse record, also of one that is not shown and of one nothing ends early.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.disclosure import Publication
from gongxin.core.penalties import is_never_early
from gongxin.interfaces.pages.wording import day_in_words
from gongxin.registry.ledger.queries import REPAIRED
from gongxin.registry.publication.queries import RecordView

NOT_SHOWN: Mapping[str, Promise] = {
    Publication.PENDING: gettext_lazy(
        "This record (%(kind)s) is not shown yet: that is still to be decided. "
    ),
    Publication.WITHHELD: gettext_lazy("This record (%(kind)s) is not shown to the public. "),
    Publication.SUSPENDED: gettext_lazy("This record (%(kind)s) is not shown at present. "),
    Publication.MASKED: gettext_lazy("This record (%(kind)s) is not shown at present. "),
    Publication.ENDED: gettext_lazy("This record (%(kind)s) is no longer shown. "),
}
ENDS_WITH_REMOVAL = "/removal"  # how the rule of what is shown until removed ends


class EndingWords:
    """The end of records of one kind, in the page's language."""

    def __init__(self, kind: str, language: str) -> None:
        self.kind = kind
        self.language = language

    def ends(self, view: RecordView, *, today: date) -> str:
        """Return until when the record shows and, of an adverse one, from when and by whom it is repaired."""
        return self._shown(view) + self.repairable(view, today=today)

    def repair(self, view: RecordView) -> str:
        """Return how an adverse record is repaired; nothing of one that has ended or is not adverse."""
        if not view.adverse or _is_over(view):
            return ""
        if view.repairable_from is None:
            return _(
                "Once everything the decision demands is done, send proof that it is done and a signed"
                " commitment."
            )
        if is_never_early(view.rule):
            words = _(
                "Do everything the decision demands. The record ends by itself on %(day)s; nothing can, or"
                " need, be applied for before."
            )
        else:
            words = _(
                "Once everything the decision demands is done and from %(day)s on, send proof that it is done"
                " and a signed commitment."
            )
        return words % {"day": self._day(view.repairable_from)}

    def _shown(self, view: RecordView) -> str:
        if view.publication in NOT_SHOWN:
            return str(NOT_SHOWN[view.publication]) % {"kind": self.kind}
        if view.publish_until is None:
            words = _("This record (%(kind)s) has no fixed last day: it is shown while it stands. ")
            return words % {"kind": self.kind}
        if view.adverse and view.rule.endswith(ENDS_WITH_REMOVAL):
            words = _("This record (%(kind)s) is shown until it is removed, at the latest until %(day)s. ")
        else:
            words = _("This record (%(kind)s) is shown until %(day)s. ")
        return words % {"kind": self.kind, "day": day_in_words(view.publish_until, language=self.language)}

    def repairable(self, view: RecordView, *, today: date) -> str:
        """Return from when and by whom an adverse record is repaired; nothing of one that has ended."""
        return "".join(self._repairable(view, today))

    def _repairable(self, view: RecordView, today: date) -> Iterator[str]:
        if not view.adverse or _is_over(view):
            return
        body = view.deciding_body or view.agency_name
        if view.repairable_from is None:
            yield _("Repair may be asked for once it is put right; %(body)s decides. No fee.") % {
                "body": body
            }
            return
        if is_never_early(view.rule):
            words = _("The law lets nothing end it before; %(body)s answers for it. No fee.")
        elif view.repairable_from <= today:
            words = _("Repair may be asked for since %(day)s; %(body)s decides. No fee.")
        else:
            words = _("Repair may be asked for from %(day)s; %(body)s decides. No fee.")
        yield words % {"day": self._day(view.repairable_from), "body": body}

    def _day(self, on: date) -> str:
        return day_in_words(on, language=self.language)


def _is_over(view: RecordView) -> bool:
    return (
        view.publication == Publication.ENDED
        or view.repair == REPAIRED
        or view.record in {"withdrawn", "archived"}
    )
