"""Which objects a person may open at the desk: another agency's answer as if they did not exist."""

from uuid import UUID

from django.http import Http404, HttpRequest

from gongxin.core.catalogue import InformationClass
from gongxin.core.lawbook import UnknownClass
from gongxin.interfaces import clock
from gongxin.interfaces.permissions import agency_bound
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agencies_under, agency_of_code
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.intake.models import Submission


def submission_in_reach(request: HttpRequest, submission_id: UUID, *, action: str) -> Submission:
    """Return the submission if `action` reaches it. Raises Http404 otherwise, whoever's it is."""
    agency_id = agency_bound(request, action=action)
    found = Submission.objects.select_related("agency", "corrects", "saved_mapping").filter(id=submission_id)
    if agency_id is not None:
        found = found.filter(agency_id__in=agencies_under(agency_id))
    submission = found.first()
    if submission is None:
        raise Http404
    return submission


def agency_in_reach(request: HttpRequest, code: str, *, action: str) -> Agency:
    """Return the agency someone of an agency acts for; the centre names it by `code`. Raises Http404."""
    own = agency_bound(request, action=action)
    if own is not None:
        return Agency.objects.get(id=own)
    try:
        return agency_of_code(code.strip())
    except UnknownAgency as unknown:
        raise Http404 from unknown


def class_in_force(class_id: str) -> InformationClass:
    """Return the class of the catalogue in force today. Raises Http404."""
    try:
        return active_class(class_id, on=clock.today())
    except UnknownClass as unknown:
        raise Http404 from unknown


def agency_asked(request: HttpRequest, *, action: str) -> Agency | None:
    """Return the agency a page is about: one's own, or the one the centre names by `?agency=`, or None.

    Raises Http404 where no agency has the code.
    """
    code = request.GET.get("agency", "")
    if agency_bound(request, action=action) is None and not code.strip():
        return None
    return agency_in_reach(request, code, action=action)
