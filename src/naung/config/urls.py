"""Every address of the product. Paths are Indonesian (design.md §3)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="planning:home"), name="root"),
    path("", include("naung.accounts.urls")),
    path("", include("naung.planning.urls")),
    path("bahasa/", include("django.conf.urls.i18n")),
]
