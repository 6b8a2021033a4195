"""One's own record at the desk: propose to withdraw or correct it, or suspend what shows of it at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongxin.core.cases.kinds import causes_to_suspend
from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Audience
from gongxin.core.ledger import Kind as KindOfVersion
from gongxin.engine.one_record import Fault
from gongxin.flows.correct import FieldsAtFault
from gongxin.flows.extend_publication import Filed, NothingToExtend, propose_extension
from gongxin.flows.open_case import AlreadyOpen, NotAbout
from gongxin.flows.publish import NoBasisInForce
from gongxin.flows.source_change import Proposal, propose_correction, propose_withdrawal
from gongxin.flows.suspended import NotShowing, suspend
from gongxin.interfaces import clock
from gongxin.interfaces.desk.days import refuse_far_day
from gongxin.interfaces.desk.extension_form import ExtensionForm
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.record_inputs import inputs_of, posted_values
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.case_refusals import REFUSALS, refusals_in_words
from gongxin.interfaces.pages.case_words import in_language
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.interfaces.parties import who_of
from gongxin.interfaces.permissions import agency_bound, allowed, permit, requires, user_of
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.cases.models import Case
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ids import fresh_id
from gongxin.registry.publication.queries import RecordView, record

UNFIT = 422
NOT_TO_EXTEND = gettext_lazy(
    "Only what shows is extended: to a day after its end, and at most five years after its decision."
)
LONGEST_REASON, LONGEST_BASIS = 4000, 300


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_REASON, validators=[refuse_personal_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ProposalForm(forms.Form):
    """Why a record is to be withdrawn or corrected, and what kind of error it was."""

    change = forms.ChoiceField(
        label=gettext_lazy("What kind of error it was"),
        choices=[
            (KindOfVersion.SUBSTANTIVE.value, gettext_lazy("of substance")),
            (KindOfVersion.CLERICAL.value, gettext_lazy("a slip of the pen")),
        ],
        widget=forms.RadioSelect,
    )
    reason = _reason()
    basis = forms.CharField(
        label=gettext_lazy("Basis, if another than the regulation's"),
        required=False,
        max_length=LONGEST_BASIS,
    )


class WithdrawalForm(ProposalForm):
    revoked_on = forms.DateField(
        label=gettext_lazy("Day the decision was revoked, if it was"),
        required=False,
        validators=[refuse_far_day],
        widget=forms.DateInput(attrs={"placeholder": "2026-11-20"}),
    )


class SuspensionForm(forms.Form):
    cause = forms.ChoiceField(label=gettext_lazy("Why at once"), widget=forms.RadioSelect)
    reason = _reason()
    password = forms.CharField(
        label=gettext_lazy("Your password, once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: QueryDict | None, *, request: HttpRequest, **named: Any) -> None:
        super().__init__(data, **named)
        self._request = request
        causes = [(cause, in_language(label)) for cause, label in causes_to_suspend().items()]
        self.fields["cause"].choices = causes  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        """Ask the password again: a session left open must not hide what a body has published."""
        user = user_of(self._request)
        given = self.cleaned_data["password"]
        if user is None or authenticate(self._request, username=user.username, password=given) is None:
            raise forms.ValidationError(_("This is not your password."))
        return ""


@dataclass(slots=True)
class Sheet:
    """The page: the record, its four forms, and what is wrong with the corrected fields."""

    view: RecordView
    information_class: InformationClass | None
    form_id: UUID
    withdraw: WithdrawalForm
    correct: ProposalForm
    suspend: SuspensionForm
    extend: ExtensionForm
    values: dict[str, str]
    faults: list[Fault]

    @property
    def forms(self) -> dict[str, forms.Form]:
        return {
            "withdraw": self.withdraw,
            "correct": self.correct,
            "suspend": self.suspend,
            "extend": self.extend,
        }


@requires("publication.suspend", signed_out=kept_form.signed_out)
def change(request: HttpRequest, subject_id: UUID, record_id: UUID) -> HttpResponse:
    """Show what the body may do with its record; propose it, or suspend it at once."""
    view = _in_reach(request, subject_id, record_id)
    sheet = _sheet(request, view)
    if request.method != "POST":
        return _page(request, sheet)
    act = request.POST.get("act", "")
    if act not in sheet.forms:
        raise BadRequest("act")
    form = sheet.forms[act]
    if not form.is_valid():
        return _page(request, sheet, status=UNFIT)
    try:
        case = _ACTS[act](request, sheet)
    except AlreadyOpen as other:
        messages.info(request, _("This is asked already; here is where it stands."))
        return redirect("desk:case", other.case_id)
    except NothingToExtend:
        words = _(
            "Only what shows is extended: to a day after its end, and at most five years after its decision."
        )
        form.add_error("until", words)
    except (NotShowing, NotAbout, NoBasisInForce):
        form.add_error(None, _("This cannot be done with the record as it stands."))
    except REFUSALS as refused:
        _show(sheet, form, refused)
    else:
        messages.success(request, _("Done. Everybody concerned is told; a second person now looks at it."))
        return redirect("desk:case", case.id)
    return _page(request, sheet, status=UNFIT)


def _in_reach(request: HttpRequest, subject_id: UUID, record_id: UUID) -> RecordView:
    """Return a record whose body is one's own, or any for the centre. Raises Http404."""
    own = agency_bound(request, action="publication.suspend")
    view = record(subject_id, record_id, audience=Audience.AUDITOR, at=clock.now())
    if view is None or (own is not None and view.agency_id not in agencies_under(own)):
        raise Http404
    return view


