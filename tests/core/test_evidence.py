"""A paper is what its bytes are, whatever it is called; if it is not taken it says why, and what would be."""

import time

import papers
import pytest

from gongxin.core.evidence import Fault, Paper, RefusedFile, fault_of_all, judged, safe_name, words_of

PROGRAM = b"MZ\x90\x00" + bytes(200)
SHOWN = {
    "plain.pdf": papers.PLAIN_PDF.read_bytes(),
    "packed.pdf": papers.pdf(b"<< /Type /Catalog >>", papers.packed(b"1 0 << /Type /Page >>")),
    "picture.png": papers.png(),
    "picture.jpg": papers.jpeg(),
    "paper.ofd": papers.ofd(),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_four_kinds_are_taken(name: str) -> None:
    assert isinstance(judged(SHOWN[name], name=name), Paper)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b" \n", Fault.EMPTY),
        (PROGRAM, Fault.PROGRAM),
        (b"\x7fELF\x02\x01" + bytes(60), Fault.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", Fault.PROGRAM),
        (b"\xef\xbb\xbf  <!DOCTYPE html><script>", Fault.MARKUP),
        ('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'.encode("utf-16"), Fault.MARKUP),
        (b"Dear office, ...", Fault.UNKNOWN_TYPE),
        (papers.ENCRYPTED_PDF.read_bytes(), Fault.ENCRYPTED),
        (papers.pdf(b"<< >>", trailer=b"<< /Root 1 0 R /E#6ecrypt 2 0 R >>"), Fault.ENCRYPTED),
        (papers.pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"), Fault.ACTIVE),
        (papers.pdf(b"<< /A << /S /L#61unch /F (cmd.exe) >> >>"), Fault.ACTIVE),
        (papers.pdf(b"<< /Names << /EmbeddedFiles 2 0 R >> >>"), Fault.ACTIVE),
        (papers.pdf(b"<< >>", papers.packed(b"1 0 << /S /JavaScript >>")), Fault.ACTIVE),
        (papers.pdf(b"<< >>", papers.packed(b"1 0 << /S /Launch >>", named=b"/Obj#53tm")), Fault.ACTIVE),
        (
            papers.pdf(
                b"<< >>",
                papers.packed(b"1 0 << /S /JavaScript >>").replace(b"/Filter", b" " * 9000 + b"/Filter"),
            ),
            Fault.ACTIVE,
        ),
        (papers.pdf(b"<< /AcroForm << /XFA 3 0 R >> >>"), Fault.ACTIVE),
        (papers.pdf(b"<< >>", papers.packed(bytes(300 << 20))), Fault.UNSAFE_PACKAGE),
        (papers.PLAIN_PDF.read_bytes()[:5000], Fault.DAMAGED),
        (papers.png(behind=PROGRAM), Fault.DAMAGED),
        (papers.png()[:-12], Fault.DAMAGED),
        (papers.jpeg()[:-2], Fault.DAMAGED),
        (papers.ofd(("../../etc/cron.d/x", b"x")), Fault.UNSAFE_PACKAGE),
        (papers.ofd(("a.exe", PROGRAM)), Fault.CARRIES_PROGRAM),
        (papers.ofd(("zeros", bytes(300 << 20))), Fault.UNSAFE_PACKAGE),
        (papers.ofd().replace(b"OFD.xml", b"DFO.xml"), Fault.UNKNOWN_TYPE),
        (papers.ofd()[:-30], Fault.DAMAGED),
    ],
)
def test_what_is_not_taken_says_why(content: bytes, fault: Fault) -> None:
    assert judged(content, name="evidence.pdf") == RefusedFile("evidence.pdf", fault)


def test_a_program_called_a_picture_is_a_program_and_a_picture_called_a_program_a_picture() -> None:
    refused, taken = judged(PROGRAM, name="scan.png"), judged(papers.png(), name="scan.exe")

    assert refused == RefusedFile("scan.png", Fault.PROGRAM)
    assert taken == Paper("scan.exe.png", "image/png")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x", "x.pdf"),
        ("C:\\temp\\决定书.PDF", "决定书.pdf"),
        ("..", "材料.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie x.pdf"),
        ("\u202egpj.exe", "gpj.exe.pdf"),
        ("长" * 500 + ".pdf", "长" * 96 + ".pdf"),
        ("110105194912310021的执照.pdf", "110105194912310021的执照.pdf"),
    ],
)
def test_a_name_is_made_safe_to_show_and_is_never_a_path(name: str, shown: str) -> None:
    assert safe_name(name, ending="pdf") == shown


def test_a_persons_number_in_a_name_is_starred() -> None:
    assert safe_name("身份证11010519491231002X.jpg", ending="jpg") == "身份证" + "*" * 18 + ".jpg"


def test_files_of_a_case_are_counted_and_weighed_together() -> None:
    assert fault_of_all([1] * 10) is None
    assert fault_of_all([1] * 11) is Fault.TOO_MANY
    assert fault_of_all([20 << 20, 20 << 20, 11 << 20]) is Fault.TOO_MUCH


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.value)
def test_every_fault_says_what_is_wrong_by_which_rule_and_what_would_be_right(fault: Fault) -> None:
    told = words_of(fault)

    assert all(one.zh and one.en for one in (told.wrong, told.rule, told.right))
    assert told.citation.source


@pytest.mark.parametrize("piece", [b"stream\n", b"/", b"obj", b"/ObjStm/Filter/FlateDecode stream\n"])
def test_a_file_made_to_keep_the_judge_busy_is_judged_in_seconds(piece: bytes) -> None:
    content = b"%PDF-1.7\n" + piece * ((18 << 20) // len(piece)) + b"%%EOF"
    began = time.process_time()  # its own work, however busy the machine

    judged(content, name="slow.pdf")

    assert time.process_time() - began < 5
