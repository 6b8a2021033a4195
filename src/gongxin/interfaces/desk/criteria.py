"""Draft criteria at the desk: laid before everybody, taken back, and what was said of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.core.lists import statutory_lists
from gongxin.flows.consult_criteria import publish_draft, take_draft_back
from gongxin.interfaces import clock
from gongxin.interfaces.desk.listing_forms import DraftForm
from gongxin.interfaces.desk.listings import named, who_of
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.listing_refusals import REFUSED, say_why_not
from gongxin.interfaces.permissions import allowed, permit, requires
from gongxin.registry.lists.queries import NoSuchDraft, comments_on, draft_of, drafts, last_day_for_comment


@requires("criteria.read", signed_out=kept_form.signed_out)
def criteria(request: HttpRequest) -> HttpResponse:
    """List the drafts; lay one more before everybody."""
    typed = kept_form.taken(request)
    form = DraftForm(
        request.POST if request.method == "POST" else None,
        initial=typed.dict() if typed else {},
        lists=[(one, named(one)) for one in statutory_lists()],
    )
    if request.method == "POST":
        permit(request, action="criteria.publish")
        if form.is_valid() and (draft_id := _published(request, form)):
            messages.success(request, _("It lies open to everybody from now on."))
            return redirect("desk:criteria-draft", draft_id)
    context = {
        "section": "listings",
        "known": [(one, named(one.list_id), last_day_for_comment(one)) for one in drafts()],
        "form": form,
        "may_publish": allowed(request, action="criteria.publish"),
    }
    return desk_page(request, "desk/criteria.html", context, status=422 if form.errors else 200)


@requires("criteria.read", signed_out=kept_form.signed_out)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft with what was said of it; take it back."""
    try:
        one = draft_of(draft_id)
    except NoSuchDraft as none:
        raise Http404 from none
    if request.method == "POST":
        permit(request, action="criteria.publish")
        take_draft_back(draft_id=draft_id, who=who_of(request), at=clock.now())
        messages.success(request, _("Taken back: nobody reads it any more."))
        return redirect("desk:criteria")
    context = {
        "section": "listings",
        "draft": one,
        "list_name": named(one.list_id),
        "last": last_day_for_comment(one),
        "comments": comments_on(one),
        "may_publish": allowed(request, action="criteria.publish"),
    }
    return desk_page(request, "desk/criteria_draft.html", context)


def _published(request: HttpRequest, form: DraftForm) -> UUID | None:
    try:
        return publish_draft(**form.cleaned_data, who=who_of(request), at=clock.now()).id
    except REFUSED as refused:
        say_why_not(form, refused)
        return None
