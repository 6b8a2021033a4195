"""Loading the catalogue as law: editions are documents, an officer activates one without a release.

Source: Henan credit regulation article 11; law-decisions 23.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.catalogue_edition import NOT_YET_APPROVED, parse_edition
from gongxin.core.catalogue_edition import Edition as EditionDocument
from gongxin.core.catalogue_text import parse_class
from gongxin.core.grounds import ground_problem
from gongxin.core.law_agreement import Finding
from gongxin.core.law_check import OF_AN_EDITION, EditionRefused, check_edition
from gongxin.core.law_files import law_documents, parse_law
from gongxin.core.lawbook import NamedLists
from gongxin.core.legal_day import legal_day
from gongxin.flows.load_measures import load_measures
from gongxin.registry import bulk
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.editions import edition_numbered
from gongxin.registry.catalogue.models import ClassDocument, Edition
from gongxin.registry.ids import fresh_id


class NotActivated(Exception):
    """An edition cannot be activated; `message` says why and what would be right, `code` is for programs."""

    code = "not-activated"

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.message = Label(zh, en)


class NotApproved(NotActivated):
    """This edition is not approved, so it cannot come into force."""

    code = "not-approved"


class AlreadyActivated(NotActivated):
    """This edition was activated before."""

    code = "already-activated"


class NameInForce(NotActivated):
    """Another text of this id was activated: one name never stands for two."""

    code = "name-in-force"


class NoGround(NotActivated):
    """Nobody said why, in words fit to keep."""

    code = "no-ground"


class NotToCome(NotActivated):
    """Only an edition that is activated and whose day lies ahead can be withdrawn."""

    code = "not-to-come"


class ReachesBack(NotActivated):
    """The day in force has begun: what was checked today or before would be judged again by another text."""

    code = "reaches-back"


def load_packaged_law(*, actor: Actor, at: datetime) -> Edition:
    """Load and activate the edition the product ships with; loading it again changes nothing.

    It may reach back: it stands behind every edition an office activates, and `gongxin law check` has
    judged it before the release.
    """
    with transaction.atomic():
        edition = _kept(dict(law_documents("catalogue")), actor=actor, at=at)
        if edition.activated_at is None:
            _activate(edition, ground="", actor=actor, at=at)
        load_measures()
    return Edition.objects.get(id=edition.id)


@transaction.atomic
def load_edition(*, documents: Mapping[str, str], actor: Actor, at: datetime) -> Edition:
    """Load an edition from its documents (file name -> YAML text), not yet in force.

    The same documents again are the edition they made. An id is used up only by activation: until then
    another text may be loaded under it. Raises EditionRefused for one that may not be used.
    """
    bulk.one_writer()  # two who bring the same, or one name for two texts, are asked one after the other
    refuse_edition(documents, on=legal_day(at))
    return _kept(documents, actor=actor, at=at)


def refuse_edition(documents: Mapping[str, str], *, on: date) -> None:
    """Raise EditionRefused, with what `check_edition` finds, for documents that could not be loaded on `on`.

    So it is too where an approved edition could no longer be activated, as its day has begun.
    """
    findings = check_edition(documents) or [*_number_taken(documents), *_day_begun(documents, on)]
    if findings:
        raise EditionRefused(findings)


def classes_in(documents: Mapping[str, str]) -> dict[str, InformationClass]:
    """Return the classes of an edition that was not refused, by their ids, before anything is kept."""
    texts = {name: text for name, text in documents.items() if name != OF_AN_EDITION}
    parsed = (parse_class(parse_law(text), lists=NamedLists()) for text in texts.values())
    return {one.id: one for one in parsed}


@transaction.atomic
def activate_edition(*, number: str, ground: str, actor: Actor, at: datetime) -> Edition:
    """Let a loaded edition come into force on its day, which must still be to come.

    A day belongs to one edition as a whole: whatever was checked under the one before stays as it was
    checked. Raises UnknownEdition, NoGround, NotApproved, AlreadyActivated, NameInForce, ReachesBack.
    """
    bulk.one_writer()
    edition = edition_numbered(number)
    _refuse_ground(ground)
    if edition.approval in NOT_YET_APPROVED:
        raise NotApproved(
            f"版次 {number} 尚未批准（{edition.approval}）：请装载写明批准机关和文号、"
            "status 为 approved 的版次",
            f"Edition {number} is not approved ({edition.approval}): load one whose status is approved, with "
            "the approving body and the number of its approval",
        )
    if edition.withdrawn_at is not None:
        raise AlreadyActivated(
            f"版次 {number} 启用后已撤回；请修改后重新装载",
            f"Edition {number} was activated and withdrawn: change it and load it again",
        )
    if edition.activated_at is not None:
        raise _activated_before(number)
    for other in _activated_of_this_name(number):
        raise NameInForce(
            f"同一标识的版次 {other.number} 已启用；请以新的标识（id）装载",
            f"Edition {other.number} of the same id was activated: load this one under another id",
        )
    earliest = legal_day(at) + timedelta(days=1)
    if edition.in_force_on < earliest:
        raise ReachesBack(
            f"版次 {number} 的施行日期 {edition.in_force_on} 不晚于今天，此前报送的数据已按当时的目录校验；"
            f"请装载施行日期（in_force_from）不早于 {earliest} 的版次",
            f"Edition {number} would be in force from {edition.in_force_on}, which is not after today: what "
            f"arrived since was checked under another. Load one in force (in_force_from) from {earliest} on",
        )
    _activate(edition, ground=ground, actor=actor, at=at)
    return Edition.objects.get(id=edition.id)


@transaction.atomic
def withdraw_edition(*, number: str, ground: str, actor: Actor, at: datetime) -> Edition:
    """Take an activation back before its day: the edition never holds, and its id is free for another text.

    What was activated, by whom, and who took it back and why stay. Raises UnknownEdition, NoGround,
    NotToCome.
    """
    bulk.one_writer()
    edition = edition_numbered(number)
    _refuse_ground(ground)
    to_come = Edition.objects.filter(
        id=edition.id, activated_at__isnull=False, withdrawn_at=None, in_force_on__gt=legal_day(at)
    )
    told = {"withdrawn_at": at, "withdrawn_by": actor.written, "withdraw_ground": ground.strip()}
    if to_come.update(**told) != 1:
        raise NotToCome(
            f"版次 {number} 不是已启用、待施行的版次，不能撤回；已施行的由新的版次替代",
            f"Edition {number} is not one that was activated and whose day is to come; one in force is "
            "replaced by another edition",
        )
    _audit(actor, "edition.withdrawn", edition, at, ground=ground)
    return Edition.objects.get(id=edition.id)


def _refuse_ground(ground: str) -> None:
    problem = ground_problem(ground)
    if problem is not None:
        raise NoGround(problem.zh, problem.en)


def _number_taken(documents: Mapping[str, str]) -> list[Finding]:
    """One name never stands for two texts that held; whatever was never activated may be followed."""
    return [
        Finding(
            f"{OF_AN_EDITION}: edition.id",
            Label(
                f"同名而内容不同的版次 {other.number} 已启用；请另取标识。",
                f"An edition of this id with another text was activated before ({other.number}); "
                "take another id.",
            ),
        )
        for other in _activated_of_this_name(_number(_described(documents), documents))[:1]
    ]


def _activated_of_this_name(number: str) -> QuerySet[Edition]:
    same_name = Edition.objects.filter(number__startswith=f"{number.partition('+')[0]}+")
    return same_name.exclude(number=number).exclude(activated_at=None).filter(withdrawn_at=None)


def _day_begun(documents: Mapping[str, str], on: date) -> list[Finding]:
    """An approved edition is loaded to be activated, so the day it names must lie ahead."""
    described = _described(documents)
    known = Edition.objects.filter(number=_number(described, documents)).exists()
    earliest = on + timedelta(days=1)
    if known or described.status in NOT_YET_APPROVED or described.in_force_from >= earliest:
        return []
    return [
        Finding(
            f"{OF_AN_EDITION}: edition.in_force_from",
            Label(
                f"施行日期 {described.in_force_from} 不晚于今天，装载后也不能启用；"
                f"请写 {earliest} 或者更晚的日期。",
                f"{described.in_force_from} is not after today, so it could never be activated: write "
                f"{earliest} or a later day.",
            ),
        )
    ]


def _kept(documents: Mapping[str, str], *, actor: Actor, at: datetime) -> Edition:
    """Return the edition of these documents, written down if it is new."""
    described = _described(documents)
    number = _number(described, documents)
    known = Edition.objects.filter(number=number).first()
    if known is not None:
        return known
    edition = Edition.objects.create(
        id=fresh_id(at=at),
        number=number,
        approval=described.approval_number if described.status == "approved" else described.status,
        in_force_on=described.in_force_from,
        loaded_at=at,
        loaded_by=actor.written,
        changes="\n".join(f"{change.change} {change.information_class}" for change in described.changes),
        document=documents[OF_AN_EDITION],
    )
    ClassDocument.objects.bulk_create(
        ClassDocument(edition=edition, class_id=name.removesuffix(".yaml"), text=text, text_hash=_hash(text))
        for name, text in documents.items()
        if name != OF_AN_EDITION
    )
    _audit(actor, "edition.loaded", edition, at)
    return edition


def _activate(edition: Edition, *, ground: str, actor: Actor, at: datetime) -> None:
    waiting = Edition.objects.filter(id=edition.id, activated_at=None)
    if waiting.update(activated_at=at, activated_by=actor.written) != 1:
        raise _activated_before(edition.number)
    _audit(actor, "edition.activated", edition, at, ground=ground)


def _activated_before(number: str) -> AlreadyActivated:
    return AlreadyActivated(f"版次 {number} 已启用", f"Edition {number} was activated before")


def _described(documents: Mapping[str, str]) -> EditionDocument:
    return parse_edition(parse_law(documents[OF_AN_EDITION]))


def _number(described: EditionDocument, documents: Mapping[str, str]) -> str:
    """Return the edition's number with the mark of its text: one number never stands for two texts."""
    whole = _hash("\x1f".join(f"{name}\x1f{documents[name]}" for name in sorted(documents)))
    return f"{described.id}+{whole[:8]}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _audit(actor: Actor, action: str, edition: Edition, at: datetime, *, ground: str = "") -> None:
    write_event(
        actor=actor,
        action=action,
        object_kind="edition",
        object_id=edition.id.hex,
        at=at,
        detail={"number": edition.number} | ({"ground": ground} if ground else {}),
    )
