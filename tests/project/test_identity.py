"""Whose platform it is comes from the environment; what cannot be shown is refused at the start."""

from pathlib import Path

import pytest

from gongxin.project.colours import contrast, is_readable, palette_of
from gongxin.project.emblem import PNG, EmblemRefused, read_emblem
from gongxin.project.environment import SettingRefused
from gongxin.project.identity import read_identity

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    file = tmp_path / "emblem.svg"
    file.write_text(DRAWING)
    return file


def test_without_settings_it_is_the_model_province(monkeypatch):
    monkeypatch.delenv("GONGXIN_PROVINCE", raising=False)

    known = read_identity()

    assert (known.province.zh, known.province.en) == ("公信示范省", "Gongxin Model Province")
    assert (known.emblem, known.palette, known.icp) == (None, None, "")


def test_an_institution_gives_its_name_and_numbers(monkeypatch):
    monkeypatch.setenv("GONGXIN_PROVINCE", "示例省")
    monkeypatch.setenv("GONGXIN_SITE_NAME", "信用示例")
    monkeypatch.setenv("GONGXIN_SITE_NAME_EN", "Credit Shili")
    monkeypatch.setenv("GONGXIN_POLICE_RECORD", "示公网安备 99010002000001号")

    known = read_identity()

    assert known.province.en == "示例省"  # no English of its own was given
    assert (known.site_name.zh, known.site_name.en) == ("信用示例", "Credit Shili")
    assert known.police_number == "99010002000001"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGXIN_BRAND_COLOUR", "navy"),
        ("GONGXIN_BRAND_COLOUR", "#ffd700"),
        ("GONGXIN_BRAND_COLOUR", "#888888"),
        ("GONGXIN_EMBLEM", "/no/such/file.svg"),
        ("GONGXIN_TELEPHONE", "13800138000"),
        ("GONGXIN_FOOTER", "字" * 201),
        ("GONGXIN_FOOTER", "one\ntwo"),
        ("GONGXIN_INSTITUTION_CODE", "11990100MB0000001"),
        ("GONGXIN_PRIVACY_URL", "javascript:alert(1)"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_both_languages(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingRefused) as refused:
        read_identity()

    assert name in refused.value.message.zh
    assert name in refused.value.message.en


def test_a_dark_colour_brings_its_pale_and_its_deep_one(monkeypatch):
    monkeypatch.setenv("GONGXIN_BRAND_COLOUR", "#8C1D18")

    palette = read_identity().palette

    assert palette.brand == "#8c1d18"
    assert contrast(palette.brand, palette.pale) >= 4.5
    assert contrast(palette.deep, "#ffffff") > contrast(palette.brand, "#ffffff")


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert not is_readable(palette_of("#767676"))  # on its own pale ground it falls short


def test_an_emblem_is_read_with_its_kind(drawing, tmp_path):
    png = tmp_path / "emblem.png"
    png.write_bytes(PNG + b"\0\0\0\rIHDR" + (64).to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0")

    assert read_emblem(drawing).content_type == "image/svg+xml"
    assert read_emblem(png).content_type == "image/png"


@pytest.mark.parametrize(
    "planted",
    [
        DRAWING.replace("<path", "<script>alert(1)</script><path"),
        DRAWING.replace("<path", '<path onload="alert(1)"'),
        DRAWING.replace("<path", '<use href="https://example.org/x.svg#a"/><path'),
        DRAWING.replace("<path", "<style>@import 'x.css'</style><path"),
        DRAWING.replace("<path", '<path style="fill:url(https://example.org/x)"'),
        DRAWING.replace("<path", "<foreignObject/><path"),
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + DRAWING,
        "<html></html>",
        "GIF89a",
        "",
        DRAWING.replace("<path", f"<desc>{'x' * 70_000}</desc><path"),
    ],
)
def test_a_picture_that_could_do_harm_is_no_emblem(tmp_path, planted):
    file = tmp_path / "emblem.svg"
    file.write_text(planted)

    with pytest.raises(EmblemRefused):
        read_emblem(file)


def test_a_png_of_no_size_is_no_emblem(tmp_path):
    file = tmp_path / "emblem.png"
    file.write_bytes(PNG + b"\0" * 30)

    with pytest.raises(EmblemRefused):
        read_emblem(file)


def test_a_drawing_may_refer_to_its_own_parts(tmp_path):
    file = tmp_path / "emblem.svg"
    file.write_text(DRAWING.replace("<path", '<use href="#a"/><path id="a" fill="url(#b)"'))

    assert read_emblem(file).content
