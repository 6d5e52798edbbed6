"""Addresses under /program/ of rounds and decrees; approving is set beside them by config/urls.py."""

from django.urls import path

from naung.selection import try_views, views, why_views

urlpatterns = [
    path("<int:programme_id>/seleksi/", views.programme, name="programme"),
    path("seleksi/<int:round_id>/", views.round_page, name="round"),
    path("seleksi/<int:round_id>/coba/", try_views.try_arrangement, name="try"),
    path("seleksi/<int:round_id>/pakai/", try_views.keep, name="keep"),
    path("seleksi/<int:round_id>/calon/<int:worker_id>/", why_views.why, name="why"),
    path("seleksi/<int:round_id>/ajukan/", views.submit, name="submit"),
    path("seleksi/<int:round_id>/kembalikan/", views.give_back, name="return"),
    path("sk/<int:decree_id>/", views.decree, name="decree"),
    path("sk/<int:decree_id>/<slug:version>.<slug:kind>", views.paper, name="paper"),
]
