"""Every address of the product. Paths are Indonesian (design.md §3)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from naung.contributions import urls as contributions
from naung.coverage import round_urls
from naung.programmes import urls as programmes
from naung.registry import urls as registry
from naung.selection import urls as selection

# An address stands under the name people know it by; its view stands at the stage that knows enough to answer.
WORKERS = [*registry.urlpatterns, *programmes.list_patterns, *contributions.worker_patterns]
PROGRAMMES = [*programmes.urlpatterns, *contributions.programme_patterns]
SELECTION = [*selection.urlpatterns, *round_urls.urlpatterns]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="planning:home"), name="root"),
    path("", include("naung.accounts.urls")),
    path("", include("naung.planning.urls")),
    path("pekerja/", include((WORKERS, "registry"))),
    path("program/", include((PROGRAMMES, "programmes"))),
    path("program/", include((SELECTION, "selection"))),
    path("iuran/", include("naung.contributions.urls")),
    path("bahasa/", include("django.conf.urls.i18n")),
]
