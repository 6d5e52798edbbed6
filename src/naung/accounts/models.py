from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from naung.accounts.permissions import Permission, Role, permissions_of


class Office(models.Model):
    """A body that takes part: a labour office, a BPJS branch, a village, a company that donates."""

    class Kind(models.TextChoices):
        OWNER = "owner", "Pemilik program"
        SECTOR = "sector", "Perangkat daerah lain"
        BRANCH = "branch", "Cabang BPJS Ketenagakerjaan"
        VILLAGE = "village", "Desa/kelurahan"
        FINANCE = "finance", "Keuangan daerah"
        LEADERSHIP = "leadership", "Pimpinan daerah"
        DONOR = "donor", "Perusahaan/donatur"
        INSPECTORATE = "inspectorate", "Inspektorat/BPK"
        PROVINCE = "province", "Pemerintah provinsi"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    area_code = models.CharField(max_length=10, help_text="Digits of the area it serves.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "area_code"], name="office_once")]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in, with one office, one role and one territory.

    `area_code` is the territory: every row whose area code starts with it. Empty means nowhere, so a person
    without a territory sees nothing (deny by default).
    """

    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role.choices)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="people")
    area_code = models.CharField(max_length=10, blank=True)

    REQUIRED_FIELDS = ["full_name", "role"]

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in permissions_of(self.role)

    @property
    def office_name(self) -> str:
        return self.office.name if self.office else ""
