from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.law_files import read_law


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division in force. `parent` is the one it lies in; a province has none."""

    code: str
    label: Label
    level: str  # province | prefecture | county
    parent: str


def region(code: str) -> Region | None:
    """Return the division with this code, or None: many codes are older than today's divisions."""
    return regions().get(code)


@lru_cache(maxsize=1)
def regions() -> dict[str, Region]:
    """Return every division of `law/regions.yaml` by code: all provinces, and Henan to county level."""
    law = read_law("regions.yaml")
    found = [Region(code, Label(**names), "province", "") for code, names in law["provinces"].items()]
    found += [
        Region(code, Label(**names), "prefecture", code[:2] + "0000")
        for code, names in law["prefectures"].items()
    ]
    found += [_county(code, name, law) for code, name in law["counties"].items()]
    return {one.code: one for one in found}


def is_within(code: str, ancestor: str) -> bool:
    """Return whether a region lies in another, or is it, by the digits of their codes."""
    return code.startswith(ancestor.removesuffix("00").removesuffix("00")) and len(code) == len(ancestor)


def _county(code: str, name: str, law: dict[str, Any]) -> Region:
    parent = code[:4] + "00"
    if code in law["directly_governed"]:
        parent = code[:2] + "0000"
    return Region(code, Label(name, name), "county", parent)
