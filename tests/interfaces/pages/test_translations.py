"""No word of a page is without its translation, and no template speaks Chinese past gettext."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongxin.project.translations import read_catalogue

SOURCE = Path(__file__).parents[3] / "src/gongxin"
CATALOGUE = SOURCE / "project/locale/zh_Hans/LC_MESSAGES/django.po"
TEMPLATES = sorted(SOURCE.glob("interfaces/*/templates/**/*.html"))
TRANSLATED = re.compile(
    r"{%\s*(?:translate|trans)\s.*?%}|{%\s*blocktrans.*?%}.*?{%\s*endblocktrans\w*\s*%}|{#.*?#}", re.DOTALL
)
VALUE = r"%\(\w+\)[sd]"
HAN = re.compile(r"[\u4e00-\u9fff]+")


def untranslated(catalogue: str) -> Iterator[str]:
    """Yield the words of a catalogue that have no translation, or one that lost a value."""
    for message in read_catalogue(catalogue):
        if not message.id:
            continue
        values = set(re.findall(VALUE, message.id))
        lost = any(set(re.findall(VALUE, text)) != values for text in message.texts.values())
        if lost or not message.is_translated:
            yield message.id


def bare_chinese(template: str) -> list[str]:
    return HAN.findall(TRANSLATED.sub("", template))


def test_every_word_has_its_translation():
    assert list(untranslated(CATALOGUE.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_speaks_chinese_past_gettext(template):
    assert bare_chinese(template.read_text(encoding="utf-8")) == []


def test_the_guard_sees_a_word_without_translation_and_one_that_lost_a_value():
    planted = (
        'msgid "Nobody"\nmsgstr ""\n\nmsgid "%(day)s at noon"\nmsgstr "中午"\n\nmsgid "Home"\nmsgstr "首页"\n'
    )

    assert list(untranslated(planted)) == ["Nobody", "%(day)s at noon"]


def test_the_guard_sees_planted_chinese():
    assert bare_chinese('<p>{% translate "示范" %}</p><b>首页</b>{# 说明 #}') == ["首页"]
