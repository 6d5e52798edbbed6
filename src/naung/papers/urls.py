from __future__ import annotations

from django.urls import URLPattern, path

from naung.papers import check_views, issue_views, template_views, views

app_name = "papers"

urlpatterns: list[URLPattern] = [
    path("keaslian/", check_views.ask, name="ask"),
    path("keaslian/<slug:paper_code>/", check_views.check, name="check"),
    path("naskah/", views.papers, name="list"),
    path("naskah/baru/", issue_views.new, name="new"),
    path("naskah/baru/rancangan/", issue_views.preview, name="preview"),
    path("naskah/<int:paper_id>/", views.paper, name="paper"),
    path("naskah/<int:paper_id>/tarik/", views.withdraw, name="withdraw"),
    path("naskah/<int:paper_id>/<slug:edition>.<slug:form>", views.download, name="download"),
    path("pengaturan/templat/", template_views.templates, name="templates"),
    path("pengaturan/templat/<slug:letter>/", template_views.template, name="template"),
    path("pengaturan/templat/<slug:letter>/pola/", template_views.pattern, name="pattern"),
    path("pengaturan/templat/<slug:letter>/kembali/", template_views.back_to_shipped, name="shipped-again"),
    path("pengaturan/templat/<slug:letter>/bawaan.docx", template_views.shipped_file, name="shipped"),
    path("pengaturan/templat/<slug:letter>/versi-<int:template_version>.docx", template_views.own_file, name="own"),
    path("pengaturan/templat/<slug:letter>/usulan.docx", template_views.proposed_file, name="proposed"),
    path("pengaturan/templat/<slug:letter>/usulan.pdf", template_views.try_proposed, name="try-proposed"),
    path("pengaturan/templat/<slug:letter>/pakai/", template_views.use_proposed, name="use-proposed"),
    path("pengaturan/templat/<slug:letter>/buang/", template_views.drop_proposed, name="drop-proposed"),
    path("pengaturan/templat/<slug:letter>/contoh.pdf", template_views.try_out, name="try"),
]
