"""A file of codes asked about at once gives each the answer one check gives, and nobody unknown `allow`."""

import csv
import json
from pathlib import Path

import pytest
from cast import AT, OPERATOR, QIAO, ZHAO, firm_code
from checking import MATTER, asked, fed
from listing_rows import abnormal, listed, qiao
from sending import csv_of, penalty, sent

from gongxin.core import jws
from gongxin.core.looks import Looker
from gongxin.flows.screen_subjects import Line, SceneNotServed, screen
from gongxin.flows.signing_keys import ensure_key
from gongxin.interfaces.commands.main import main
from gongxin.registry.audit.models import Look

pytestmark = pytest.mark.django_db
SUN = firm_code(2)
PERSON = "11010519491231002X"


@pytest.fixture(autouse=True)
def _key() -> None:
    ensure_key(actor=OPERATOR, at=AT)


def screened(*codes: str) -> dict[str, Line]:
    found = screen(list(codes), matter_id=MATTER, purpose="资金复核", looker=Looker(ZHAO), at=AT)
    return {line.code: line for line in found.lines}


def a_province() -> None:
    listed(abnormal())
    sent(csv_of(penalty(CF_XDR_SHXYM=SUN, CF_XDR_MC="示范向阳农机有限公司")))
    fed()


def test_a_file_says_of_each_code_what_one_check_says() -> None:
    a_province()

    found = screened(QIAO, SUN, firm_code(3), QIAO[:-1], PERSON, "")

    for code in (QIAO, SUN):
        told = asked(code).told
        assert found[code].said.verdict == told["verdict"]
        assert set(found[code].said.measures) == {one["id"] for one in told["measures"]}
    said = {code: (line.said.verdict.value, line.said.why) for code, line in found.items()}
    assert {code: why for code, why in said.items() if why[1]} == {
        firm_code(3): ("cannot-tell", "unknown-subject"),
        QIAO[:-1]: ("cannot-tell", "code-fails-its-check"),
        "*" * 18: ("not-held-here", "a-person"),
        "": ("cannot-tell", "no-code"),
    }


def test_a_listing_that_waits_for_its_name_leaves_a_file_unable_to_tell_as_well() -> None:
    a_province()
    listed(
        abnormal(
            统一社会信用代码=SUN, 企业名称="示范毫不相干远洋航运公司", 列入决定文号="示例异列〔2026〕4号"
        )
    )

    assert screened(SUN)[SUN].said[:2] == ("cannot-tell", "undecided")


def test_each_organisation_sees_that_it_was_asked_about_once() -> None:
    a_province()

    screened(QIAO, SUN, QIAO, PERSON)

    looks = Look.objects.filter(purpose="资金复核")
    assert looks.count() == 2
    assert looks.filter(subject_id=qiao()).count() == 1
    assert PERSON not in "".join(str(one.__dict__) for one in looks)


def test_a_scene_about_persons_is_not_screened() -> None:
    with pytest.raises(SceneNotServed):
        screen([QIAO], matter_id="housing-allocation", purpose="x", looker=Looker(ZHAO), at=AT)


@pytest.mark.parametrize("header", [True, False])
def test_the_command_writes_a_line_a_code_and_a_signed_statement(
    header: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_province()
    file, out = tmp_path / "codes.csv", tmp_path / "out.csv"
    lines = ["统一社会信用代码,名称", f"{QIAO},乔木", f"{SUN},向阳"] if header else [QIAO, SUN]
    file.write_text("\n".join(lines), encoding="utf-8")

    assert main(["screen", str(file), "--matter", MATTER, "-o", str(out), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    rows = out.read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[:2] for row in rows[1:]] == [[QIAO, "restrict"], [SUN, "allow"]]
    assert told["verdicts"] == {"restrict": 1, "allow": 1}
    assert jws.payload_of(told["signature"])["sha256"] == told["sha256"]


def test_the_file_says_in_words_what_a_check_says_and_on_which_matter_as_of_when(tmp_path: Path) -> None:
    a_province()
    file, out = tmp_path / "codes.csv", tmp_path / "out.csv"
    file.write_text("\n".join(["统一社会信用代码", QIAO, firm_code(3)]), encoding="utf-8")

    assert main(["screen", str(file), "--matter", MATTER, "-o", str(out)]) == 0

    with out.open(encoding="utf-8-sig", newline="") as text:
        found, unknown = csv.DictReader(text)
    assert found["说明 label"] == asked(QIAO).told["label"]["zh"]
    assert unknown["说明 label"] == "无法判断，不等于未发现"
    assert unknown["原因 why"] == "unknown-subject"
    assert unknown["原因说明 why in words"].startswith("本平台没有这一代码的主体")
    assert (found["事项 matter"], found["截至 moment"]) == ("政策扶持", "2026-11-23T10:00:00+08:00")
