"""Free text is kept as it is read: nothing in it that nobody sees."""

from gongxin.core.free_text import without_hidden_characters


def test_what_turns_a_line_round_or_shows_nothing_is_left_out() -> None:
    assert without_hidden_characters("已\u202e缴\x00清\u200b\x07") == "已缴清"


def test_lines_tabs_and_pictures_stay() -> None:
    assert without_hidden_characters("一\r\n二\t三 👩‍🔧") == "一\n二\t三 👩‍🔧"
