from gongxin.core.subjects.identity import (
    LEGAL_PERSON,
    LINK_COLUMNS,
    NATURAL_PERSON,
    ORGANISATION,
    OTHER_ORGANISATION,
    REGISTRATION,
    UNIFIED,
    Identity,
    Key,
    database_of,
    identity_from,
    region_of,
)
from gongxin.core.subjects.linking import Link, link

__all__ = [
    "LEGAL_PERSON",
    "LINK_COLUMNS",
    "NATURAL_PERSON",
    "ORGANISATION",
    "OTHER_ORGANISATION",
    "REGISTRATION",
    "UNIFIED",
    "Identity",
    "Key",
    "Link",
    "database_of",
    "identity_from",
    "link",
    "region_of",
]