def _sheet(request: HttpRequest, view: RecordView) -> Sheet:
    act = request.POST.get("act", "")
    data = {name: request.POST if act == name else None for name in _ACTS}
    known = classes_by_id(on=clock.today()).get(view.class_id)
    posted = posted_values(request.POST, known) if act == "correct" and known else {}
    return Sheet(
        view=view,
        information_class=known,
        form_id=_form_id(request),
        withdraw=WithdrawalForm(data["withdraw"], prefix="withdraw"),
        correct=ProposalForm(data["correct"], prefix="correct"),
        suspend=SuspensionForm(data["suspend"], request=request, prefix="suspend"),
        extend=ExtensionForm(data["extend"], prefix="extend"),
        values={**view.fields, **posted},
        faults=[],
    )


def _form_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST["form"]) if "form" in request.POST else fresh_id(at=clock.now())
    except ValueError as none:
        raise BadRequest("form") from none


def _propose(propose: Callable[..., Case], request: HttpRequest, sheet: Sheet, *, form: ProposalForm) -> Case:
    permit(request, action="change.propose")
    told = form.cleaned_data
    known = sheet.information_class
    if form is sheet.correct and known is None:
        raise NoBasisInForce(sheet.view.class_id)
    fields = posted_values(request.POST, known) if form is sheet.correct and known else {}
    asked = Proposal(
        sheet.view.subject_id,
        sheet.view.record_id,
        KindOfVersion(told["change"]),
        told["reason"],
        told["basis"],
        fields,
        told.get("revoked_on"),
    )
    return propose(asked, form_id=sheet.form_id, who=who_of(request), at=clock.now())


def _withdraw(request: HttpRequest, sheet: Sheet) -> Case:
    return _propose(propose_withdrawal, request, sheet, form=sheet.withdraw)


def _correct(request: HttpRequest, sheet: Sheet) -> Case:
    return _propose(propose_correction, request, sheet, form=sheet.correct)


def _suspend(request: HttpRequest, sheet: Sheet) -> Case:
    told = sheet.suspend.cleaned_data
    return suspend(
        subject_id=sheet.view.subject_id, record_id=sheet.view.record_id, cause=told["cause"],
        reason=told["reason"], form_id=sheet.form_id, who=who_of(request), at=clock.now(),
    )  # fmt: skip


def _extend(request: HttpRequest, sheet: Sheet) -> Case:
    permit(request, action="change.propose")
    filed = Filed(
        sheet.view.subject_id,
        sheet.view.record_id,
        sheet.extend.extension,
        sheet.extend.cleaned_data["reason"],
    )
    return propose_extension(filed, form_id=sheet.form_id, who=who_of(request), at=clock.now())


_ACTS: dict[str, Callable[[HttpRequest, Sheet], Case]] = {
    "withdraw": _withdraw, "correct": _correct, "suspend": _suspend, "extend": _extend,
}  # fmt: skip


def _show(sheet: Sheet, form: forms.Form, refused: Exception) -> None:
    """Put what is wrong beside the field it is about."""
    if isinstance(refused, FieldsAtFault):
        sheet.faults = refused.faults
        return
    for one in refusals_in_words(refused):
        name = "revoked_on" if one.field == "decided_on" else one.field
        form.add_error(name if name in form.fields else None, one.words)


def _page(request: HttpRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    known = sheet.information_class
    may_propose = allowed(request, action="change.propose")
    return desk_page(
        request,
        "desk/change.html",
        {
            "section": "find",
            "sheet": sheet,
            "may_propose": may_propose,
            "may_extend": may_propose and sheet.view.adverse and sheet.view.publish_until is not None,
            "groups": inputs_of(known, sheet.values, faults=sheet.faults) if known and may_propose else [],
            "wrong": next((form for form in sheet.forms.values() if form.errors), None),
        },
        status=status,
    )
