from django.urls import path

from naung.agreements import amending_views, instrument_views, office_views, step_views, views, writing_views

app_name = "agreements"

urlpatterns = [
    path("kerja-sama/", views.index, name="list"),
    path("kerja-sama/<int:agreement_id>/", views.detail, name="detail"),
    path("kerja-sama/pks/<int:pks_id>/lihat/", views.pks, name="pks"),
    path("kerja-sama/perangkat-daerah/", office_views.offices, name="offices"),
    path("kerja-sama/perangkat-daerah/<int:office_id>/", office_views.office_profile, name="office-profile"),
    # What changes something.
    path("kerja-sama/baru/", writing_views.write, name="create"),
    path("kerja-sama/<int:agreement_id>/ubah/", writing_views.edit, name="edit"),
    path("kerja-sama/<int:agreement_id>/tahap/", step_views.move, name="move"),
    path("kerja-sama/<int:agreement_id>/pks/baru/", step_views.prepare, name="prepare"),
    path("kerja-sama/<int:agreement_id>/pks/tahap/", step_views.move_many, name="move-many"),
    path("kerja-sama/<int:agreement_id>/adendum/", amending_views.amend, name="amend"),
    path("kerja-sama/<int:agreement_id>/akhiri/", amending_views.end, name="end"),
    path("kerja-sama/<int:agreement_id>/perpanjang/", amending_views.renew, name="renew"),
    path("kerja-sama/<int:agreement_id>/lampiran/", amending_views.attach, name="attach"),
    path("kerja-sama/lampiran/<int:attachment_id>/", amending_views.attachment, name="attachment"),
    path("kerja-sama/lampiran/<int:attachment_id>/lepas/", amending_views.remove_attachment, name="remove-attachment"),
    path("kerja-sama/peraturan/", instrument_views.instruments, name="instruments"),
    path("kerja-sama/peraturan/baru/", instrument_views.record_instrument, name="record-instrument"),
    path("kerja-sama/peraturan/<int:instrument_id>/", instrument_views.instrument, name="instrument"),
    path("kerja-sama/peraturan/<int:instrument_id>/ubah/", instrument_views.edit_instrument, name="edit-instrument"),
]
