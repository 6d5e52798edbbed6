from django.urls import path

from naung.planning import planner_views, views

app_name = "planning"

urlpatterns = [
    path("beranda/", views.home, name="home"),
    path("perencana/", planner_views.planner, name="planner"),
    path("perencana/angka/", planner_views.record_figure, name="record-figure"),
    path("perencana/sasaran/", planner_views.set_target, name="set-target"),
]
