"""Who asked without being the subject: for the reviewer alone, who says why before anything is shown."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables

from gongxin.core.cases.kinds import number_in_words
from gongxin.flows.not_the_subject import read_person
from gongxin.interfaces import clock
from gongxin.interfaces.desk.case_reach import case_in_reach
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.permissions import actor_of, requires


@requires("case.identify-other")
@sensitive_variables("who")
def person(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask why; write it down; show who asked, on this answer alone."""
    case = case_in_reach(request, case_id).case
    if case.sealed_applicant is None:
        raise Http404
    form = ground_form(request)
    number = number_in_words(case.kind, case.year, case.number)
    context = {"section": "cases", "case": case, "number": number, "form": form}
    if request.method != "POST" or not form.is_valid():
        return desk_page(request, "desk/case_person.html", context, status=422 if form.errors else 200)
    who = read_person(case=case, reason=form.cleaned_data["ground"], actor=actor_of(request), at=clock.now())
    return desk_page(request, "desk/case_person.html", {**context, "who": who})
