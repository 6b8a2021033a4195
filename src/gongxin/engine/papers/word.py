"""A letter as a Word document, for offices that set their own head and seal."""

from io import BytesIO
from typing import Any

from gongxin.core.letters import Paper

FACE = "仿宋"
BODY, TITLE, SMALL = 16, 22, 9  # points: 三号, 二号, and what fits a table


def docx_of(paper: Paper) -> bytes:
    """Return the letter as .docx; every word of it is text, none a field."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    document: Any = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    document.core_properties.title, document.core_properties.author = paper.title, paper.institution
    _line(document, paper.institution, size=TITLE, bold=True, align=ALIGN.CENTER)
    _line(document, paper.number, align=ALIGN.CENTER)
    _line(document, paper.title, size=TITLE, bold=True, align=ALIGN.CENTER)
    _line(document, paper.addressed)
    for words in (*paper.paragraphs, paper.closing):
        _line(document, words, indent=True)
    for words in (paper.institution, paper.day):
        _line(document, words, align=ALIGN.RIGHT)
    document.add_page_break()
    _line(document, paper.table, bold=True, align=ALIGN.CENTER)
    _table(document, paper)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _line(
    document: Any,
    words: str,
    *,
    size: int = BODY,
    bold: bool = False,
    align: Any = None,
    indent: bool = False,
) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _run(paragraph, words, size=size, bold=bold)


def _table(document: Any, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=len(paper.header), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, paper.header, strict=True):
        _run(cell.paragraphs[0], words, size=SMALL, bold=True)
    _repeats(table.rows[0])
    for row in paper.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], words, size=SMALL)


def _repeats(row: Any) -> None:
    """Let the head of the table stand on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _run(paragraph: Any, words: str, *, size: int, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FACE
    run._element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
