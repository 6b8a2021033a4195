"""What is known of a waiting row, or of a subject, beside its name: ready to be compared."""

from collections.abc import Mapping

from gongxin.core.catalogue import InformationClass
from gongxin.core.identifiers import unified
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.ledger import content_fields
from gongxin.core.subjects import ORGANISATION, REGISTRATION, UNIFIED
from gongxin.core.subjects.corroboration import Identifiers, corroborate
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.subjects.queries import Profile


def class_of_row(row: UnlinkedRow) -> InformationClass:
    """Return the class of a row, as it was when the row was sent."""
    return class_checked_by(row.class_id, edition=row.submission.edition)


def identifiers_of_row(row: UnlinkedRow) -> Identifiers:
    """Return what a row says of its subject beside the name, valid or not, in normal form."""
    fields, roles = content_fields(row.content), class_of_row(row).roles

    def said(role: str) -> str:
        return normalise_code(fields.get(roles.get(role, ""), ""))

    taxpayer = said("taxpayer_number") or said("tax_number")
    # A taxpayer's number of today is the unified code, well written or not.
    written = [one for one in (said("unified_code"), taxpayer) if len(one) == unified.LENGTH] or [
        said("unified_code")
    ]
    code = next(filter(unified.is_valid, written), written[0])
    return Identifiers(
        unified=code,
        organisation=said("organisation_code"),
        registration=said("registration_number"),
        taxpayer=taxpayer,
        region=code[2:8] if unified.is_valid(code) else "",
        address=fields.get("address", ""),
    )


def identifiers_of_subject(profile: Profile, *, address: str = "") -> Identifiers:
    """Return what is registered of a subject beside its name."""
    return identifiers_from(dict(profile.identifiers), region=profile.region, address=address)


def identifiers_from(by_scheme: Mapping[str, str], *, region: str, address: str = "") -> Identifiers:
    """Return what codes, by their schemes, say beside a name."""
    return Identifiers(
        unified=by_scheme.get(UNIFIED, ""),
        organisation=by_scheme.get(ORGANISATION, ""),
        registration=by_scheme.get(REGISTRATION, ""),
        region=region,
        address=address,
    )


def excluded(said: Identifiers, subject: Profile) -> bool:
    """Return whether valid codes say that a row is about another organisation than this subject."""
    return any(one.blocks for one in corroborate(said, identifiers_of_subject(subject)))
