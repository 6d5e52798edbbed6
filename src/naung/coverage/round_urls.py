"""Addresses under /program/ of acts that enrol people; config/urls.py sets them among those of the selection."""

from django.urls import path

from naung.coverage import round_views

urlpatterns = [
    path("seleksi/<int:round_id>/setujui/", round_views.approve, name="approve"),
    path("<int:programme_id>/pengganti/", round_views.replace, name="replace"),
]
