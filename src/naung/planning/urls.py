from django.urls import path

from naung.planning import views

app_name = "planning"

urlpatterns = [
    path("beranda/", views.home, name="home"),
]
