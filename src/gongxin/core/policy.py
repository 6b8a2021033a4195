"""Who may do what: one table of role, action and scope. Every route, command and job names its action.

Scope says on whose objects the action holds: `own` the actor's agency, `region` the actor's
region and below, `all` everything, `public` what anyone may see.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    PUBLIC = "public"
    CLERK = "clerk"
    HEAD = "head"  # head of an agency
    OFFICER = "officer"  # of the centre
    REVIEWER = "reviewer"  # of the centre, the second person
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    SECURITY_ADMINISTRATOR = "security-administrator"
    AUDIT_ADMINISTRATOR = "audit-administrator"
    ORGANISATION_OFFICER = "organisation-officer"
    PROFESSIONAL = "professional"
    PARTNER_KEY = "partner-key"
    AGENCY_KEY = "agency-key"
    SITE_KEY = "site-key"  # of the national site, which pushes applications
    TRACKER_KEY = "tracker-key"  # of the portal where organisations see who looked at them


class Scope(StrEnum):
    OWN = "own"
    REGION = "region"
    ALL = "all"
    PUBLIC = "public"


class NotPermitted(Exception):
    """You may not do this."""


_AGENCY = {Role.CLERK: Scope.OWN, Role.HEAD: Scope.OWN}
_CENTRE = {Role.OFFICER: Scope.ALL, Role.REVIEWER: Scope.ALL}
_ADMINISTRATION = {Role.SYSTEM_ADMINISTRATOR: Scope.ALL}
_EVERYONE = dict.fromkeys(Role, Scope.PUBLIC)
_SIGNED_IN: Mapping[Role, Scope] = {
    role: Scope.OWN
    for role in Role
    if role not in {Role.PUBLIC, Role.PARTNER_KEY, Role.AGENCY_KEY, Role.SITE_KEY, Role.TRACKER_KEY}
}

POLICY: Mapping[str, Mapping[Role, Scope]] = {
    "public.read": _EVERYONE,
    "catalogue.read": _EVERYONE,
    "sandbox.take-key": _EVERYONE,
    "session.open": _EVERYONE,
    "session.close": _SIGNED_IN,
    "desk.open": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "submission.send": {**_AGENCY, Role.OFFICER: Scope.ALL, Role.AGENCY_KEY: Scope.OWN},
    "submission.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL, Role.AGENCY_KEY: Scope.OWN},
    "submission.recall": {**_AGENCY, Role.OFFICER: Scope.ALL},
    "submission.set-going": {Role.OFFICER: Scope.ALL},
    "draft.keep": _AGENCY,
    "mapping.save": {**_AGENCY, Role.OFFICER: Scope.ALL},
    "agency.describe": _AGENCY,
    "nil.state": {**_AGENCY, Role.AGENCY_KEY: Scope.OWN},
    "nil.withdraw": {**_AGENCY, Role.AGENCY_KEY: Scope.OWN},
    "nil.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL, Role.AGENCY_KEY: Scope.OWN},
    "reconciliation.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "reconciliation.compare": {**_AGENCY, Role.OFFICER: Scope.ALL},
    "due.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "template.read": {**_AGENCY, **_CENTRE},
    "unlinked.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "unlinked.decide": _CENTRE,
    "doubt.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "doubt.judge": _CENTRE,
    "merge.decide": _CENTRE,  # the second person: not who judged
    "merge.undo": _CENTRE,
    "succession.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "succession.record": _CENTRE,
    "paper.verify": _EVERYONE,
    "tip-off.give": _EVERYONE,
    "tip-off.ask-outcome": _EVERYONE,
    "tip-off.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},  # that it is there, and how it stands
    "tip-off.read-text": {**_AGENCY, Role.OFFICER: Scope.ALL},
    "tip-off.decide": {Role.OFFICER: Scope.ALL},
    "tip-off.answer": _AGENCY,
    "tip-off.read-identity": {Role.REVIEWER: Scope.ALL},  # whose the key is; never who reads the text
    "held.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "held.decide": _CENTRE,
    "table.export": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "duty.read": {**_AGENCY, Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN},
    "duty.arrange": {Role.HEAD: Scope.OWN, Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.OWN},
    "letter.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "letter.make": _CENTRE,
    "record.find": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "record.read-history": {Role.AUDITOR: Scope.ALL, Role.REVIEWER: Scope.ALL, Role.OFFICER: Scope.ALL},
    # Cases. Own: one's own subject's, or what one's body answers for.
    "my.open": {Role.ORGANISATION_OFFICER: Scope.OWN, Role.PROFESSIONAL: Scope.OWN},
    "case.ask": {Role.ORGANISATION_OFFICER: Scope.OWN, Role.PROFESSIONAL: Scope.OWN},
    "case.read-own": {Role.ORGANISATION_OFFICER: Scope.OWN, Role.PROFESSIONAL: Scope.OWN},
    "mandate.end-own": {Role.ORGANISATION_OFFICER: Scope.OWN, Role.PROFESSIONAL: Scope.OWN},
    "statement.make": {Role.ORGANISATION_OFFICER: Scope.OWN, Role.PROFESSIONAL: Scope.OWN},
    "notice.read-own": {Role.ORGANISATION_OFFICER: Scope.OWN, Role.PROFESSIONAL: Scope.OWN},
    "case.ask-as-other": _EVERYONE,  # named in a record, and not its subject
    "case.ask-outcome": _EVERYONE,  # by the code of a receipt
    "case.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "case.take": _CENTRE,  # at the counter
    "case.push": {Role.SITE_KEY: Scope.ALL},  # from the national site
    "case.forward": _CENTRE,
    "case.decide": {**_AGENCY, **_CENTRE},  # the body that answers; the centre what is its own
    "case.steer": {**_AGENCY, **_CENTRE},
    "false-proof.lift": {**_AGENCY, **_CENTRE},  # the body that answers; the centre where that has no third
    "case.identify-other": {Role.REVIEWER: Scope.ALL},  # who a person is that is not the subject
    "change.propose": _AGENCY,
    "change.confirm": {Role.HEAD: Scope.OWN, **_CENTRE},  # the second person: not who proposed
    "publication.suspend": {**_AGENCY, **_CENTRE},
    "notice.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "notice.serve": {**_AGENCY, **_CENTRE},
    "commitment.sign": {Role.ORGANISATION_OFFICER: Scope.OWN},  # no person promises here (R9)
    "commitment.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "commitment.find": _AGENCY,  # the body that accepted it
    "commitment.promise": {Role.HEAD: Scope.OWN},  # as a public body
    "payment.record-own": {Role.ORGANISATION_OFFICER: Scope.OWN},
    "payment.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "payment.record": _AGENCY,  # of a body it supervises
    "late-payment.propose": _AGENCY,
    "late-payment.decide": {Role.HEAD: Scope.OWN},  # the second person: not who proposed
    "mandate.grant": _CENTRE,
    "mandate.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "look.read": {Role.AUDITOR: Scope.ALL},  # sealed ones at once
    "look.seal-read": {
        Role.HEAD: Scope.OWN,
        Role.OFFICER: Scope.OWN,
        Role.REVIEWER: Scope.ALL,
        Role.AUDITOR: Scope.ALL,
    },
    "look.seal-ask": {Role.HEAD: Scope.OWN, Role.OFFICER: Scope.OWN},
    "look.seal-approve": {Role.REVIEWER: Scope.ALL},  # the second person: not who asked
    "look.seal-lift": {Role.HEAD: Scope.OWN, Role.OFFICER: Scope.OWN, Role.REVIEWER: Scope.ALL},
    "check.ask": {**_AGENCY, **_CENTRE, Role.AGENCY_KEY: Scope.OWN},
    "check.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL, Role.AGENCY_KEY: Scope.OWN},
    "check.acknowledge": {**_AGENCY, Role.AGENCY_KEY: Scope.OWN},  # that an answer changed
    "check.say-done": {**_AGENCY, Role.AGENCY_KEY: Scope.OWN},  # what was in fact done
    "check.publish-case": {Role.OFFICER: Scope.ALL},  # the second person: not who offered it
    "follow.begin": {**_AGENCY, Role.AGENCY_KEY: Scope.OWN},
    "follow.end": {**_AGENCY, Role.AGENCY_KEY: Scope.OWN},
    "follow.read": {**_AGENCY, Role.AUDITOR: Scope.ALL, Role.AGENCY_KEY: Scope.OWN},
    "sample.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "sample.draw": {Role.HEAD: Scope.OWN, Role.OFFICER: Scope.ALL},
    "listing.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "listing.propose": {**_AGENCY, **_CENTRE},  # and give notice, write down a hearing, give up
    "listing.decide": {Role.HEAD: Scope.OWN, **_CENTRE},  # the second person: not who proposed
    "listing.answer-own": {Role.ORGANISATION_OFFICER: Scope.OWN},
    "criteria.comment": _EVERYONE,
    "criteria.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "criteria.publish": {Role.OFFICER: Scope.ALL},
    "signing-key.retire": {Role.SECURITY_ADMINISTRATOR: Scope.ALL, Role.SYSTEM_ADMINISTRATOR: Scope.ALL},
    "edition.read": {**_CENTRE, Role.AUDITOR: Scope.ALL},
    "edition.load": {Role.OFFICER: Scope.ALL},
    "edition.activate": {Role.OFFICER: Scope.ALL},
    "law.confirm": {Role.OFFICER: Scope.ALL},
    "calendar.import": {Role.OFFICER: Scope.ALL},
    "quality.read": {**_AGENCY, **_CENTRE, Role.AUDITOR: Scope.ALL},
    "quality.rebuild": {Role.OFFICER: Scope.ALL, **_ADMINISTRATION},
    "user.add": _ADMINISTRATION,
    "agency.add": _ADMINISTRATION,
    "key.issue": {Role.SECURITY_ADMINISTRATOR: Scope.ALL, Role.SYSTEM_ADMINISTRATOR: Scope.ALL},
    "audit.read": {Role.AUDIT_ADMINISTRATOR: Scope.ALL, Role.AUDITOR: Scope.ALL},
    "usage.read": {Role.TRACKER_KEY: Scope.ALL},  # the portal has established for whom it asks
    "health.read": _EVERYONE,
}


# Who may stand in for whom while they are away: within an agency, or within the centre, never across. An
# auditor and an administrator have no substitute: nobody of the office they watch may come to watch it.
_OFFICES = (frozenset({Role.CLERK, Role.HEAD}), frozenset({Role.OFFICER, Role.REVIEWER}))

# What a substitute may not do with an absent colleague's rights: whoever arranges the rota could otherwise
# prolong their own standing in without end; the officer who reads a tip-off could come to see who gave it.
ONLY_IN_ONES_OWN_RIGHT = frozenset({"duty.arrange", "tip-off.read-identity", "case.identify-other"})


def may_stand_in(*, role: Role, absent: Role) -> bool:
    """Return whether someone in `role` may act with the rights of an absent colleague's role."""
    return any(role in office and absent in office for office in _OFFICES)


def scope_of(*, role: Role, action: str) -> Scope | None:
    """Return how far `role` may take `action`, or None if it may not at all.

    Raises KeyError for an action the table does not name: an unnamed action is a bug, not a refusal.
    """
    return POLICY[action].get(role)


def may(*, role: Role, action: str) -> bool:
    """Return whether `role` may do `action` at least to what is its own agency's."""
    return scope_of(role=role, action=action) is not None
