"""An officer loads an edition of the catalogue at the desk, sees what it changes, and activates it."""

import io
import re
import zipfile
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from cast import AT, OPERATOR
from desk_cast import Cast
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from own_edition import own_edition, shorter_offices

from gongxin.core.policy import POLICY, Role
from gongxin.flows.load_law import load_edition
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.catalogue.models import Edition

GROUND = "依豫示例〔2026〕1号启用，文本已核对"
CHANGED = own_edition(classes={"tax-a-level": shorter_offices()}, drop=("honour",))


def upload(client: Client, documents: dict[str, str]) -> HttpResponse:
    files = [SimpleUploadedFile(name, text.encode()) for name, text in documents.items()]
    return client.post("/desk/editions/", {"file": files})


def text_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def documents_in(page: HttpResponse) -> str:
    found = re.search(r'name="documents" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def own() -> Edition:
    return Edition.objects.get(number__startswith="henan")


def test_what_an_edition_changes_is_shown_before_anything_is_kept(zhao: Client) -> None:
    page = upload(zhao, CHANGED)

    shown = text_of(page)
    assert page.status_code == 200
    assert "示例省人民政府 豫示例〔2026〕1号" in shown
    assert "删除 · 诚实守信相关荣誉" in shown
    assert "修改 · 甲级纳税人" in shown
    assert "修改 · 项目 <code>tax_office</code> 税务机关" in shown
    assert "<code>tax_office.length</code>" in shown
    assert "最大长度: <del>200</del> → <ins>3</ins>" in shown
    assert "名称: <del>纳税信用A级纳税人</del> → <ins>甲级纳税人</ins>" in shown
    assert "与施行前一日（2026年11月30日）的版次 packaged-2026+" in shown
    assert "变更清单没有列出" in shown
    assert Edition.objects.count() == 1
    assert not list((Path(settings.GONGXIN_HOME) / "spool").glob("*"))


def test_it_is_loaded_looked_at_and_activated_with_its_ground(zhao: Client, cast: Cast) -> None:
    documents = documents_in(upload(zhao, CHANGED))

    kept = zhao.post("/desk/editions/keep/", {"documents": documents})

    page = f"/desk/editions/{own().id}/"
    assert kept["Location"] == page
    assert own().loaded_by == f"user:{cast.zhao.pk}"
    assert "已装载，未启用" in text_of(zhao.get(page))

    assert zhao.post(page, {"ground": ""}).status_code == 422
    assert own().activated_at is None

    after = text_of(zhao.post(page, {"ground": GROUND}, follow=True))
    assert "已启用，待施行" in after
    assert "启用这一版次" not in after
    event = AuditEvent.objects.get(action="edition.activated", object_id=own().id.hex)
    assert (event.actor, event.detail["ground"]) == (str(cast.zhao.pk), GROUND)
    listed = text_of(zhao.get("/desk/editions/"))
    assert own().number in listed
    assert "随软件提供，未经批准" in listed


def test_zhao_takes_an_activation_back_before_its_day(
    zhao: Client, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = load_edition(documents=own_edition(), actor=OPERATOR, at=AT)
    page, withdraw = f"/desk/editions/{edition.id}/", {"ground": "日期有误，已核对", "withdraw": "1"}
    assert "撤回启用" not in text_of(zhao.get(page))
    zhao.post(page, {"ground": GROUND})
    assert "撤回启用" in text_of(zhao.get(page))
    assert "撤回启用" not in text_of(auditor.get(page))
    assert auditor.post(page, withdraw).status_code == 403

    after = text_of(zhao.post(page, withdraw, follow=True))

    assert "施行前已撤回" in after
    assert "账号 zhao（信用中心经办人） · 日期有误，已核对" in after
    monkeypatch.setenv("GONGXIN_NOW", (AT + timedelta(days=9)).isoformat())
    assert "施行前已撤回" in text_of(zhao.get("/desk/editions/"))


def test_one_archive_is_read_as_its_files(zhao: Client) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in CHANGED.items():
            archive.writestr(f"目录/{name}", text)

    page = zhao.post("/desk/editions/", {"file": SimpleUploadedFile("目录.zip", out.getvalue())})

    assert "修改 · 甲级纳税人" in text_of(page)


def test_the_faults_of_every_file_are_told_on_one_page_and_nothing_is_kept(zhao: Client) -> None:
    faulty = own_edition(classes={"honour": "id: [", "penalty": "- x"}, status="packaged")

    answer = upload(zhao, faulty)

    shown = text_of(answer)
    assert answer.status_code == 422
    assert "有 3 处须改正" in shown
    assert all(name in shown for name in ("honour.yaml", "penalty.yaml", "edition.status"))
    assert Edition.objects.count() == 1


def test_what_is_no_text_or_no_file_at_all_is_refused(zhao: Client) -> None:
    latin = zhao.post("/desk/editions/", {"file": SimpleUploadedFile("a.yaml", "荣誉".encode("gb18030"))})
    word = zhao.post("/desk/editions/", {"file": SimpleUploadedFile("目录.docx", b"PK")})
    none = zhao.post("/desk/editions/", {})

    assert "UTF-8" in text_of(latin)
    assert "不是 YAML 文件" in text_of(word)
    assert [one.status_code for one in (latin, word, none)] == [422, 422, 422]


def test_only_what_was_shown_is_kept(zhao: Client) -> None:
    documents = documents_in(upload(zhao, CHANGED))

    answer = zhao.post("/desk/editions/keep/", {"documents": f"x{documents}"}, follow=True)

    assert "请重新选择文件" in text_of(answer)
    assert Edition.objects.count() == 1


def test_an_edition_that_would_reach_back_is_refused_before_it_is_kept(zhao: Client) -> None:
    answer = upload(zhao, own_edition(in_force_from=AT.date()))

    assert (answer.status_code, "不晚于今天" in text_of(answer)) == (422, True)
    assert Edition.objects.count() == 1


def test_no_activation_is_offered_once_the_day_has_come(
    zhao: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = load_edition(documents=own_edition(), actor=OPERATOR, at=AT)
    page = f"/desk/editions/{edition.id}/"
    assert "启用这一版次" in text_of(zhao.get(page))

    monkeypatch.setenv("GONGXIN_NOW", (AT + timedelta(days=8)).isoformat())

    assert "未启用，施行日期已过" in text_of(zhao.get(page))
    assert "启用这一版次" not in text_of(zhao.get(page))


def test_an_unapproved_edition_offers_no_button(zhao: Client) -> None:
    edition = load_edition(documents=own_edition(status="draft"), actor=OPERATOR, at=AT)
    page = f"/desk/editions/{edition.id}/"

    assert "启用这一版次" not in text_of(zhao.get(page))
    assert "尚未批准" in text_of(zhao.post(page, {"ground": GROUND}))


@pytest.mark.parametrize("action", ["edition.load", "edition.activate"])
def test_only_an_officer_may(action: str) -> None:
    assert set(POLICY[action]) == {Role.OFFICER}


def test_a_clerk_sees_no_editions_and_an_auditor_changes_none(lin: Client, auditor: Client) -> None:
    edition = load_edition(documents=CHANGED, actor=OPERATOR, at=AT)
    page = f"/desk/editions/{edition.id}/"

    assert [lin.get(one).status_code for one in ("/desk/editions/", page)] == [403, 403]
    assert [auditor.get(one).status_code for one in ("/desk/editions/", page)] == [200, 200]
    assert "启用这一版次" not in text_of(auditor.get(page))
    assert "装载新版次" not in text_of(auditor.get("/desk/editions/"))
    for refused in (
        auditor.post(page, {"ground": GROUND}),
        auditor.post("/desk/editions/", {}),
        auditor.post("/desk/editions/keep/", {"documents": "x"}),
        lin.post(page, {"ground": GROUND}),
    ):
        assert refused.status_code == 403
    assert own().activated_at is None
