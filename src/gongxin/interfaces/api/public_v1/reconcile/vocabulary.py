"""Which types and properties of an organisation the service knows, and what they are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from gongxin.core.catalogue import Label
from gongxin.interfaces.pages.subject_words import DATABASES, region_in_words
from gongxin.registry.subjects.queries import Profile

ANY = "organisation"
DATABASES_OF_ORGANISATIONS = ("legal-person", "other-organisation")
TYPES = (ANY, *DATABASES_OF_ORGANISATIONS)
_ANY = Label("组织", "Organisation")


@dataclass(frozen=True, slots=True)
class Property:
    """Something told of an organisation; `values` takes it and the origin of our addresses."""

    name: Label
    description: Label
    values: Callable[[Profile, str], list[str]]


def _code(known: Profile, _origin: str) -> list[str]:
    return [known.code] if known.code else []


def _region(known: Profile, _origin: str) -> list[str]:
    words = region_in_words(known.region, language=language())
    return [words] if words else []


PROPERTIES: Mapping[str, Property] = {
    "code": Property(
        Label("统一社会信用代码", "Unified social credit code"),
        Label(
            "或注册号、组织机构代码；经校验且已登记的，以代码为准",
            "Or a registration number or organisation code; one that is checked and registered decides",
        ),
        _code,
    ),
    "name": Property(
        Label("名称", "Name"),
        Label("除查询内容外，再按此名称查找", "Looked for beside what is asked"),
        lambda known, _origin: [known.public_name],
    ),
    "former_names": Property(
        Label("曾用名", "Former names"),
        Label("除查询内容外，再按此名称查找", "Looked for beside what is asked"),
        lambda known, _origin: list(known.former_names),
    ),
    "other_names": Property(
        Label("其他名称", "Other names"),
        Label("与其合并的各主体所用名称", "Borne by those that are one with it by a merge"),
        lambda known, _origin: list(known.other_names),
    ),
    "region": Property(
        Label("所在地区", "Region"),
        Label(
            "六位行政区划代码或地名；只留下该地区内的候选",
            "Six digits, or the name of a place; who is known to be elsewhere is left out",
        ),
        _region,
    ),
    "kind": Property(
        Label("类型", "Kind"),
        Label("法人或其他组织；查询时请用 type", "Legal person or other; ask for it with `type`"),
        lambda known, _origin: [str(DATABASES[known.database])],
    ),
    "page": Property(
        Label("公示页面", "Public page"),
        Label("本平台上的网址", "Its address on this platform"),
        lambda known, origin: [f"{origin}/subjects/{known.subject_id}/"],
    ),
}
# What a query may be narrowed by; the others are told only.
NAMES = ("name", "former_names", "other_names")
ASKED_BY = ("code", *NAMES, "region")


def language() -> str:
    return get_language() or ""


def type_json(type_id: str) -> dict[str, str]:
    name = _ANY.in_language(language()) if type_id == ANY else str(DATABASES[type_id])
    return {"id": type_id, "name": name}


def property_json(property_id: str) -> dict[str, str]:
    return {"id": property_id, "name": PROPERTIES[property_id].name.in_language(language())}


def described(known: Profile) -> str:
    """Return in a line what tells an organisation from its namesakes."""
    return " · ".join([*_code(known, ""), *_region(known, "")])
