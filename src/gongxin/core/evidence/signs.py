"""How programs and pages with programs begin, whatever they are called."""

_PROGRAMS = (
    b"MZ",  # Windows
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",  # Java classes, and programs of macOS for two machines
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\x00asm",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a shortcut of Windows
    b"dex\n",
    b"@echo",
    b"<?php",
)
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<!--", b"<head", b"<body", b"<iframe")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_program(content: bytes) -> bool:
    return _beginning(content).startswith(_PROGRAMS) or content.startswith(_PROGRAMS)


def is_markup(content: bytes) -> bool:
    return _beginning(content).startswith(_MARKUP)


def _beginning(content: bytes) -> bytes:
    """Return how a text begins, in small letters, whatever its encoding."""
    head = content[:400]
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip().lower()
