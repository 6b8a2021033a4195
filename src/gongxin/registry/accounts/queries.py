"""Questions about agencies, users and keys."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from gongxin.core.regions import is_within
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency, ApiKey, User

M = TypeVar("M", bound=Model)


class UnknownAgency(Exception):
    """No agency has this unified code."""


def agency_of_code(code: str) -> Agency:
    """Return the agency with unified code `code`, or its last successor. Raises UnknownAgency."""
    return successor_of(agency_named(code))


def agency_named(code: str) -> Agency:
    """Return the agency with unified code `code` itself, succeeded or not. Raises UnknownAgency."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise UnknownAgency(code)
    return agency


def successor_of(agency: Agency) -> Agency:
    """Return the body that acts for `agency` today: its last successor, or itself."""
    met = {agency.id}
    while agency.successor_id is not None and agency.successor_id not in met:
        agency = Agency.objects.get(id=agency.successor_id)
        met.add(agency.id)
    return agency


def successors() -> Mapping[UUID, UUID]:
    """Return for every agency that was succeeded who acts for it now."""
    rows = bulk.select("SELECT id, successor_id FROM accounts_agency WHERE successor_id IS NOT NULL")
    into = {bulk.as_id(one): bulk.as_id(other) for one, other in rows}

    def head(one: UUID) -> UUID:
        return head(into[one]) if one in into else one

    return {one: head(one) for one in into}


def succeeded_codes() -> dict[str, Agency]:
    """Return the agencies that another succeeded, by their codes."""
    return {agency.code: agency for agency in Agency.objects.filter(successor__isnull=False)}


def agencies_of(agency: Agency) -> set[UUID]:
    """Return the agency and every body it succeeded: their records are its own now."""
    return agencies_under(agency.id)


def agencies_under(agency_id: UUID) -> set[UUID]:
    """Return an agency and every body it succeeded, at whatever remove, by their ids."""
    found, edge = {agency_id}, {agency_id}
    while edge:
        earlier = Agency.objects.filter(successor_id__in=edge).exclude(id__in=found)
        edge = set(earlier.values_list("id", flat=True))
        found |= edge
    return found


def agencies_named(part: str = "", *, within: str = "") -> set[UUID]:
    """Return the agencies whose name holds `part`, in a region or (none said) in all."""
    found = Agency.objects.filter(name__contains=part).values_list("id", "region")
    return {agency_id for agency_id, region in found if not within or is_within(region, within)}


def regions_of_agencies() -> set[str]:
    """Return the codes of the regions in which agencies lie."""
    return set(Agency.objects.exclude(region="").values_list("region", flat=True).distinct())


def holds_demonstration_data() -> bool:
    """Return whether any agency here is a demonstration's."""
    return Agency.objects.filter(demonstration=True).exists()


def holds_real_agencies() -> bool:
    """Return whether any agency here is not a demonstration's."""
    return Agency.objects.filter(demonstration=False).exists()


def key_in_force(key_hash: str) -> ApiKey | None:
    """Return the unrevoked key with this hash, with its agency.

    Every question of a system begins with this one: the ORM took a fifth of its time to write it.
    """
    of_agency = [field.attname for field in Agency._meta.concrete_fields]
    columns = [f"k.{name}" for name in _OF_KEY] + [f"a.{name}" for name in of_agency]
    found = bulk.select(
        f"SELECT {', '.join(columns)} FROM accounts_apikey k JOIN accounts_agency a ON a.id = k.agency_id"
        " WHERE k.key_hash = %s AND k.revoked_at IS NULL",
        key_hash,
    )
    if not found:
        return None
    key = _made(ApiKey, _OF_KEY, found[0])
    key.agency = _made(Agency, of_agency, found[0][len(_OF_KEY) :])
    return key


_OF_KEY = ("id", "agency_id", "label", "purpose")


def _made(model: type[M], names: Sequence[str], row: Sequence[Any]) -> M:
    """Return an object of these columns of a row; what it is asked beyond them it fetches itself."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    values = [fields[name].to_python(value) for name, value in zip(names, row, strict=False)]
    return model.from_db(DEFAULT_DB_ALIAS, names, values)


def account_name(actor_name: str) -> str:
    """Return the name an acting user signs in with; of whom no account is known, what was written down."""
    try:
        user_id = UUID(actor_name)
    except ValueError:
        return actor_name
    return User.objects.filter(id=user_id).values_list("username", flat=True).first() or actor_name


def agency_codes(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the unified codes of public bodies by their ids."""
    return dict(Agency.objects.filter(id__in=ids).values_list("id", "code"))


def agency_names(codes: Collection[str]) -> dict[str, str]:
    """Return what the public bodies with these unified codes are called."""
    return dict(Agency.objects.filter(code__in=codes).values_list("code", "name"))
