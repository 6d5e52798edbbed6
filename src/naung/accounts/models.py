from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from naung.accounts.permissions import Permission, Role, permissions_of
from naung.areas.models import Area


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

    @cached_property
    def territory_names(self) -> list[str]:
        """The territory and what it lies in, nearest first: ["Kota Binjai", "Sumatera Utara"]."""
        above = [self.area_code[:length] for length in (2, 4, 6, 10) if length <= len(self.area_code)]
        names = dict(Area.objects.filter(pk__in=above).values_list("code", "name"))
        return [names[code] for code in reversed(above) if code in names]

    @property
    def territory_name(self) -> str:
        return self.territory_names[0] if self.territory_names else ""

    @property
    def territory_parent_name(self) -> str:
        return self.territory_names[1] if len(self.territory_names) > 1 else ""
