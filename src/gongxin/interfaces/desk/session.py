"""Signing in and out. Ten wrong passwords lock an account's address out for a quarter of an hour (axes)."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongxin.core.leaks import mask_personal_numbers
from gongxin.flows.sessions import note_signed_in, note_signed_out
from gongxin.interfaces import clock
from gongxin.interfaces.pages.kept_form import KEPT, carry_over
from gongxin.interfaces.permissions import actor_of, allowed, requires, user_of

LOCKED_OUT = 429


class _SignIn(LoginView):
    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Lead whoever acts for a subject, and came in by this door, to their own place."""
        return reverse("my:file") if allowed(self.request, action="my.open") else reverse("desk:home")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if user_of(request) is not None:  # signed in meanwhile, in another window
            carry_over(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"kept": self.request.POST.get(KEPT, "")}

    def form_valid(self, form: AuthenticationForm) -> HttpResponseRedirect:
        response = super().form_valid(form)
        carry_over(self.request)
        note_signed_in(actor=actor_of(self.request), at=clock.now())
        return HttpResponseRedirect(response["Location"])


sign_in = requires("session.open")(_SignIn.as_view())


@requires("session.close")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    note_signed_out(actor=actor_of(request), at=clock.now())
    logout(request)
    return redirect("desk:sign-in")


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for an account locked after too many wrong passwords. Named in settings."""
    carried = {"kept": request.POST.get(KEPT, ""), "next": request.POST.get("next", "")}
    template = "desk" if request.path == reverse("desk:sign-in") else "my"
    return render(request, f"{template}/locked_out.html", carried, status=LOCKED_OUT)


def name_as_counted(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """Return the name under which wrong passwords are counted. Named in settings."""
    typed = (credentials or request.POST).get("username") or ""
    return mask_personal_numbers(typed)
