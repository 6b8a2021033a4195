"""An edition of the catalogue as a document: approved by whom, in force when, and what it changed.

Source: Henan credit regulation article 11; law-decisions 23.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.document_parts import CatalogueRefused, Part

NOT_YET_APPROVED = ("draft", "expert-review", "public-comment")
PACKAGED = "packaged"
STATUSES = (PACKAGED, *NOT_YET_APPROVED, "approved")
CHANGES = ("added", "removed", "changed")
EDITION_KEYS = (
    "id",
    "label",
    "status",
    "approval_number",
    "approved_by",
    "in_force_from",
    "replaces",
    "expert_review",
    "public_comment",
    "note",
    "classes",
    "changes",
)
LONGEST_APPROVAL = 120
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,47}")
_ID_IN_ENGLISH = "Letters, digits, points and hyphens only, at most 48 characters."


@dataclass(frozen=True, slots=True)
class Change:
    """One difference from the edition before."""

    information_class: str
    change: str  # added | removed | changed
    may_reduce_rights: bool
    note: Label


@dataclass(frozen=True, slots=True)
class Edition:
    """Which classes are collected, by whose approval, from which day.

    `packaged` is the edition the product ships with: it serves until an office activates its own, and
    claims no approval. Any other edition comes into force only as `approved`.
    """

    id: str
    label: Label
    status: str
    approval_number: str
    approved_by: str
    in_force_from: date
    replaces: str | None
    expert_review: str  # the opinion's number or day, where rights may be reduced
    public_comment: str
    note: Label | None
    classes: tuple[str, ...]
    changes: tuple[Change, ...]


def parse_edition(document: Mapping[str, Any]) -> Edition:
    """Return the edition a document describes.

    Raises CatalogueRefused for an unknown key, for an approved edition without its approval number, and
    for one that may reduce rights without expert review and public comment.
    """
    part = Part(document, "edition", EDITION_KEYS)
    if not _ID.fullmatch(part.text("id")):
        raise part.refused("id", Label("只能用字母、数字、点和连字符，最多 48 个字符。", _ID_IN_ENGLISH))
    edition = Edition(
        id=part.text("id"),
        label=part.label("label"),
        status=part.choice("status", STATUSES),
        approval_number=part.text("approval_number", ""),
        approved_by=part.text("approved_by", ""),
        in_force_from=part.day("in_force_from"),
        replaces=part.text("replaces") if part.has("replaces") else None,
        expert_review=part.text("expert_review", ""),
        public_comment=part.text("public_comment", ""),
        note=part.optional_label("note"),
        classes=part.texts("classes"),
        changes=tuple(
            _change(content, f"edition.changes[{at}]") for at, content in enumerate(part.entries("changes"))
        ),
    )
    _refuse_unapproved(edition)
    return edition


def _change(content: object, path: str) -> Change:
    part = Part(content, path, ("class", "change", "may_reduce_rights", "note"))
    return Change(
        information_class=part.text("class"),
        change=part.choice("change", CHANGES),
        may_reduce_rights=part.flag("may_reduce_rights"),
        note=part.label("note"),
    )


def _refuse_unapproved(edition: Edition) -> None:
    if edition.status != "approved":
        return
    if not (edition.approval_number and edition.approved_by):
        raise CatalogueRefused(
            "edition.approval_number",
            Label(
                "已批准的目录须有批准机关和文号。", "An approved edition has an approving body and a number."
            ),
        )
    if len(edition.approval_number) > LONGEST_APPROVAL:
        raise CatalogueRefused(
            "edition.approval_number",
            Label(f"文号最多 {LONGEST_APPROVAL} 个字符。", f"At most {LONGEST_APPROVAL} characters."),
        )
    reduces = any(change.may_reduce_rights for change in edition.changes)
    if reduces and not (edition.expert_review and edition.public_comment):
        raise CatalogueRefused(
            "edition.expert_review",
            Label(
                "可能减损权益或者增加义务的，须经专家评估并公开征求意见。",
                "A change that may reduce rights needs expert review and public comment.",
            ),
        )
