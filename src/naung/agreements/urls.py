from django.urls import path

from naung.agreements import views

app_name = "agreements"

urlpatterns = [
    path("kerja-sama/", views.index, name="list"),
    path("kerja-sama/<int:agreement_id>/", views.detail, name="detail"),
    path("kerja-sama/pks/<int:pks_id>/", views.move, name="move"),
]
