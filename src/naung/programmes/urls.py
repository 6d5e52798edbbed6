"""Addresses under /program/, and those of lists, which config/urls.py sets under /pekerja/."""

from django.urls import path

from naung.programmes import list_views, row_views, views

urlpatterns = [
    path("", views.programmes, name="list"),
    path("baru/", views.create, name="create"),
]

list_patterns = [
    path("unggah/", list_views.upload, name="upload"),
    path("usulan/", list_views.lists, name="lists"),
    path("usulan/<int:list_id>/periksa/", list_views.check, name="list"),
    path("usulan/<int:list_id>/baris/<int:ordinal>/", row_views.row, name="row"),
    path("usulan/<int:list_id>/baris/<int:ordinal>/perbaiki/", row_views.correct, name="correct"),
]
