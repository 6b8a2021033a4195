from collections.abc import Callable

import pytest
import yaml
from catalogue_documents import plain_document

from gongxin.core.law_check import check_document, check_law, check_packaged_law, packaged_texts


def test_the_packaged_law_is_sound() -> None:
    assert check_packaged_law() == []


def cut(path: str, old: str, new: str) -> Callable[[dict[str, str]], None]:
    def fault(texts: dict[str, str]) -> None:
        assert old in texts[path]
        texts[path] = texts[path].replace(old, new, 1)

    return fault


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (cut("catalogue/penalty.yaml", "source: S-CFF", "source: S-NOWHERE"), "no source S-NOWHERE"),
        (cut("deadlines.yaml", "source: S-424", "source: S-425"), "no source S-425"),
        (cut("catalogue/penalty.yaml", "  更新周期: ", "  更新: "), "Unknown key"),
        (cut("catalogue/honour.yaml", "zh: 荣誉名称,", "zh: 宗教荣誉,"), "may not be collected (religion)"),
        (cut("catalogue/abnormal-operation.yaml", "exit:\n", "exits:\n"), "Unknown key"),
        (cut("catalogue/edition.yaml", "  - honour\n", ""), "differ about honour"),
        (cut("deadlines.yaml", "  honour: []\n", ""), "no limit to publish honour"),
        (
            cut("disclosure.yaml", "audience: subject, source: S-HN", "audience: public, source: S-HN"),
            "audience of evaluation differs",
        ),
        (
            cut("catalogue/serious-violation.yaml", "S-44, confidence: R}", "S-44, confidence: V}"),
            "not read in full",
        ),
        (cut("catalogue/licence.yaml", "id: licence", "id: [licence"), "not YAML"),
        (cut("lists/abnormal-operation.yaml", "\nexit:\n", "\nexits:\n"), "Unknown key"),
        (cut("lists/abnormal-operation.yaml", "term: {until_removed: true,", "term: {"), "Say how long"),
        (cut("lists/serious-violation.yaml", "    until: 2021-09-01\n", ""), "in force at once"),
        (
            cut("lists/abnormal-operation.yaml", "ground: three-years-abnormal", "ground: three-years"),
            "no ground",
        ),
        (
            cut("lists/serious-violation.yaml", 'S-44, article: "5", confidence: R', "S-44, confidence: V"),
            "read in full",
        ),
        (
            cut("lists/serious-violation.yaml", "[name, unified", "[representative_document, unified"),
            "may be shown",
        ),
        (cut("lists/serious-violation.yaml", "class: serious-violation", "class: licence"), "does not hold"),
        (cut("lists/serious-violation.yaml", "effect: adverse", "effect: honour"), "being adverse"),
        (lambda texts: texts.pop("lists/serious-violation.yaml"), "no list serious-violation"),
        (cut("cases.yaml", "stops: [repair-accept]", "stops: [repair-axcept]"), "no limit repair-axcept"),
        (cut("tip_offs.yaml", "  answered: {rule", "  replied: {rule"), "no limit for answered"),
        (cut("tip_offs.yaml", "label: {zh: 无证无照经营, en:", "label: {zh: 无证无照经营, em:"), "em"),
        (cut("cases.yaml", "  forward: {zh", "  forwards: {zh"), "objection: forward has no words"),
        (cut("schemes/labour.yaml", "sector: labour", "sector: labor"), "no sector labor"),
        (
            cut("schemes/customs.yaml", "in_force_until: 2026-04-01", "in_force_until: 2026-03-31"),
            "do not follow",
        ),
        (cut("sources.yaml", "\nS-ZX:", "\nS-HN:"), "S-HN stands twice"),
        (lambda texts: texts.pop("lists/aeo.yaml"), "list aeo is not as it stands"),
        (cut("lists/wage-arrears.yaml", "effect: adverse", "effect: honour"), "list wage-arrears is not as"),
        (cut("measures/added.yaml", "- {list: procurement-ban, ", "- {list: no-such, "), "no list no-such"),
        (
            cut("measures/added.yaml", "citation: {source: S-ZFCG", "citation: {source: S-49"),
            "not read in full",
        ),
        (lambda texts: texts.pop("calendars/2020.yaml"), "calendar of 2020 is missing"),
        (lambda texts: texts.pop("catalogue/edition.yaml"), "edition document is missing"),
    ],
)
def test_a_planted_fault_is_found(fault: Callable[[dict[str, str]], None], words: str) -> None:
    texts = packaged_texts()
    fault(texts)

    findings = check_law(texts)

    assert words in " ".join(finding.problem.en for finding in findings)


def test_working_days_without_any_calendar_are_found() -> None:
    texts = {name: text for name, text in packaged_texts().items() if not name.startswith("calendars/")}

    assert any("there is no calendar" in finding.problem.en for finding in check_law(texts))


def test_a_document_from_elsewhere_is_checked_the_same_way() -> None:
    document = plain_document()
    assert check_document(name="inspection.yaml", text=yaml.safe_dump(document)) == []

    document["basis"][0]["source"] = "S-NOWHERE"

    assert check_document(name="inspection.yaml", text=yaml.safe_dump(document))
