"""What a subject is, in words: its database, and the schemes of its identifiers."""

from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DATABASES: dict[str, Promise] = {
    "legal-person": _("Legal person"),
    "other-organisation": _("Other organisation"),
    "natural-person": _("Licensed professional"),
}
SCHEMES: dict[str, Promise] = {
    "unified": _("Unified social credit code"),
    "registration": _("Registration number"),
    "organisation": _("Organisation code"),
}


def identifiers_in_words(identifiers: Iterable[tuple[str, str]]) -> Iterator[tuple[Promise, str]]:
    """Yield the identifiers a reader can use, in the order of `SCHEMES`; a licence's scheme is not one."""
    for scheme, words in SCHEMES.items():
        yield from ((words, value) for known, value in identifiers if known == scheme)


def region_in_words(code: str) -> str:
    return code
