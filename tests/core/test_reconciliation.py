from dataclasses import dataclass

from gongxin.core.reconciliation import compared


@dataclass(frozen=True)
class Row:
    document_number: str


def test_numbers_are_one_however_their_brackets_and_spaces_are_written() -> None:
    here = [Row("示环罚〔2026〕12号"), Row("示环罚〔2026〕13号"), Row("")]

    found = compared(here, [" 示环罚[2026] 12号", "示环罚（2026）14号", "", "示环罚【2026】14号"])

    assert found.both == [here[0]]
    assert found.only_here == [here[1]]
    assert found.without_number == [here[2]]
    assert found.only_there == ["示环罚【2026】14号"]


def test_every_row_is_counted_once() -> None:
    here = [Row("1号"), Row("1号"), Row("2号")]

    found = compared(here, ["1号"])

    assert (len(found.both), len(found.only_here), len(found.only_there)) == (2, 1, 0)
