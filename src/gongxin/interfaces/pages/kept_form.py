"""What was typed into a form survives a session that ended, and a sign-in in another window.

The fields are sealed for the person to whom the form was shown, with the moment. They travel in the
sign-in page, then for one step in the new session, and are opened only for that person, soon, and at
the address they were sent to. Nothing is done with them but to show them again. A file cannot be kept.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongxin.interfaces import clock
from gongxin.interfaces.pages import errors
from gongxin.interfaces.permissions import user_of
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import open_text, seal_text

WHO, KEPT = "shown-to", "kept-form"
LASTS = timedelta(hours=1)
_SALT, _TAKEN = "gongxin.kept-form", "typed_before_the_session_ended"
_NOT_KEPT = frozenset({WHO, KEPT, "csrfmiddlewaretoken"})
SIGN_IN_FIRST = 403


def shown_to(request: HttpRequest) -> str:
    """Return, signed, to whom a form is shown; it travels in the form."""
    user = user_of(request)
    return "" if user is None else signing.Signer(salt=_SALT).sign(str(user.pk))


def signed_out(request: HttpRequest) -> HttpResponseBase | None:
    """Return the sign-in page that carries what was typed, for a form whose sender's session has ended."""
    kept = _sealed(request)
    if kept is None:
        return None
    context = {"form": AuthenticationForm(request), "next": request.get_full_path(), "kept": kept}
    place = "my" if request.path.startswith(reverse("my:file")) else "desk"
    return render(request, f"{place}/sign_in.html", context, status=SIGN_IN_FIRST)


def ended_meanwhile(request: HttpRequest) -> bool:
    """Return whether the session ended, perhaps in another window, while the request was still arriving.

    If it did, the request is nobody's from here on.
    """
    key = request.session.session_key
    if key is None or request.session.exists(key):
        return False
    logout(request)
    return True


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form that is older than the present sign-in: shown again as filled in, not acted upon.

    Named in settings.
    """
    view = request.resolver_match.func if request.resolver_match else None
    kept = _sealed(request) if getattr(view, "signed_out", None) is not None else None
    if kept is None:
        return errors.csrf_refused(request, reason)
    if user_of(request) is None:
        return signed_out(request) or errors.csrf_refused(request, reason)
    request.session[KEPT] = kept
    return redirect(request.get_full_path())


def carry_over(request: HttpRequest) -> None:
    """Put what the sign-in page carried into the new session, for the page to which it leads."""
    kept = request.POST.get(KEPT, "")
    if kept:
        request.session[KEPT] = kept


def waits_at(request: HttpRequest) -> str:
    """Return the address of the form that waits to be shown again, or nothing."""
    user, kept = user_of(request), request.session.get(KEPT, "")
    content = _opened(kept, str(user.pk)) if kept and user is not None else None
    return content["path"] if content is not None else ""


def taken(request: HttpRequest) -> QueryDict | None:
    """Return what was typed at this address before the session ended; None if there is nothing.

    It is shown once, however often the page asks for it while it is made.
    """
    if not hasattr(request, _TAKEN):
        setattr(request, _TAKEN, _taken(request))
    found: QueryDict | None = getattr(request, _TAKEN)
    return found


def _taken(request: HttpRequest) -> QueryDict | None:
    user, kept = user_of(request), request.session.get(KEPT, "")
    if request.method != "GET" or not kept or user is None:
        return None
    content = _opened(kept, str(user.pk))
    if content is not None and content["path"] != request.get_full_path():
        return None  # it waits for its own page
    del request.session[KEPT]
    if content is None:
        messages.warning(
            request,
            _(
                "What was typed before could not be brought back:"
                " it was another person's, or is older than an hour."
            ),
        )
        return None
    messages.warning(
        request,
        _("Your session had ended. What you had filled in is here again; nothing has been done with it yet."),
    )
    return QueryDict(content["fields"])


def _sealed(request: HttpRequest) -> str | None:
    try:
        who = signing.Signer(salt=_SALT).unsign(request.POST.get(WHO, ""))
    except signing.BadSignature:
        return None
    fields = request.POST.copy()
    for name in _NOT_KEPT & fields.keys():
        del fields[name]
    content = {
        "path": request.get_full_path(),
        "fields": fields.urlencode(),
        "at": clock.now().isoformat(),
    }
    sealed = seal_text(home(), json.dumps(content), bound_to=_bound(who))
    return urlsafe_b64encode(sealed).decode()


def _opened(kept: str, who: str) -> Mapping[str, str] | None:
    """Return the content if it was sealed for this person not long ago."""
    try:
        text = open_text(home(), urlsafe_b64decode(kept.encode()), bound_to=_bound(who))
    except (InvalidTag, ValueError):
        return None
    content: Mapping[str, str] = json.loads(text)
    age = clock.now() - datetime.fromisoformat(content["at"])
    return content if age <= LASTS else None


def _bound(who: str) -> str:
    return f"form of {who}"
