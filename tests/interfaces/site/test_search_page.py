import pytest
from cast import QIAO, QIAO_NAME
from sending import csv_of, penalty, sent

from gongxin.interfaces.site.matches import Piece, marked

pytestmark = pytest.mark.django_db


def test_two_characters_find_the_firm_and_are_marked(sun, fined):
    page = sun.get("/search/", {"q": "乔木"}).text

    assert f'href="/subjects/{fined.subject_id}/"' in page
    assert "示范<mark>乔木</mark>机械有限公司" in page
    assert QIAO in page


def test_a_row_of_results_says_nothing_of_penalties(sun, fined):
    page = sun.get("/search/", {"q": "乔木"}).text
    rows = page[page.index('<ol class="rows"') : page.index("</ol>")]

    assert not {"处罚", "罚款", "不利"} & {rows[at : at + 2] for at in range(len(rows))}


def test_a_whole_code_goes_straight_to_its_subject(sun, fined):
    response = sun.get("/search/", {"q": QIAO.lower()})

    assert response.url == f"/subjects/{fined.subject_id}/"


def test_the_code_of_a_firm_with_nothing_public_answers_like_one_nobody_bears(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))

    known = sun.get("/search/", {"q": QIAO})
    unknown = sun.get("/search/", {"q": "91990100MA0000008X"})

    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(QIAO, "") == unknown.text.replace("91990100MA0000008X", "")


def test_one_character_is_explained(sun):
    assert "只有一个字" in sun.get("/search/", {"q": "乔"}).text


def test_an_empty_question_is_explained(sun):
    assert "请输入名称中的至少两个字" in sun.get("/search/", {"q": "  "}).text


def test_nothing_found_is_not_a_certificate(sun):
    assert "没有查到不等于证明" in sun.get("/search/", {"q": "查无此名"}).text


@pytest.mark.parametrize("number", ["11010119900307001X", "138 0013 8000"])
def test_a_persons_number_is_neither_looked_for_nor_repeated(sun, number):
    page = sun.get("/search/", {"q": number}).text

    assert "没有留存" in page
    assert number not in page


def test_what_was_asked_is_escaped(sun):
    page = sun.get("/search/", {"q": "<script>乔木"}).text

    assert "<script>乔木" not in page
    assert "&lt;script&gt;乔木" in page


@pytest.mark.parametrize("page", ["0", "-3", "x", "999999999999999999999", "٣"])
def test_a_page_number_that_is_none_shows_a_page(sun, fined, page):
    assert sun.get("/search/", {"q": "乔木", "page": page}).status_code == 200


def test_results_are_not_for_search_engines(sun):
    response = sun.get("/search/", {"q": "乔木"})

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_a_match_is_marked_whole_by_words_or_by_pairs():
    assert marked("示范乔木公司", "乔木") == (Piece("示范", False), Piece("乔木", True), Piece("公司", False))
    assert marked("示范乔木公司", "公司 示范") == (
        Piece("示范", True),
        Piece("乔木", False),
        Piece("公司", True),
    )
    assert marked(QIAO_NAME, "乔木器械")[1] == Piece("乔木", True)
    assert marked("甲(乙)丙", "（乙）") == (Piece("甲", False), Piece("(乙)", True), Piece("丙", False))
    assert marked("甲乙", "丙丁") == (Piece("甲乙", False),)


def test_marks_and_brackets_alone_are_explained(sun):
    for asked in ("（）。，", "()()", "、、、"):
        response = sun.get("/search/", {"q": asked})

        assert response.status_code == 200
        assert "空格、括号和标点不参与查询" in response.text


def test_one_character_among_marks_is_one_character(sun):
    assert "只有一个字" in sun.get("/search/", {"q": "（乔）"}).text


def test_five_hundred_characters_are_cut_and_told(sun, fined):
    page = sun.get("/search/", {"q": "乔木" * 250}).text

    assert "只按前60个字查询" in page
    assert page.count("乔木") < 250


def test_a_persons_number_after_the_cut_is_a_persons_number_still(sun):
    page = sun.get("/search/", {"q": "示" * 70 + " 11010119900307001X"}).text

    assert "没有留存" in page


@pytest.mark.parametrize(
    "asked", ["🍜🍜", "示范🍜", "\U0010ffff\U0010ffff", "乔\U0010ffff", "\ud7ff\ud7ff", "乔\x00木", "％__％"]
)
def test_signs_no_name_bears_find_nothing_and_break_nothing(sun, fined, asked):
    response = sun.get("/search/", {"q": asked})

    assert response.status_code == 200
    assert "\x00" not in response.text


def test_names_that_begin_with_the_last_sign_there_is_are_still_found(fined):
    from gongxin.registry.publication.search import _after_all_that_begin_with

    for wanted in ("乔木", "乔\ud7ff", "乔\U0010ffff"):
        after = _after_all_that_begin_with(wanted)
        assert wanted < after
        assert wanted + "机械" < after
        after.encode()
