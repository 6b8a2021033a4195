from gongxin.core.subjects.clusters import Cluster, conflicting
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
    "Cluster",
    "Identity",
    "Key",
    "Link",
    "conflicting",
    "database_of",
    "identity_from",
    "link",
    "region_of",
]
