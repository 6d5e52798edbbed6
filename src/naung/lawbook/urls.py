from django.urls import path

from naung.lawbook import views

app_name = "lawbook"

urlpatterns = [
    path("", views.index, name="list"),
    path("belum-diatur/", views.questions, name="questions"),
    path("belum-diatur/<str:code>/", views.decide, name="decide"),
    path("<str:key>/", views.parameter, name="parameter"),
]
