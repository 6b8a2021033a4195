from gongxin.core.identifiers import resident
from gongxin.core.regions import is_within, region, regions


def test_every_province_has_a_name_in_both_languages() -> None:
    provinces = [one for one in regions().values() if one.level == "province"]

    assert len(provinces) == 34
    assert {one.code[:2] for one in provinces} == resident.PROVINCES - {"83"}
    assert all(one.label.zh and one.label.en.isascii() for one in provinces)


def test_henan_is_known_to_its_counties() -> None:
    henan = [one for one in regions().values() if one.code.startswith("41")]

    assert (
        sum(one.level == "prefecture" for one in henan) == 18
    )  # 17 cities and the counties directly governed
    assert regions()["410308"].label.zh == "孟津区"  # a county until 2021
    assert sum(one.level == "county" for one in henan) == 157  # 济源 among them


def test_every_region_lies_in_one_that_is_known() -> None:
    assert all(one.parent in regions() for one in regions().values() if one.parent)
    assert all(is_within(one.code, one.parent) for one in regions().values() if one.parent)


def test_jiyuan_answers_to_the_province() -> None:
    jiyuan = region("419001")

    assert jiyuan is not None
    assert jiyuan.parent == "410000"


def test_nothing_fictional_is_in_the_law() -> None:
    assert region("990101") is None


def test_a_region_lies_in_its_province_and_not_in_another() -> None:
    assert is_within("410105", "410100")
    assert is_within("410105", "410000")
    assert is_within("410105", "410105")
    assert not is_within("410105", "410200")
    assert not is_within("410100", "410105")
