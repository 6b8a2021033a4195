"""Taxpayer number. Today it is the unified code; before 2015 it was a region and an organisation code."""

from gongxin.core.identifiers import organisation, unified


def organisation_part(number: str) -> str:
    """Return the organisation code within a taxpayer's `number` (normalised), or "" if none is sound.

    Numbers of individuals are a person's own and two digits, or L before it: they hold none.
    """
    if len(number) == 15 and number[:6].isascii() and number[:6].isdecimal():
        return number[6:] if organisation.is_valid(number[6:]) else ""
    if unified.is_valid(number) and unified.organisation_part_is_valid(number):
        return unified.organisation_part(number)
    return ""
