"""What a subject whose name is a person's is called in public."""

import pytest

from gongxin.registry.subjects.queries import _public_name


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("个体工商户尤大力", "个体工商户(尤*)"),
        ("无字号个体工商户戚大力", "个体工商户(戚*)"),
        ("经营者华大力", "个体工商户(华*)"),
        ("金大力(2)", "个体工商户(金*)"),
        ("个体工商户（尤大力）", "个体工商户(尤*)"),
        ("无字号", "个体工商户(*)"),
        ("", "个体工商户(*)"),
        ("张三", "个体工商户(张*)"),
        ("欧阳文", "个体工商户(欧阳*)"),
    ],
)
def test_of_an_unnamed_business_the_operators_surname_is_shown(name: str, public: str) -> None:
    assert _public_name("organisation", name, private=True) == public
