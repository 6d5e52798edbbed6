from django.urls import path

from naung.accounts import account_views, crests, invitation_views, region_views, settings_views, views

app_name = "accounts"

urlpatterns = [
    path("masuk/", views.SignIn.as_view(), name="sign-in"),
    path("masuk/kode/", views.code, name="code"),
    path("keluar/", views.SignOut.as_view(), name="sign-out"),
    path("akun/", account_views.account, name="account"),
    path("akun/kata-sandi/", account_views.password, name="password"),
    path("akun/kode-kedua/", account_views.factor, name="second-factor"),
    path("akun/sesi-lain/", account_views.end_others, name="end-others"),
    path("sesi/", account_views.session, name="session"),
    path("undangan/", invitation_views.accept, name="accept"),
    path("undangan/<str:token>/", invitation_views.invitation, name="invitation"),
    path("pengaturan/", settings_views.overview, name="settings"),
    path("pengaturan/pengguna/", settings_views.people_list, name="people"),
    path("pengaturan/pengguna/undang/", settings_views.invite_person, name="invite"),
    path("pengaturan/pengguna/<int:user_id>/", settings_views.person, name="person"),
    path("pengaturan/pengguna/<int:user_id>/undangan/", settings_views.renew, name="renew"),
    path("pengaturan/pengguna/<int:user_id>/status/", settings_views.switch, name="switch"),
    path("pengaturan/pengguna/<int:user_id>/kode-kedua/", settings_views.reset_factor, name="reset-factor"),
    path("pengaturan/kantor/", settings_views.offices, name="offices"),
    path("pengaturan/kantor/<int:office_id>/", settings_views.office, name="office"),
    path("pengaturan/daerah/", region_views.region, name="region"),
    path("pengaturan/daerah/lambang/", region_views.region_crest, name="region-crest"),
    path("pengaturan/keamanan/", region_views.security, name="security"),
    path("lambang/<str:digest>/", crests.crest, name="crest"),
]
