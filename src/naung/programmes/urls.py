"""Addresses under /program/, and those of lists, which config/urls.py sets under /pekerja/."""

from django.urls import path

from naung.programmes import (
    basis_views,
    check_views,
    column_views,
    list_views,
    offline_views,
    row_views,
    verify_views,
    views,
)

urlpatterns = [
    path("", views.programmes, name="list"),
    path("baru/", views.create, name="create"),
    path("<int:programme_id>/dasar/", basis_views.basis, name="basis"),
    path("<int:programme_id>/serah-kelola/", basis_views.give, name="hand-over"),
]

list_patterns = [
    path("unggah/", list_views.upload, name="upload"),
    path("unggah/kolom/", column_views.match, name="match"),
    path("usulan/", list_views.lists, name="lists"),
    path("tanpa-sinyal/", offline_views.page, name="offline"),
    path("tanpa-sinyal/sambungan/", offline_views.line, name="offline-line"),
    path("usulan/<int:list_id>/tanpa-sinyal.json", offline_views.rows, name="offline-rows"),
    path("usulan/<int:list_id>/baris/<int:ordinal>/tanpa-sinyal/", offline_views.edit, name="offline-edit"),
    path("usulan/<int:list_id>/periksa/", check_views.check, name="list"),
    path("usulan/<int:list_id>/kirim/", check_views.send, name="send"),
    path("usulan/<int:list_id>/verifikasi/", verify_views.verify, name="verify"),
    path("usulan/<int:list_id>/kembalikan/", verify_views.return_list, name="return-list"),
    path("usulan/<int:list_id>/kembalikan-baris/", verify_views.return_rows, name="return"),
    path("usulan/<int:list_id>/baris/<int:ordinal>/", row_views.row, name="row"),
    path("usulan/<int:list_id>/baris/<int:ordinal>/perbaiki/", row_views.correct, name="correct"),
]
