"""As which party a request acts in a case: by the role of who is signed in, and the body they act for."""

from django.http import HttpRequest

from gongxin.core.cases import Party, Who
from gongxin.core.policy import NotPermitted, Role
from gongxin.interfaces.permissions import actor_of, agency_of, role_of

PARTIES = {
    Role.CLERK: Party.AGENCY,
    Role.HEAD: Party.AGENCY,
    Role.AGENCY_KEY: Party.AGENCY,
    Role.SITE_KEY: Party.CENTRE,  # passes on what the national site took in
    Role.OFFICER: Party.CENTRE,
    Role.REVIEWER: Party.CENTRE,
    Role.ORGANISATION_OFFICER: Party.APPLICANT,
    Role.PROFESSIONAL: Party.APPLICANT,
}


def who_of(request: HttpRequest, *, as_second: bool = False) -> Who:
    """Return who acts, as which party, for which body; `as_second` as the second person of a change.

    Raises NotPermitted for a role that has no part in cases.
    """
    party = PARTIES.get(role_of(request))
    if party is None:
        raise NotPermitted("this role has no part in cases")
    agency_id = agency_of(request) if party is Party.AGENCY else None
    return Who(actor_of(request), Party.SECOND if as_second else party, agency_id)
