from gongxin.core.catalogue import Label
from gongxin.core.lists import statutory_lists
from gongxin.core.measures import BROKEN_COMMITMENT, GRAVE_LATE_PAYMENT, sectors

_OTHERS = {
    BROKEN_COMMITMENT: Label("未履行信用承诺", "a commitment not kept"),
    GRAVE_LATE_PAYMENT: Label("严重拖欠中小企业款项", "grave late payment to small firms"),
}


def trigger_label(trigger: str) -> Label:
    """Return what a measure follows from; what this release no longer knows, by its id."""
    kind, _sep, what = trigger.partition(":")
    if kind == "list" and what in statutory_lists():
        return statutory_lists()[what].label
    if kind == "penalty" and what in sectors():
        label = sectors()[what].label
        return Label(f"行政处罚（{label.zh}）", f"penalties ({label.en})")
    return _OTHERS.get(trigger, Label(trigger, trigger))
