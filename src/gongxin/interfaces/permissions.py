"""Every route names the action it needs; here it is asked whether whoever sends the request may do it.

The table is `core.policy`. A guard test walks all addresses and fails for a view without an action.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast
from urllib.parse import unquote_plus
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.leaks import holds_personal_number
from gongxin.core.looks import Looker
from gongxin.core.policy import ONLY_IN_ONES_OWN_RIGHT, NotPermitted, Role, Scope, may, scope_of
from gongxin.interfaces import clock
from gongxin.registry.accounts.models import NATIONAL_SITE, USAGE_TRACKER, Agency, ApiKey, User
from gongxin.registry.accounts.queries import successor_of
from gongxin.registry.accounts.rota import absent_colleagues

KEYS = {USAGE_TRACKER: Role.TRACKER_KEY, NATIONAL_SITE: Role.SITE_KEY}
P = ParamSpec("P")
R = TypeVar("R")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class GuardedView(Protocol[P]):
    """A view that has named its action."""

    action: str

    def __call__(self, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase: ...


def requires(
    action: str, *, signed_out: Callable[[HttpRequest], HttpResponseBase | None] | None = None
) -> Callable[[View[P]], GuardedView[P]]:
    """Let a view answer only those who may do `action`; a stranger is sent to sign in.

    `signed_out` may answer instead where a form comes in whose sender's session has ended.
    Raises KeyError, when the address table is read, for an action `core.policy` does not name.
    """
    open_to_all = scope_of(role=Role.PUBLIC, action=action) is not None

    def guard(view: View[P]) -> GuardedView[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(role=_take_role(request, action=action), action=action):
                role = role_of(request)
                kept = signed_out(request) if signed_out is not None and role is Role.PUBLIC else None
                return kept or _turn_away(request, role)
            response = view(request, *args, **kwargs)
            if not open_to_all:
                # What only some may see is kept by no cache, on the way or in the browser.
                add_never_cache_headers(response)
            return response

        guarded.action = action  # type: ignore[attr-defined]
        guarded.signed_out = signed_out  # type: ignore[attr-defined]
        return cast(GuardedView[P], guarded)

    return guard


def names_action(
    action: str,
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Let an API's operation answer only those who may do `action`; it says no in its own way.

    Raises PermissionDenied, which the API turns into its own words.
    """
    scope_of(role=Role.PUBLIC, action=action)

    def guard(
        operation: Callable[Concatenate[HttpRequest, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(operation)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            permit(request, action=action)
            return operation(request, *args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return guard


def role_of(request: HttpRequest) -> Role:
    """Return in which role the request comes: a key, a signed-in user, or anyone."""
    key = key_of(request)
    if key is not None:
        return KEYS.get(key.purpose, Role.AGENCY_KEY)
    user = user_of(request)
    return Role.PUBLIC if user is None else Role(user.role)


def user_of(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) and user.is_active else None


def key_of(request: HttpRequest) -> ApiKey | None:
    """Return the agency's key the API has checked, if the request came with one."""
    key = getattr(request, "auth", None)
    return key if isinstance(key, ApiKey) else None


def agency_of(request: HttpRequest) -> UUID | None:
    """Return the agency for which the request acts; None for the centre and for strangers.

    Whoever belongs to a body that was renamed or merged acts for its successor.
    """
    agency = named_agency(request)
    return None if agency is None else successor_of(agency).id


def named_agency(request: HttpRequest) -> Agency | None:
    """Return the agency to which the key or the account was given, whoever acts for it today."""
    key, user = key_of(request), user_of(request)
    if key is not None:
        return key.agency
    return None if user is None else user.agency


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts, as the audit names it: by id, never by a person's name."""
    key, user = key_of(request), user_of(request)
    if key is not None:
        return Actor(ActorKind.KEY, str(key.pk))
    if user is None:
        raise NotPermitted("nobody is signed in")
    return Actor(ActorKind.USER, str(user.pk), on_behalf_of=getattr(request, "acts_for", ""))


def looker_of(request: HttpRequest) -> Looker:
    """Return who looks, for which body and in which role, as the one looked at may be told."""
    return Looker(actor_of(request), agency_of(request), role_of(request).value)


def agency_bound(request: HttpRequest, *, action: str) -> UUID | None:
    """Return the one agency to whose objects `action` is bound here; None where it reaches all.

    Raises PermissionDenied for someone bound to an agency who has none: the account is incomplete.
    """
    permit(request, action=action)
    if reaches_all(request, action=action):
        return None
    agency = agency_of(request)
    if agency is None:
        raise PermissionDenied(_("Your account belongs to no agency. Ask the administrator to add one."))
    return agency


def reaches_all(request: HttpRequest, *, action: str) -> bool:
    """Return whether `action` reaches every body's objects here, and not those of one's own office alone."""
    return scope_of(role=_take_role(request, action=action), action=action) in {Scope.ALL, Scope.PUBLIC}


def permit(request: HttpRequest, *, action: str) -> None:
    """Raise PermissionDenied, with words, unless the request's role may do `action`."""
    if not may(role=_take_role(request, action=action), action=action):
        raise PermissionDenied(_("Your account does not include this. Ask the credit centre if you need it."))


def allowed(request: HttpRequest, *, action: str) -> bool:
    """Return whether to offer `action` on a page at all."""
    return may(role=_role_for(request, action=action)[0], action=action)


def _take_role(request: HttpRequest, *, action: str) -> Role:
    """Return the role in which `action` is done, and remember for whom, so that the audit can say so."""
    role, absent = _role_for(request, action=action)
    if absent is not None:
        request.acts_for = str(absent.pk)  # type: ignore[attr-defined]
    return role


def _role_for(request: HttpRequest, *, action: str) -> tuple[Role, User | None]:
    """Return one's own role, or where it does not reach that of a colleague one stands in for today."""
    own = role_of(request)
    if may(role=own, action=action) or action in ONLY_IN_ONES_OWN_RIGHT:
        return own, None
    for absent in _absent_colleagues(request):
        if may(role=Role(absent.role), action=action):
            return Role(absent.role), absent
    return own, None


def _absent_colleagues(request: HttpRequest) -> Sequence[User]:
    """Return those for whom the signed-in user stands in today; asked of the database once a request."""
    known: Sequence[User] | None = getattr(request, "absent_colleagues", None)
    if known is None:
        user = None if key_of(request) else user_of(request)
        known = absent_colleagues(user, on=clock.today()) if user else ()
        request.absent_colleagues = known  # type: ignore[attr-defined]
    return known


def _turn_away(request: HttpRequest, role: Role) -> HttpResponseBase:
    if role is Role.PUBLIC:
        if request.headers.get("HX-Request") == "true":
            # The session ended while a page was asking for news: the page goes, not a piece of it.
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return redirect_to_login(address_to_go_on_to(request))
    raise PermissionDenied(_("Your account does not include this. Ask the credit centre if you need it."))


def address_to_go_on_to(request: HttpRequest) -> str:
    """Return where a stranger wanted to go, or nothing where the address holds a person's number."""
    wanted = request.get_full_path() if request.method == "GET" else ""
    return "" if holds_personal_number(unquote_plus(wanted)) else wanted
