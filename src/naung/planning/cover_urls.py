"""The address of Perlindungan, under the name by which the menu knows it."""

from django.urls import path

from naung.planning import cover_views

app_name = "coverage"

urlpatterns = [path("perlindungan/", cover_views.index, name="list")]
