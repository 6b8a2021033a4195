"""The door of lists: what is written to list somebody, against it, and about criteria."""

from typing import TYPE_CHECKING

from cast import AT
from leaks.corpus import Planted
from tip_offs import qiao_firm

from gongxin.registry.lists.models import CriteriaDraft
from gongxin.registry.subjects.queries import profile

if TYPE_CHECKING:
    from leaks.doors import House


def words_about_a_list(house: "House", share: list[Planted]) -> None:
    """Each text is a reason to list a firm, an objection to it, a comment on criteria, or their text."""
    firm, zhao, lin, sun = qiao_firm(), house.client("zhao"), house.client("lin"), house.client()
    known = profile(firm, at=AT)
    code = known.code if known else ""
    propose = f"/desk/listings/propose/?list=abnormal-operation&code={code}"
    draft = {"list_id": "aeo", "title": "认定标准", "text": "第一条", "days": "30"}
    zhao.post("/desk/criteria/", draft)
    address = f"/lists/drafts/{CriteriaDraft.objects.get().id}/"
    for planted in share:
        reasons = {"ground": "no-annual-report", "reasons": planted.text}
        house.keep("back to sender: a proposal", lin.post(propose, reasons))
        said = {**draft, "text": planted.text}
        house.keep("back to sender: draft criteria", zhao.post("/desk/criteria/", said))
        house.keep("a comment on criteria", sun.post(address, {"text": planted.text}))
        house.keep("the search of a list", sun.get("/lists/abnormal-operation/", {"q": planted.text}))
