"""For whom a signed-in user acts: asked anew with every request, so that a revocation holds at the next.

The mandate chosen is kept in the session; what it reaches is asked of the database each time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from gongxin.core.actors import Actor
from gongxin.core.cases import Party, Who
from gongxin.interfaces import clock
from gongxin.interfaces.pages.kept_form import signed_out
from gongxin.interfaces.permissions import (
    GuardedView,
    actor_of,
    address_to_go_on_to,
    requires,
    user_of,
)
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.mandates.queries import mandates_of
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import Profile, profile

P = ParamSpec("P")
CHOSEN = "acts-under"
NOBODY = 403


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, under which mandate, for whom; `subject_ids` are all that are one with them now."""

    actor: Actor
    mandate: Mandate
    known: Profile
    subject_ids: Sequence[UUID]
    at: datetime
    has_choice: bool

    @property
    def subject_id(self) -> UUID:
        return self.known.subject_id

    @property
    def who(self) -> Who:
        """Return them as the one who asks in a case."""
        return Who(self.actor, Party.APPLICANT)


View = Callable[Concatenate[HttpRequest, Acting, P], HttpResponseBase]


def acting(action: str) -> Callable[[View[P]], GuardedView[P]]:
    """Let a view answer those who may do `action`, for the subject they act for at this moment."""

    def guard(view: View[P]) -> GuardedView[P]:
        @wraps(view)
        def acted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            found = _found(request)
            return view(request, found, *args, **kwargs) if isinstance(found, Acting) else found

        return requires(action, signed_out=to_sign_in)(acted)

    return guard


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send a stranger to sign in, and from there to where they wanted to go; a form they sent is kept."""
    return signed_out(request) or redirect_to_login(
        address_to_go_on_to(request), login_url=reverse("my:sign-in")
    )


def standing_mandates(request: HttpRequest) -> Sequence[Mandate]:
    """Return the mandates of who is signed in that stand at this moment."""
    user = user_of(request)
    return mandates_of(user.pk, at=clock.now()) if user else ()


def choose(request: HttpRequest, mandate: Mandate) -> None:
    request.session[CHOSEN] = mandate.id.hex


def _found(request: HttpRequest) -> Acting | HttpResponseBase:
    mandates = standing_mandates(request)
    if not mandates:
        return render(request, "my/nobody.html", status=NOBODY)
    chosen = request.session.get(CHOSEN, "")
    mandate = next((one for one in mandates if one.id.hex == chosen), None)
    if mandate is None and len(mandates) > 1:
        return redirect("my:choose")
    return _acting(request, mandate or mandates[0], has_choice=len(mandates) > 1)


def _acting(request: HttpRequest, mandate: Mandate, *, has_choice: bool) -> Acting:
    at = clock.now()
    known = profile(mandate.subject_id, at=at)
    if known is None:
        raise LookupError(f"mandate {mandate.id.hex} is of a subject that is not there")
    ids = subject_ids_of(mandate.subject_id, at=at)
    return Acting(actor_of(request), mandate, known, ids, at, has_choice)
