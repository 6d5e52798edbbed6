from django.urls import path

from naung.lawbook import simulation_views, views

app_name = "lawbook"

urlpatterns = [
    path("", views.index, name="list"),
    path("belum-diatur/", views.questions, name="questions"),
    path("belum-diatur/<str:code>/", views.decide, name="decide"),
    path("simulasi-iuran/", simulation_views.contribution, name="simulate-contribution"),
    path("simulasi-manfaat/", simulation_views.benefit, name="simulate-benefit"),
    path("<str:key>/", views.parameter, name="parameter"),
]
