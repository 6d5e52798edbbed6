from django.urls import path

from naung.accounts import invitation_views, settings_views, views

app_name = "accounts"

urlpatterns = [
    path("masuk/", views.SignIn.as_view(), name="sign-in"),
    path("keluar/", views.SignOut.as_view(), name="sign-out"),
    path("undangan/", invitation_views.accept, name="accept"),
    path("undangan/<str:token>/", invitation_views.invitation, name="invitation"),
    path("pengaturan/", settings_views.overview, name="settings"),
    path("pengaturan/pengguna/", settings_views.people_list, name="people"),
    path("pengaturan/pengguna/undang/", settings_views.invite_person, name="invite"),
    path("pengaturan/pengguna/<int:user_id>/", settings_views.person, name="person"),
    path("pengaturan/pengguna/<int:user_id>/undangan/", settings_views.renew, name="renew"),
    path("pengaturan/pengguna/<int:user_id>/status/", settings_views.switch, name="switch"),
    path("pengaturan/kantor/", settings_views.offices, name="offices"),
    path("pengaturan/kantor/<int:office_id>/", settings_views.office, name="office"),
    path("pengaturan/daerah/", settings_views.region, name="region"),
]
