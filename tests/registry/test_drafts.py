"""What is sealed for one row or person opens nowhere else."""

from pathlib import Path
from uuid import uuid4

import pytest
from cast import AT, LIN
from cryptography.exceptions import InvalidTag
from django.conf import settings
from sending import an_agency

from gongxin.flows.drafts import keep_draft
from gongxin.registry.intake.drafts import content_of
from gongxin.registry.intake.models import Draft
from gongxin.registry.sealing import open_text, seal_text

HOME = Path(settings.GONGXIN_HOME)


def test_a_sealed_text_opens_for_whom_it_was_sealed_and_no_other() -> None:
    sealed = seal_text(HOME, "示范甲机械有限公司", bound_to="lin")

    assert open_text(HOME, sealed, bound_to="lin") == "示范甲机械有限公司"
    assert "示范甲".encode() not in sealed
    with pytest.raises(InvalidTag):
        open_text(HOME, sealed, bound_to="wu")


@pytest.mark.parametrize("length", [0, 11, 60, 80, 100])
def test_a_sealed_text_cut_short_does_not_open(length: int) -> None:
    sealed = seal_text(HOME, "示范甲机械有限公司", bound_to="lin")

    with pytest.raises(InvalidTag):
        open_text(HOME, sealed[:length], bound_to="lin")


@pytest.mark.django_db
def test_the_content_of_one_draft_does_not_open_in_the_row_of_another() -> None:
    drafts = [
        keep_draft(
            draft_id=uuid4(), agency=an_agency(), class_id="penalty", values={"CF_WSH": number}, version=0,
            actor=LIN, at=AT,
        )
        for number in ("1", "2")
    ]  # fmt: skip

    Draft.objects.filter(id=drafts[0].id).update(sealed=drafts[1].sealed)

    drafts[0].refresh_from_db()
    assert content_of(drafts[1]) == {"CF_WSH": "2"}
    with pytest.raises(InvalidTag):
        content_of(drafts[0])
