"""Forms of the subject's own place: what was typed is shown again, but nobody's number."""

from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, QueryDict

from gongxin.core.leaks import mask_personal_numbers
from gongxin.interfaces.pages.kept_form import taken


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


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what was typed at this address before the session ended, starred; None if nothing was."""
    kept = taken(request)
    return None if kept is None else masked(kept)


def shown_again(request: HttpRequest) -> dict[str, str]:
    """Return the same by its fields, for a form to begin with."""
    kept = typed_before(request)
    return {} if kept is None else {name: str(kept[name]) for name in kept}


def form_id_of(typed: QueryDict) -> UUID:
    """Return the number a form was shown with: sent twice, it is one case."""
    try:
        return UUID(typed.get("form_id", ""))
    except ValueError:
        return uuid4()
