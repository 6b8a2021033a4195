from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongxin.core.commitments import templates
from gongxin.flows.late_payment import Mistake

FULFILMENTS: Mapping[str, Promise] = {
    "": _("Nothing found yet"),
    "kept": _("Kept"),
    "partly": _("Kept in part"),
    "broken": _("Broken"),
}
PAYMENT_MISTAKES: Mapping[Mistake, tuple[str, Any]] = {
    Mistake.CONTRACT: ("contract_number", _("Give the number of the contract.")),
    Mistake.AMOUNT: ("amount_yuan", _("Give the amount in yuan.")),
    Mistake.DELIVERED: ("delivered_on", _("Give the day of delivery, from 1 June 2025 to today.")),
    Mistake.AGREED: ("agreed_days", _("At most sixty days may be agreed, whatever the contract says.")),
    Mistake.EVIDENCE: ("evidence", _("Name the paper that proves the delivery.")),
    Mistake.PERSONAL_NUMBER: ("evidence", _("Leave out numbers and home addresses of persons.")),
    Mistake.NOT_SMALL: ("is_small", _("This is for what public bodies owe small and medium firms.")),
}


def template_name(template_id: str) -> str:
    """Return what a template is called; one the law no longer has stays as it was kept."""
    found = templates().get(template_id)
    return found.label.in_language(get_language() or "") if found else template_id
