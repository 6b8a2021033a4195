"""Loading the catalogue as law: editions are documents, an officer activates one without a release.

Source: Henan credit regulation article 11; law-decisions 23.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.catalogue_edition import NOT_YET_APPROVED, parse_edition
from gongxin.core.catalogue_edition import Edition as EditionDocument
from gongxin.core.catalogue_text import parse_class
from gongxin.core.law_files import law_documents, parse_law
from gongxin.core.lawbook import NamedLists
from gongxin.core.prohibited import refuse_prohibited
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.models import ClassDocument, Edition
from gongxin.registry.ids import fresh_id

EDITION_FILE = "edition.yaml"


class NotApproved(Exception):
    """This edition is not approved, so it cannot come into force."""


class IncompleteEdition(Exception):
    """The edition names a class whose document is missing, or brings one it does not name."""


def load_packaged_law(*, actor: Actor, at: datetime) -> Edition:
    """Load and activate the edition the product ships with; loading it again changes nothing."""
    documents = dict(law_documents("catalogue"))
    edition = load_edition(documents=documents, actor=actor, at=at)
    if edition.activated_at is None:
        activate_edition(number=edition.number, actor=actor, at=at)
    return Edition.objects.get(id=edition.id)


@transaction.atomic
def load_edition(*, documents: Mapping[str, str], actor: Actor, at: datetime) -> Edition:
    """Load an edition from its documents (file name -> YAML text), not yet in force.

    Raises CatalogueRefused, ProhibitedMeaning or IncompleteEdition for one that may not be used.
    """
    described = parse_edition(parse_law(documents[EDITION_FILE]))
    texts = _class_texts(described, documents)
    number = _number(described, texts)
    known = Edition.objects.filter(number=number).first()
    if known is not None:
        return known
    edition = Edition.objects.create(
        id=fresh_id(at=at),
        number=number,
        approval=described.approval_number if described.status == "approved" else described.status,
        in_force_on=described.in_force_from,
        loaded_at=at,
        loaded_by=f"{actor.kind}:{actor.name}",
        changes="\n".join(f"{change.change} {change.information_class}" for change in described.changes),
    )
    ClassDocument.objects.bulk_create(
        ClassDocument(edition=edition, class_id=class_id, text=text, text_hash=_hash(text))
        for class_id, text in texts.items()
    )
    _audit(actor, "edition.loaded", edition, at)
    return edition


@transaction.atomic
def activate_edition(*, number: str, actor: Actor, at: datetime) -> Edition:
    """Let a loaded edition come into force on its day. Raises NotApproved."""
    edition = Edition.objects.get(number=number)
    if edition.approval in NOT_YET_APPROVED:
        raise NotApproved(edition.approval)
    Edition.objects.filter(id=edition.id, activated_at=None).update(
        activated_at=at, activated_by=f"{actor.kind}:{actor.name}"
    )
    _audit(actor, "edition.activated", edition, at)
    return Edition.objects.get(id=edition.id)


def _class_texts(described: EditionDocument, documents: Mapping[str, str]) -> dict[str, str]:
    texts = {name.removesuffix(".yaml"): text for name, text in documents.items() if name != EDITION_FILE}
    if set(texts) != set(described.classes):
        raise IncompleteEdition(", ".join(sorted(set(texts) ^ set(described.classes))))
    for text in texts.values():
        refuse_prohibited(parse_class(parse_law(text), lists=NamedLists()))
    return texts


def _number(described: EditionDocument, texts: Mapping[str, str]) -> str:
    """Return the edition's number with the mark of its text: one number never stands for two texts."""
    whole = _hash("\x1f".join(texts[class_id] for class_id in sorted(texts)))
    return f"{described.id}+{whole[:8]}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _audit(actor: Actor, action: str, edition: Edition, at: datetime) -> None:
    write_event(
        actor=actor,
        action=action,
        object_kind="edition",
        object_id=edition.id.hex,
        at=at,
        detail={"number": edition.number},
    )
