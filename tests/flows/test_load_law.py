"""An office's own edition of the catalogue comes into force only once it is approved."""

import pytest
import yaml
from cast import AT, OPERATOR

from gongxin.core.law_files import law_documents
from gongxin.flows.load_law import EDITION_FILE, NotApproved, activate_edition, load_edition

pytestmark = pytest.mark.django_db


def documents(**changed: str) -> dict[str, str]:
    """The packaged catalogue, described as an edition of the province's own."""
    packaged = dict(law_documents("catalogue"))
    described = yaml.safe_load(packaged[EDITION_FILE]) | {
        "id": "henan-2027",
        "approval_number": "豫示例文第一号",
        "approved_by": "示例省人民政府",
        **changed,
    }
    return packaged | {EDITION_FILE: yaml.safe_dump(described, allow_unicode=True)}


@pytest.mark.parametrize("status", ["draft", "expert-review", "public-comment"])
def test_what_is_not_yet_approved_stays_out_of_force_even_under_a_number(status: str) -> None:
    edition = load_edition(documents=documents(status=status, approval_number="1"), actor=OPERATOR, at=AT)

    with pytest.raises(NotApproved):
        activate_edition(number=edition.number, actor=OPERATOR, at=AT)


def test_an_approved_edition_comes_into_force_whatever_its_number_is_made_of() -> None:
    edition = load_edition(documents=documents(status="approved"), actor=OPERATOR, at=AT)

    assert activate_edition(number=edition.number, actor=OPERATOR, at=AT).activated_at == AT
