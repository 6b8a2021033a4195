"""Our own compiler of translations gives what gettext reads, so that no machine needs gettext installed."""

import gettext
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongxin.project.translations import compile_catalogue, compile_folder, read_catalogue

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

#: pages/home.html:3
msgid "Search"
msgstr "查询"

msgctxt "state of a record"
msgid "open"
msgstr "处理中"

msgid "%(count)s row"
msgid_plural "%(count)s rows"
msgstr[0] "%(count)s 行"

msgid ""
"A long one, "
"in \\"two\\" lines\\n"
msgstr ""
"长的，"
"两行\\n"

#, fuzzy
msgid "Guess"
msgstr "猜测"

msgid "Untranslated"
msgstr ""

#~ msgid "Gone"
#~ msgstr "没有了"
"""


def compiled(text: str) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(compile_catalogue(read_catalogue(text))))


def test_every_kind_of_message_is_found_again() -> None:
    words = compiled(CATALOGUE)

    assert words.gettext("Search") == "查询"
    assert words.pgettext("state of a record", "open") == "处理中"
    assert words.ngettext("%(count)s row", "%(count)s rows", 3) == "%(count)s 行"
    assert words.gettext('A long one, in "two" lines\n') == "长的，两行\n"


def test_what_is_fuzzy_untranslated_or_gone_stays_as_it_was() -> None:
    words = compiled(CATALOGUE)

    assert [words.gettext(word) for word in ("Guess", "Untranslated", "Gone")] == [
        "Guess",
        "Untranslated",
        "Gone",
    ]


def test_what_is_missing_is_told_with_its_line() -> None:
    missing = [message for message in read_catalogue(CATALOGUE) if not message.is_translated]

    assert [(message.id, message.line) for message in missing] == [("Guess", 26), ("Untranslated", 30)]


# The two characters that part the pieces of a .mo file are in no catalogue.
TEXTS = st.text(st.characters(exclude_characters="\0\x04", exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(TEXTS, TEXTS, max_size=20))
def test_any_words_come_back_as_they_went_in(words: dict[str, str]) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    body = "\n\n".join(f"msgid {_quoted(key)}\nmsgstr {_quoted(value)}" for key, value in words.items())

    found = compiled(head + body)

    assert {key: found.gettext(key) for key in words} == words


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def test_only_what_has_changed_is_compiled_again(tmp_path: Path) -> None:
    po = tmp_path / "zh_Hans/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text(CATALOGUE, "utf-8")

    assert compile_folder(tmp_path) == [po.with_suffix(".mo")]
    assert compile_folder(tmp_path) == []
