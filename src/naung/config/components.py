"""/komponen: every component in every state, for those who write and those who check pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils.safestring import SafeString, mark_safe

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.ui import showcase


@permission_required(Permission.FIGURES_VIEW)
def components(request: SignedInRequest) -> HttpResponse:
    """Each example is drawn from the call that is printed beside it. For staff: everybody but companies."""
    contents = showcase.contents()

    def drawn(example: showcase.Example) -> SafeString:
        html = engines["django"].from_string("{% load i18n naung %}" + example.call).render(contents, request)
        # A summary of faults takes the focus of its page; among examples it would take the reader to the end.
        return mark_safe(html.replace(" autofocus", ""))  # noqa: S308 - drawn by our own tags

    groups = [(group, [(one, drawn(one)) for one in group.examples]) for group in showcase.GROUPS]
    return render(request, "ui/components.html", {"groups": groups})
