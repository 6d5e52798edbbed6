"""How forms are drawn: label, help, fault, control, in that order (design direction, section 7).

Set `FORM_RENDERER = "naung.ui.forms.Renderer"`, then `{{ form }}` and `{{ form.name.as_field_group }}`
give the markup of the component sheet.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws forms and fields from `ui/forms/`; widgets keep Django's own templates."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"


class DayInput(forms.DateInput):
    """A day, chosen with the picker of the device."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # The value of <input type=date> is always ISO, whatever the language of the page.
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MonthInput(forms.DateInput):
    """A month, as its first day."""

    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m")


class MonthField(forms.DateField):
    """A month typed as 2026-03, given back as the first day of it."""

    widget = MonthInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **options)


class NIKInput(forms.TextInput):
    """Sixteen digits on a number keyboard; never a number field, which would lose digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        given = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": "24",
            "class": "num",
            "spellcheck": "false",
        }
        super().__init__(attrs={**given, **(attrs or {})})


class RupiahInput(forms.TextInput):
    """Whole rupiah, with or without dots between thousands."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        given = {"inputmode": "numeric", "autocomplete": "off", "class": "num"}
        super().__init__(attrs={**given, **(attrs or {})})


class RupiahField(forms.Field):
    """An amount of whole rupiah as people type it: `Rp1.008.000.000`, `1008000000`, `1.008.000,00`."""

    widget = RupiahInput
    default_error_messages = {
        "invalid": "Jumlah harus rupiah utuh, misalnya 1.008.000.",
        "min_value": "Jumlah paling sedikit Rp1.",
    }

    def __init__(self, *, min_value: int = 1, **options: Any) -> None:
        super().__init__(**options)
        self.min_value = min_value

    def to_python(self, value: Any) -> int | None:
        """Raises ValidationError for anything but whole rupiah; cents must be zero."""
        if value in self.empty_values:
            return None
        text = "".join(str(value).split()).removeprefix("Rp").removeprefix(".").removesuffix(",-").removesuffix(",00")
        groups = text.split(".")
        plain = groups[0].isdecimal() and all(len(part) == 3 and part.isdecimal() for part in groups[1:])
        if not plain or not text.isascii():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        amount = int("".join(groups))
        if amount < self.min_value:
            raise forms.ValidationError(self.error_messages["min_value"], code="min_value")
        return amount


class LastDayField(forms.DateField):
    """The last day of a term, as papers say it; inside, terms are half-open and the day after is kept."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        return day + timedelta(days=1) if day is not None else None

    def prepare_value(self, value: Any) -> Any:
        return value - timedelta(days=1) if isinstance(value, date) else value


class LinesField(forms.CharField):
    """Several things, one on each line; blank lines and the marks people put before them are dropped."""

    def __init__(self, *, rows: int = 4, longest: int = 400, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=12_000, **options)
        self.longest = longest

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value) or ""
        lines = (line.strip().lstrip("-•*").strip() for line in text.splitlines())
        return [line[: self.longest] for line in lines if line]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value
