"""Every address of the product. Paths are Indonesian (design.md §3)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from naung.accounts.views import help_page
from naung.agreements import urls as agreements
from naung.cards import urls as cards
from naung.config.api.addresses import urls as law_api
from naung.config.components import components
from naung.contributions import urls as contributions
from naung.contributions.search_views import search
from naung.coverage import round_urls
from naung.lawbook.heirs_views import heirs
from naung.outreach import urls as outreach
from naung.programmes import urls as programmes
from naung.programmes.offline_views import worker as offline_worker
from naung.registry import urls as registry
from naung.selection import urls as selection

# An address stands under the name people know it by; its view stands at the stage that knows enough to answer.
WORKERS = [*registry.urlpatterns, *programmes.list_patterns, *contributions.worker_patterns, *cards.worker_patterns]
PROGRAMMES = [*programmes.urlpatterns, *contributions.programme_patterns, *cards.programme_patterns]
AGREEMENTS = [*agreements.urlpatterns, *outreach.agreement_patterns]
SELECTION = [*selection.urlpatterns, *round_urls.urlpatterns]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="planning:home"), name="root"),
    path("", include("naung.accounts.urls")),
    path("", include("naung.planning.urls")),
    path("", include("naung.planning.cover_urls")),
    path("", include((AGREEMENTS, "agreements"))),
    path("", include("naung.outreach.urls")),
    path("", include("naung.partners.urls")),
    path("", include("naung.papers.urls")),
    path("", include("naung.accounts.audit_urls")),
    path("pekerjaan-saya/", include("naung.jobs.urls")),
    path("aturan/", include("naung.lawbook.urls")),
    path("hak-ahli-waris/", heirs, name="heirs-rights"),
    path("api/v1/", law_api),
    path("bantuan/", help_page, name="help"),
    path("komponen/", components, name="components"),
    # At the root, so that its scope may be the pages of workers.
    path("luring.js", offline_worker, name="offline-worker"),
    path("pekerja/", include((WORKERS, "registry"))),
    path("program/", include((PROGRAMMES, "programmes"))),
    path("program/", include((SELECTION, "selection"))),
    path("iuran/", include("naung.contributions.urls")),
    path("cek/", include(cards)),
    path("cari/", search, name="search"),
]

# 403 and 404 are Django's own, with our templates (ui/templates); a fault of ours gets a code to ask about.
handler500 = "naung.config.errors.server_error"
