"""Unified social credit code, GB 32100-2015: 18 characters of a set of 31.

The six region digits are never checked: a code outlives the division it was given in.
Source: regulations on GB 32100-2015; departments and types by the code manager's later table.
"""

from gongxin.core.identifiers import failures, organisation

LENGTH = 18
CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, Z, S, V
VALUES = {character: value for value, character in enumerate(CHARSET)}
WEIGHTS = tuple(pow(3, position, 31) for position in range(17))

# An individual business without a code is sent under this; it identifies nobody (R3).
PLACEHOLDER = "00000000000000000X"

# Registering department -> types of organisation it registers.
TYPES_BY_DEPARTMENT = {
    "1": "1239",  # staffing offices: organs, institutions, mass organisations
    "2": "19",  # foreign affairs: resident foreign news bureaus
    "3": "123459",  # justice: law firms, notaries, legal services, forensic bodies, arbitration
    "4": "19",  # culture: foreign cultural centres
    "5": "1239",  # civil affairs: associations, private non-enterprise units, foundations
    "6": "129",  # tourism: resident offices of foreign and Hong Kong, Macao, Taiwan bodies
    "7": "129",  # religion: places of worship, schools
    "8": "19",  # trade unions
    # Market regulation: enterprises, individual businesses, farmers' cooperatives. 99 is in no table we
    # have read, but the registers publish such codes (offices of foreign firms, processing plants).
    "9": "1239",
    "A": "19",  # military reform office: military institutions
    "N": "1239",  # agriculture: collectives of group, village, township
    "Y": "1",  # others
}
PREFIXES = frozenset(department + kind for department, kinds in TYPES_BY_DEPARTMENT.items() for kind in kinds)


def check_character(first17: str) -> str:
    """Return the check character of 17 characters of the set. Raises KeyError for any other."""
    total = sum(VALUES[character] * weight for character, weight in zip(first17, WEIGHTS, strict=True))
    return CHARSET[-total % 31]


def reason(code: str) -> str | None:
    """Return why `code` (normalised) is not a unified code, or None if it is one."""
    if len(code) != LENGTH:
        return failures.LENGTH
    if is_placeholder(code):
        return failures.PLACEHOLDER
    if not VALUES.keys() >= set(code):
        return failures.CHARSET
    if code[:2] not in PREFIXES:
        return failures.DEPARTMENT
    return None if check_character(code[:17]) == code[17] else failures.CHECK


def is_valid(code: str) -> bool:
    return reason(code) is None


def is_placeholder(code: str) -> bool:
    return code == PLACEHOLDER


def organisation_part(code: str) -> str:
    """Return positions 9 to 17, which obey the organisation code's own check."""
    return code[8:17]


def organisation_part_is_valid(code: str) -> bool:
    return organisation.is_valid(organisation_part(code))
