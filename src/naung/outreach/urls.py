from __future__ import annotations

from django.urls import path

from naung.outreach import attendance_views, file_views, photo_views, public_views, reach_views, task_views, views
from naung.outreach.models import PhotoFile

app_name = "outreach"
SMALL = {"size": PhotoFile.Size.SMALL}

#: Meetings and tasks stand among the agreements, where people look for them.
agreement_patterns = [
    path("kerja-sama/pertemuan/", views.meetings, name="meetings"),
    path("kerja-sama/pertemuan/catat/", views.record, name="record-meeting"),
    path("kerja-sama/pertemuan/<int:meeting_id>/", views.meeting, name="meeting"),
    path("kerja-sama/pertemuan/<int:meeting_id>/ubah/", views.edit, name="edit-meeting"),
    path("kerja-sama/pertemuan/<int:meeting_id>/notulen/", views.minutes, name="minutes"),
    path("kerja-sama/tindak-lanjut/", task_views.tasks, name="tasks"),
    path("kerja-sama/tindak-lanjut/<int:task_id>/", task_views.finish, name="finish"),
    path("kerja-sama/tindak-lanjut/<int:task_id>/ubah/", task_views.change, name="change-task"),
    path("kerja-sama/<int:agreement_id>/tugas/", task_views.add, name="add-task"),
]

urlpatterns = [
    path("kerja-sama/pertemuan/<int:meeting_id>/hadir/", attendance_views.attendance, name="attendance"),
    path("kerja-sama/pertemuan/<int:meeting_id>/hadir/unggah/", attendance_views.upload, name="upload"),
    path("kerja-sama/pertemuan/<int:meeting_id>/hadir/cetak/", attendance_views.sheet, name="sheet"),
    path("kerja-sama/pertemuan/<int:meeting_id>/hadir/ponsel/", attendance_views.door, name="door"),
    path("kerja-sama/pertemuan/hadir/<int:attendance_id>/hapus/", attendance_views.remove, name="remove-attendance"),
    path("kerja-sama/pertemuan/<int:meeting_id>/foto/", photo_views.photos, name="photos"),
    path("kerja-sama/pertemuan/foto/<int:photo_id>/", photo_views.photo, name="photo"),
    path(
        "kerja-sama/pertemuan/foto/<int:photo_id>/kecil/",
        photo_views.photo,
        {"size": PhotoFile.Size.SMALL},
        "photo-small",
    ),
    path("kerja-sama/pertemuan/foto/<int:photo_id>/hapus/", photo_views.remove, name="remove-photo"),
    path("kerja-sama/pertemuan/<int:meeting_id>/lampiran/", file_views.files, name="files"),
    path("kerja-sama/pertemuan/lampiran/<int:attachment_id>/lepas/", file_views.remove, name="remove-file"),
    path("hadir/<str:code>/", public_views.attend, name="attend"),
    path("kerja-sama/terjangkau/", reach_views.overview, name="reach"),
]
