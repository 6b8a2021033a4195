"""Draft criteria of lists: read by everybody, and anybody may say something, without an account (S-49)."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from gongxin.core.legal_day import legal_day
from gongxin.core.lists import statutory_list
from gongxin.flows.consult_criteria import LONGEST, CommentsClosed, comment
from gongxin.interfaces import clock
from gongxin.interfaces.pages.errors import error_page
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.pages.typed_once import Starred
from gongxin.interfaces.permissions import permit, requires
from gongxin.interfaces.site.form_limit import minutes_to_wait
from gongxin.registry.lists.models import CriteriaDraft
from gongxin.registry.lists.queries import NoSuchDraft, draft_of, drafts, last_day_for_comment


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What you say of these criteria"),
        max_length=LONGEST,
        widget=Starred(attrs={"rows": 8}),
        validators=[refuse_personal_number],
        error_messages={"required": gettext_lazy("Say something of the criteria.")},
    )


@requires("public.read")
def drafts_page(request: HttpRequest) -> HttpResponse:
    """List the drafts, those one may still comment on first."""
    on = clock.today()
    known = [(draft, _list_name(draft), last_day_for_comment(draft)) for draft in drafts()]
    context = {
        "section": "lists",
        "open": [one for one in known if on <= one[2]],
        "closed": [one for one in known if on > one[2]],
    }
    return render(request, "site/criteria.html", context)


@sensitive_post_parameters()
@requires("public.read")
def draft_page(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Show a draft; take in what somebody says of it."""
    draft = _draft(draft_id)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permit(request, action="criteria.comment")
    if form.is_valid():
        if wait := minutes_to_wait(request, form="criteria", limit=settings.COMMENT_LIMIT):
            words = _("Nothing was taken in. Come back in %(minutes)s minutes.") % {"minutes": wait}
            return error_page(request, status=429, heading=_("Too many forms from one place"), words=words)
        try:
            comment(draft_id=draft_id, text=form.cleaned_data["text"], at=clock.now())
        except CommentsClosed:
            form.add_error(None, _("The time to comment on this draft is over."))
        else:
            return _page(request, draft, CommentForm(), taken=True)
    return _page(request, draft, form)


def _page(
    request: HttpRequest, draft: CriteriaDraft, form: CommentForm, *, taken: bool = False
) -> HttpResponse:
    last = last_day_for_comment(draft)
    context = {
        "section": "lists",
        "draft": draft,
        "list_name": _list_name(draft),
        "last": last,
        "is_open": legal_day(clock.now()) <= last,
        "form": form,
        "longest": LONGEST,
        "taken": taken,
    }
    return render(request, "site/criteria_draft.html", context, status=422 if form.errors else 200)


def _draft(draft_id: UUID) -> CriteriaDraft:
    try:
        return draft_of(draft_id)
    except NoSuchDraft as none:
        raise Http404 from none


def _list_name(draft: CriteriaDraft) -> str:
    return statutory_list(draft.list_id).label.in_language(get_language() or "")
