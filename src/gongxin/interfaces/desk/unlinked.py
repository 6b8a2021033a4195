"""A row that waits: an officer finds its subject by code, or compares it with the record in its way."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongxin.core.ledger import content_fields
from gongxin.flows.link import AnotherKind, CodesContradict, NotOpen, dismiss_row, link_row
from gongxin.flows.looks import note_look
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.in_the_way import in_the_way
from gongxin.interfaces.desk.labelled import labelled_fields
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, allowed, looker_of, permit, requires
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.subjects.doubt_queue import case_of_row
from gongxin.registry.subjects.queries import Profile, bearer_of_code, profile, subject_of_code


@requires("unlinked.read", signed_out=kept_form.signed_out)
def unlinked_row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Show one such row beside what stands; the officer links it by a code, or dismisses it."""
    row = UnlinkedRow.objects.select_related("submission__agency").filter(id=row_id).first()
    if row is None:
        raise Http404
    form, standing = ground_form(request), in_the_way(row, at=clock.now())
    code = request.POST.get("code") or request.GET.get("code", "")
    found = standing.subject if standing else _subject(code)
    if request.method == "POST":
        permit(request, action="unlinked.decide")
        if form.is_valid() and _decide_row(request, row, found, form.cleaned_data["ground"]):
            return redirect("desk:unlinked")
    elif standing is not None:
        # Whoever opens a file that is not public is written down; its subject may see it.
        subject_id = standing.subject.subject_id
        note_look(looker=looker_of(request), subject_id=subject_id, purpose="unlinked.read", at=clock.now())
    context = {
        "section": "unlinked",
        "row": row,
        "fields": labelled_fields(
            class_id=row.class_id, fields=content_fields(row.content), on=row.submission.on
        ),
        "form": form,
        "code": code,
        "found": found,
        "standing": standing,
        "case": case_of_row(row.id),
        "may_read_history": allowed(request, action="record.read-history"),
        "may_decide": row.state == "open" and allowed(request, action="unlinked.decide"),
    }
    return desk_page(request, "desk/unlinked_row.html", context, status=422 if form.errors else 200)


def _decide_row(request: HttpRequest, row: UnlinkedRow, found: Profile | None, ground: str) -> bool:
    """Link to the subject found or dismiss, as the pressed button says; return whether it was done."""
    try:
        if request.POST.get("act") == "link":
            if found is None:
                messages.error(request, _("Find the subject by its code first."))
                return False
            at = clock.now()
            # To whom the code belongs, and not who answers for it by a merge that may be undone.
            subject_id = bearer_of_code(request.POST.get("code", ""), at=at) or found.subject_id
            link_row(row=row, subject_id=subject_id, ground=ground, actor=actor_of(request), at=at)
            messages.success(request, _("Linked and posted."))
        else:
            dismiss_row(row=row, ground=ground, actor=actor_of(request), at=clock.now())
            messages.success(request, _("Dismissed. The sender sees the ground."))
    except AnotherKind:
        messages.error(request, _("This class is not about subjects of that kind."))
        return False
    except CodesContradict:
        messages.error(
            request, _("Not done: valid codes say that these are two organisations, whatever the names.")
        )
        return False
    except NotOpen:
        messages.error(request, _("Someone has decided this already."))
    return True


def _subject(code: str) -> Profile | None:
    if not code.strip():
        return None
    found = subject_of_code(code, at=clock.now())
    return None if found is None else profile(found, at=clock.now())
