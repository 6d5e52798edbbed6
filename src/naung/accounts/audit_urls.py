"""Addresses of the audit trail. They stand among the accounts because a page needs to know who may open it."""

from django.urls import path

from naung.accounts import audit_views

app_name = "audit"

urlpatterns = [
    path("jejak-audit/", audit_views.log, name="log"),
    path("jejak-audit/ekspor/", audit_views.export, name="export"),
    path("jejak-audit/periksa/", audit_views.verify, name="verify"),
]
