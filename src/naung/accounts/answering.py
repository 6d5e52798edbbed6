"""How a view answers: pages with a form that was refused are 422, pages with people are kept by no cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from naung.refusal import Refusal

#: For every page that names a person: neither the browser nor anything between keeps it.
private = cache_control(private=True, no_store=True)


def page(request: HttpRequest, template: str, context: dict[str, Any], *, form: BaseForm | None = None) -> HttpResponse:
    """Render a page; `form` is the one this request handed in, or None where nothing was. Faults answer 422."""
    faulty = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, context, status=422 if faulty else 200)


def accepted(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do `act`; a rule that says no becomes a fault of the form. Ask only after `form.is_valid()`."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def done_or_told(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do `act` of a button without fields and say how it went on the next page."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
