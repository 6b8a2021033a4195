"""Who looked and why, in words: by body, role and purpose, and never by a person's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.actors import ActorKind
from gongxin.core.legal_day import day_begins
from gongxin.core.policy import Role
from gongxin.interfaces.pages.wording import instant_in_words
from gongxin.registry.audit.looks import LookTold, SealTold

# Said by whoever opens a file, before it opens; kept with the look.
PURPOSES: Mapping[str, Promise] = {
    "court": gettext_lazy("A court asks for it"),
    "review": gettext_lazy("Administrative review or suit"),
    "investigation": gettext_lazy("A statutory investigation"),
    "objection": gettext_lazy("An objection or a repair is examined"),
    "audit": gettext_lazy("Audit"),
    "supervision": gettext_lazy("Inspection of how records are kept"),
}
# What a page is opened for that has one purpose only.
BY_PAGE: Mapping[str, Promise] = {
    "doubt.read": gettext_lazy("To see whether this and another record are of one organisation"),
    "unlinked.read": gettext_lazy("To find out about whom a record was sent that came without a code"),
    "case.read": gettext_lazy("To see how a case was worked on"),
    "case.take": gettext_lazy("To take down a case at the counter"),
    "case.evidence": gettext_lazy("To read a paper handed in with a case"),
    "notice.read": gettext_lazy("To read or print a notice written to the organisation"),
    "held.read": gettext_lazy("To decide about a record that was held from publication"),
    "gongxin show": gettext_lazy("Looked up by the operator of the platform"),
}
ROLES: Mapping[str, Promise] = {
    Role.CLERK.value: gettext_lazy("clerk"),
    Role.HEAD.value: gettext_lazy("head of agency"),
    Role.OFFICER.value: gettext_lazy("officer"),
    Role.REVIEWER.value: gettext_lazy("reviewer"),
    Role.AUDITOR.value: gettext_lazy("auditor"),
}
BY_MACHINES: Mapping[str, Promise] = {
    ActorKind.KEY.value: gettext_lazy("a system"),
    ActorKind.COMMAND.value: gettext_lazy("operator of the platform"),
    ActorKind.JOB.value: gettext_lazy("the platform itself"),
}


@dataclass(frozen=True, slots=True)
class LookInWords:
    """One line of `parts/looks.html`. Only for the auditor is there an `actor`, and anything `hidden`."""

    at: datetime
    body: str
    role: str
    purpose: str
    case_number: str
    actor: str
    article: str
    sealed_until: datetime | None
    hidden: bool


def looks_in_words(
    looks: Sequence[LookTold], *, actors: Mapping[str, str] | None = None
) -> list[LookInWords]:
    """Return what `parts/looks.html` shows of these; `actors` names accounts, for the auditor's page."""
    return [_in_words(look, actors or {}) for look in looks]


def body_in_words(look: LookTold) -> str:
    """Return the body that looked, by the name it has today; of the centre the institution's."""
    return look.body or str(settings.IDENTITY.institution)


def body_code(look: LookTold) -> str:
    """Return the unified code of the body that looked; of the centre the institution's, "" if not set."""
    return look.body_code or str(settings.IDENTITY.institution_code)


def told_in_one_line(look: LookTold) -> str:
    """Return purpose, case number and what was sealed in one line, for a program that shows one."""
    said = [purpose_in_words(look.purpose)]
    if look.case_number:
        said.append(_("case number %(number)s") % {"number": look.case_number})
    if look.seal is not None:
        until = instant_in_words(sealed_until(look.seal), language=get_language())
        told = {"moment": until, "article": look.seal.article}
        said.append(_("was sealed until %(moment)s under %(article)s") % told)
    return _(", ").join(said)


def purpose_in_words(stored: str) -> str:
    """Return the purpose as it was given; one without words stays as it was written down."""
    page, _sep, given = stored.partition(": ")
    return str(PURPOSES.get(given) or BY_PAGE.get(page) or stored)


def _in_words(look: LookTold, actors: Mapping[str, str]) -> LookInWords:
    seal = look.seal
    return LookInWords(
        at=look.at,
        body=body_in_words(look),
        role=str(ROLES.get(look.role) or BY_MACHINES.get(look.kind) or _("staff")),
        purpose=purpose_in_words(look.purpose),
        case_number=look.case_number,
        actor=actors.get(look.actor, look.actor),
        article=seal.article if seal else "",
        sealed_until=sealed_until(seal) if seal else None,
        hidden=seal is not None and seal.hides,
    )


def sealed_until(seal: SealTold) -> datetime:
    """Return the instant at which the subject may see what was sealed."""
    end = day_begins(seal.end_on)
    return end if seal.lifted_at is None else min(end, seal.lifted_at)
