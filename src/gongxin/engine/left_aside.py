"""Sheets of which nothing is read, and the refusal of a file in which none fits: always said, with why."""

from collections.abc import Mapping, Sequence

from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.own_marks import TemplateMark, template_mark
from gongxin.engine.outcome import LeftAside
from gongxin.engine.readers.table import FileRefused

MOST_SHEETS = 500  # each is kept in a file of its own until the whole is read
_NO_HEADER = Label(
    "没有可识别的表头，或是隐藏的工作表。", "It has no header that is known, or it is a hidden sheet."
)


def left_aside(refused: Mapping[str, FileRefused], skipped: Sequence[str]) -> tuple[LeftAside, ...]:
    """Return the sheets left aside, in the order of the file as far as it is known."""
    misfits = (LeftAside(sheet, one.code, one.message) for sheet, one in refused.items())
    return (*misfits, *(LeftAside(sheet, "no-header", _NO_HEADER) for sheet in skipped))


def not_the_mapped_sheet() -> FileRefused:
    return FileRefused(
        code="no-such-sheet",
        message=Label("不是对照表所说的工作表。", "It is not the sheet the mapping names."),
    )


def too_many_sheets() -> FileRefused:
    return FileRefused(
        code="too-many-sheets",
        message=Label(
            f"工作簿中有数据的工作表超过 {MOST_SHEETS} 张。请合并到较少的工作表，或分成几个文件报送。",
            f"More than {MOST_SHEETS} sheets of the workbook hold rows. "
            "Put them together on fewer sheets, or send several files.",
        ),
    )


def no_table_fits(
    refused: Sequence[FileRefused], template: TemplateMark | None, information_class: InformationClass
) -> FileRefused:
    """Return why a file is refused none of whose tables fits the class; an old template is named as such."""
    first = next((one for one in refused if one.code != "no-such-sheet"), None)
    if first is None:
        return FileRefused(
            code="no-such-sheet",
            message=Label("文件中没有对照表所说的工作表。", "The file has no sheet of the mapping's name."),
        )
    now = template_mark(information_class)
    if first.code != "missing-column" or template is None or template == now:
        return first
    return FileRefused(
        code="old-template",
        message=Label(
            f"文件是用旧版模板（{template.edition}）填写的，现行模板为 {now.edition}。{first.message.zh}"
            "最省事的办法：下载现行模板，把数据粘贴过去。",
            f"The file was filled in on an old template ({template.edition}); today's is {now.edition}. "
            f"{first.message.en} The least work: take today's template and paste the rows into it.",
        ),
    )
