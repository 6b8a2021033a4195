"""Forms of the subject's own place: what was typed is shown again, but nobody's number."""

from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, QueryDict

from gongxin.core.leaks import mask_personal_numbers


class OwnForm(forms.Form):
    """A form whose page never repeats a person's number: what is shown again is starred first."""

    def full_clean(self) -> None:
        super().full_clean()
        if isinstance(self.data, QueryDict):
            self.data = masked(self.data)


def masked(typed: QueryDict) -> QueryDict:
    """Return what was typed with a star for each character of a person's number."""
    shown = typed.copy()
    for name, values in typed.lists():
        shown.setlist(name, [mask_personal_numbers(value) for value in values])
    return shown


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with a form; None while it is only asked for."""
    return request.POST if request.method == "POST" else None


def form_id_of(typed: QueryDict) -> UUID:
    """Return the number a form was shown with: sent twice, it is one case."""
    try:
        return UUID(typed.get("form_id", ""))
    except ValueError:
        return uuid4()
