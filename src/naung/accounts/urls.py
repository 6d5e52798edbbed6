from django.urls import path

from naung.accounts import views

app_name = "accounts"

urlpatterns = [
    path("masuk/", views.SignIn.as_view(), name="sign-in"),
    path("keluar/", views.SignOut.as_view(), name="sign-out"),
]
