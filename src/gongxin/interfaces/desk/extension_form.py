"""What a source files when duties were not performed: until when its record shows longer, by which rule."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from gongxin.core.clocks import Extension
from gongxin.core.sources import sources
from gongxin.interfaces.pages.case_words import in_language
from gongxin.interfaces.pages.free_text import refuse_personal_number
from gongxin.registry.catalogue.queries import confirmed_sources

LONGEST_RULE, LONGEST_REASON = 60, 4000


class ExtensionForm(forms.Form):
    """The day, the rule of the sector and the instrument it stands in, and which duties are not performed."""

    until = forms.DateField(
        label=gettext_lazy("First day on which it shows no more"),
        widget=forms.DateInput(attrs={"placeholder": "2028-11-20"}),
    )
    source = forms.ChoiceField(label=gettext_lazy("Instrument of your sector"))
    rule = forms.CharField(label=gettext_lazy("Its article"), max_length=LONGEST_RULE)
    reason = forms.CharField(
        label=gettext_lazy("Which duties are not performed"),
        max_length=LONGEST_REASON,
        validators=[refuse_personal_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None, **named: Any) -> None:
        super().__init__(data, **named)
        confirmed = confirmed_sources()
        read = [one for one in sources().values() if one.confidence == "V" or one.key in confirmed]
        self.fields["source"].choices = [(one.key, in_language(one.title)) for one in read]  # type: ignore[attr-defined]

    @property
    def extension(self) -> Extension:
        told = self.cleaned_data
        return Extension(told["until"], told["rule"], told["source"])
