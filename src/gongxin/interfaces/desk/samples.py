"""Samples of organisations to inspect: drawn by evaluation, looked at, printed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.draws import LONGEST_SEED, LargerThanAll, NothingToDraw
from gongxin.core.evaluation import schemes
from gongxin.flows.draw_sample import NotEvaluated, OfAnotherSector, draw_sample, schemes_of
from gongxin.interfaces import clock
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.permissions import actor_of, agency_bound, allowed, permit, requires
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import UnknownAgency, agencies_under, agency_named
from gongxin.registry.subjects.queries import profiles
from gongxin.registry.supervision.models import Draw
from gongxin.registry.supervision.queries import draws, grades_in

SHOWN, LARGEST = 100, 5_000


class DrawForm(forms.Form):
    scheme = forms.ChoiceField(label=gettext_lazy("Evaluation scheme"))
    size = forms.IntegerField(label=gettext_lazy("How many to draw"), min_value=1, max_value=LARGEST)
    seed = forms.CharField(label=gettext_lazy("Seed"), max_length=LONGEST_SEED)
    agency = forms.CharField(
        label=gettext_lazy("Unified code of the body that inspects"), max_length=18, required=False
    )
    with_unrated = forms.BooleanField(label=gettext_lazy("Draw those without a grade too"), required=False)

    def __init__(self, *args: object, own: Agency | None, **named: object) -> None:
        """Offer a body the schemes of its sector; the centre all of them, for whichever body it names."""
        super().__init__(*args, **named)  # type: ignore[arg-type]  # passed on as they came
        field = self.fields["scheme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared above)
        language, offered = get_language() or "", schemes_of(own) if own else schemes().values()
        field.choices = [(one.id, one.label.in_language(language)) for one in offered]
        if own is not None:
            del self.fields["agency"]

    def clean_agency(self) -> Agency | None:
        code = self.cleaned_data["agency"].strip()
        try:
            return agency_named(code) if code else None
        except UnknownAgency as unknown:
            raise forms.ValidationError(_("No agency has this unified code.")) from unknown


@requires("sample.read", signed_out=kept_form.signed_out)
def samples(request: HttpRequest) -> HttpResponse:
    """List the draws made for one's own body; draw another one."""
    typed, own = kept_form.taken(request), _own(request)
    form = DrawForm(
        request.POST if request.method == "POST" else None, initial=typed.dict() if typed else {}, own=own
    )
    if request.method == "POST":
        permit(request, action="sample.draw")
        made = _drawn(request, form, own)
        if made is not None:
            messages.success(request, _("Drawn, and kept as it was drawn."))
            return redirect("desk:sample", made.id)
    context = {
        "section": "samples",
        "form": form,
        "draws": [(one, schemes()[one.evaluation.scheme].label) for one in _in_reach(request)[:SHOWN]],
        "may_draw": allowed(request, action="sample.draw") and (own is None or bool(schemes_of(own))),
    }
    return desk_page(request, "desk/samples.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest) -> Agency | None:
    """Return the body for which alone one draws here; None for the centre."""
    bound = agency_bound(request, action="sample.read")
    return None if bound is None else Agency.objects.get(id=bound)


def _in_reach(request: HttpRequest) -> QuerySet[Draw]:
    own = agency_bound(request, action="sample.read")
    return draws(None if own is None else agencies_under(own))


def _drawn(request: HttpRequest, form: DrawForm, own: Agency | None) -> Draw | None:
    if not form.is_valid():
        return None
    said = form.cleaned_data
    try:
        return draw_sample(
            scheme_id=said["scheme"], size=said["size"], seed=said["seed"],
            with_unrated=said["with_unrated"], agency=own or said["agency"], actor=actor_of(request),
            at=clock.now(),
        )  # fmt: skip
    except OfAnotherSector:
        form.add_error("agency", _("This scheme is not one of that body's sector."))
    except NotEvaluated:
        form.add_error("scheme", _("Nothing was evaluated by this scheme yet."))
    except LargerThanAll as larger:
        words = _("There are only %(number)d organisations to draw from.") % {"number": larger.population}
        form.add_error("size", words)
    except NothingToDraw:
        form.add_error("seed", _("A seed of 1 to 64 characters is needed."))
    return None


@requires("sample.read")
def sample(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Show one draw as it was made, to be printed: who was drawn, and how anyone draws it again."""
    found = _in_reach(request).filter(id=draw_id).first()
    if found is None:
        raise Http404
    scheme = schemes()[found.evaluation.scheme]
    ids = [UUID(one) for one in found.drawn]
    known, grades = profiles(set(ids), at=found.at), grades_in(found.evaluation, ids)
    context = {
        "section": "samples",
        "draw": found,
        "scheme": scheme.label,
        "weights": [
            (scheme.grades[grade].label if grade else None, weight) for grade, weight in found.weights.items()
        ],
        "lines": [(known[one], scheme.grades[grades[one]].label if one in grades else None) for one in ids],
    }
    return desk_page(request, "desk/sample.html", context)
