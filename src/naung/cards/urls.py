"""Addresses under /cek/, and those of the offices that config/urls.py sets under /pekerja/ and /program/."""

from django.urls import path

from naung.cards import office_views, views

app_name = "cards"

urlpatterns = [
    path("", views.check, name="check"),
    path("hasil/", views.result, name="result"),
    path("bukti/", views.proof, name="proof"),
    path("perpanjang/", views.extend, name="extend"),
    path("selesai/", views.end, name="end"),
    path("nik/", views.by_nik, name="nik"),
    path("sms/", views.by_message, name="message"),
]

worker_patterns = [
    path("<int:worker_id>/kartu/", office_views.card, name="card"),
    path("<int:worker_id>/kartu/tarik/", office_views.withdraw, name="withdraw-card"),
]

programme_patterns = [
    path("<int:programme_id>/kartu/", office_views.cards, name="cards"),
]
