"""Signing in to the subject's own place, and choosing for whom to act.

The accounts are those of `registry.accounts`; wrong passwords are counted as at the desk (axes).
"""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongxin.flows.sessions import note_signed_in, note_signed_out
from gongxin.interfaces import clock
from gongxin.interfaces.pages.kept_form import KEPT, carry_over, waits_at
from gongxin.interfaces.permissions import actor_of, allowed, requires, user_of
from gongxin.interfaces.site.my.acting import choose, standing_mandates, to_sign_in
from gongxin.registry.subjects.queries import profiles


class _SignIn(LoginView):
    template_name = "my/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Lead staff who came in by this door to their desk."""
        return reverse("my:file" if allowed(self.request, action="my.open") else "desk:home")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if user_of(request) is not None:  # signed in meanwhile, in another window
            carry_over(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponseRedirect:
        response = super().form_valid(form)
        carry_over(self.request)
        note_signed_in(actor=actor_of(self.request), at=clock.now())
        return HttpResponseRedirect(response["Location"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        carried = {"section": "mine", "kept": self.request.POST.get(KEPT, "")}
        return super().get_context_data(**kwargs) | carried


sign_in = requires("session.open")(_SignIn.as_view())


@requires("session.close")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    note_signed_out(actor=actor_of(request), at=clock.now())
    logout(request)
    return redirect("my:sign-in")


@requires("my.open", signed_out=to_sign_in)
def choice(request: HttpRequest) -> HttpResponseBase:
    """Ask for whom to act, of those whose mandate stands; the choice holds until another is made."""
    mandates = standing_mandates(request)
    if not mandates:
        return redirect("my:file")  # which says that there is none
    if request.method == "POST":
        asked = request.POST.get("mandate", "")
        chosen = next((one for one in mandates if one.id.hex == asked), None)
        if chosen is None:
            raise Http404
        choose(request, chosen)
        return redirect(waits_at(request) or "my:file")
    known = profiles([one.subject_id for one in mandates], at=clock.now())
    offered = [(one, known[one.subject_id]) for one in mandates]
    return render(request, "my/choose.html", {"offered": offered, "noindex": True})
