from django.urls import path

from naung.planning import csr_views, extension_views, planner_views, report_views, views

app_name = "planning"

urlpatterns = [
    path("beranda/", views.home, name="home"),
    path("perlindungan/lanjutkan/<int:programme_id>/", extension_views.extension_page, name="extension"),
    path("laporan/", report_views.reports_page, name="reports"),
    path("laporan/ringkasan.pdf", report_views.summary, name="summary"),
    path("laporan/tabel/<str:table>/", report_views.download, name="report-file"),
    path("csr/", csr_views.index, name="csr"),
    path("csr/<int:office_id>/", csr_views.office, name="csr-office"),
    path("perencana/", planner_views.planner, name="planner"),
    path("perencana/angka/", planner_views.record_figure, name="record-figure"),
    path("perencana/sasaran/", planner_views.set_target, name="set-target"),
]
