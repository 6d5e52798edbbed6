"""Fields, their faults in our own words, and the summary of all faults."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag
def field_control(field: BoundField) -> SafeString:
    """The control of a field with the class its kind needs; Django adds aria-describedby and aria-invalid."""
    kind = getattr(field.field.widget, "input_type", "") or field.field.widget.__class__.__name__.lower()
    css = {"select": "form-select", "checkbox": "form-check-input", "radio": "form-check-input"}.get(
        kind, "form-control"
    )
    own = field.field.widget.attrs.get("class", "")
    if field.errors and css != "form-check-input":
        css += " is-err"
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


@register.filter
def plain_errors(field: BoundField) -> list[str]:
    """The faults of a field in our own pattern: an empty one says what to fill in, by its name."""
    words = []
    for fault in field.errors.as_data():
        empty = fault.code == "required"
        words.extend([_fill_in(field)] if empty else [str(message) for message in fault.messages])
    return words


def _fill_in(field: BoundField) -> str:
    kind = getattr(field.field.widget, "input_type", "")
    label = str(field.label)
    if label[:2] != label[:2].upper():  # NIK and SP2D keep their capitals
        label = label[:1].lower() + label[1:]
    if kind == "checkbox" and control_kind(field) == "checkbox":
        return gettext("Centang bila benar: %(label)s") % {"label": label}
    if kind in {"select", "radio", "checkbox", "file"}:
        return gettext("Pilih %(label)s") % {"label": label}
    return gettext("Isi %(label)s") % {"label": label}


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: "group" (radio buttons, several boxes), "checkbox", or "plain"."""
    widget = field.field.widget
    if getattr(widget, "allow_multiple_selected", False) and getattr(widget, "input_type", "") == "checkbox":
        return "group"
    return {"radio": "group", "checkbox": "checkbox"}.get(getattr(widget, "input_type", ""), "plain")


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All faults of a form at its head, each a link to its field; takes the focus when the page opens."""
    faults = [
        {"target": field.id_for_label or field.auto_id or field.html_name, "text": text}
        for field in form
        for text in plain_errors(field)
    ]
    general = list(form.non_field_errors())
    return {"faults": faults, "general": general, "count": len(faults) + len(general)}
