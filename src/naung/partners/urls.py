from __future__ import annotations

from django.urls import URLPattern, path

from naung.partners import pledge_views, views

app_name = "partners"

urlpatterns: list[URLPattern] = [
    path("pemberi-kerja/", views.employers, name="employers"),
    path("pemberi-kerja/baru/", views.add, name="employer-add"),
    path("pemberi-kerja/unggah/", views.upload, name="employers-upload"),
    path("pemberi-kerja/tabel/<str:table>/", views.employers_file, name="employers-file"),
    path("pemberi-kerja/berkas/<int:employer_list_id>/", views.employer_list, name="employer-list"),
    path("pemberi-kerja/berkas/<int:employer_list_id>/ditolak.xlsx", views.refused_rows, name="employer-list-refused"),
    path("pemberi-kerja/<int:employer_id>/", views.employer, name="employer"),
    path("pemberi-kerja/<int:employer_id>/laporan/", views.report, name="employer-report"),
    path("pemberi-kerja/<int:employer_id>/surat-kunjungan/", views.approach, name="employer-approach"),
    path("csr/komitmen/baru/", pledge_views.record, name="pledge-new"),
    path("csr/komitmen/<int:pledge_id>/", pledge_views.pledge, name="pledge"),
    path("csr/komitmen/<int:pledge_id>/batal/", pledge_views.cancel, name="pledge-cancel"),
    path("csr/<int:office_id>/pemberi/", pledge_views.givers, name="givers"),
    path("csr/<int:office_id>/pasangkan/", pledge_views.pair_all, name="givers-pair"),
    path("csr/pasangan/<int:pairing_id>/lepas/", pledge_views.unpair, name="pairing-end"),
    path("pemberi-kerja/hasil/<int:approach_id>/", views.settle, name="approach-settle"),
]
