"""Addresses under /pekerja/ that the registry answers itself; config/urls.py adds those of later stages."""

from django.urls import path

from naung.registry import views

urlpatterns = [
    path("", views.workers, name="workers"),
    path("cari/", views.search, name="search"),
    path("usulan/<int:list_id>/bermasalah.xlsx", views.returned, name="returned"),
]
