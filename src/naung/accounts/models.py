from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, NullIf
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from naung.accounts.permissions import Permission, Role, permissions_of
from naung.areas.models import Area


class Office(models.Model):
    """A body that takes part: a labour office, a BPJS branch, a village, a company that donates."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("Pemilik program")
        SECTOR = "sector", _("Perangkat daerah lain")
        BRANCH = "branch", _("Cabang BPJS Ketenagakerjaan")
        VILLAGE = "village", _("Desa/kelurahan")
        FINANCE = "finance", _("Keuangan daerah")
        LEADERSHIP = "leadership", _("Pimpinan daerah")
        DONOR = "donor", _("Perusahaan/donatur")
        INSPECTORATE = "inspectorate", _("Inspektorat/BPK")
        PROVINCE = "province", _("Pemerintah provinsi")

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
    session_round = models.PositiveIntegerField(default=0, help_text="Raised to end every session of this person.")

    REQUIRED_FIELDS = ["full_name", "role"]

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in permissions_of(self.role)

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: another password or another `session_round` ends it."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        known = f"{self.password}:{self.session_round}"
        return salted_hmac("naung.accounts.session", known, secret=secret, algorithm="sha256").hexdigest()

    @property
    def office_name(self) -> str:
        return self.office.name if self.office else ""

    @cached_property
    def _territories(self) -> list[tuple[str, str, str]]:
        """Code, name and digest of the crest: of the territory and of what it lies in, nearest first."""
        above = [self.area_code[:length] for length in (2, 4, 6, 10) if length <= len(self.area_code)]
        chosen = RegionSettings.objects.filter(pk=OuterRef("code")).values("display_name")
        shown = Coalesce(NullIf(Subquery(chosen), models.Value("")), "name")
        crest = Coalesce(Subquery(Crest.objects.filter(pk=OuterRef("code")).values("digest")), models.Value(""))
        found = Area.objects.filter(pk__in=above).values_list("code", shown, crest)
        return sorted(found, key=lambda row: len(row[0]), reverse=True)

    @property
    def territory_names(self) -> list[str]:
        """The territory and what it lies in, nearest first: ["Kota Binjai", "Sumatera Utara"]."""
        return [name for _, name, _ in self._territories]

    @property
    def territory_crest(self) -> str:
        """The digest of the crest of this person's province or regency."""
        return next((crest for code, _, crest in self._territories if code == self.area_code[:4]), "")

    @property
    def territory_name(self) -> str:
        return self.territory_names[0] if self.territory_names else ""

    @property
    def territory_parent_name(self) -> str:
        return self.territory_names[1] if len(self.territory_names) > 1 else ""


class Invitation(models.Model):
    """One link by which one person chooses a password, once.

    Only the hash of its token is kept: whoever reads the database cannot use the link. It ends by being used, by
    `expires_at`, or by a newer one.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of a random token of 256 bits.")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"undangan {self.pk}"


class RegionSettings(models.Model):
    """How a province or regency calls itself, numbers its papers and lets people in. Nothing chosen: our defaults."""

    area_code = models.CharField(max_length=4, primary_key=True)
    display_name = models.CharField(max_length=80, blank=True)
    decree_pattern = models.CharField(max_length=80, blank=True)
    bill_pattern = models.CharField(max_length=80, blank=True)
    second_factor_roles = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, help_text="Roles that must sign in with a code too."
    )

    def __str__(self) -> str:
        return self.area_code


class Crest(models.Model):
    """The crest of a region, as `documents.pictures` wrote it anew: nothing of it but the picture.

    In the database, so that a backup holds it. Its address carries `digest`: another picture has another address.
    """

    area_code = models.CharField(max_length=4, primary_key=True)
    content = models.BinaryField()
    media_type = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the content.")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(media_type__in=["image/png", "image/jpeg"]), name="crest_png_or_jpeg")
        ]

    def __str__(self) -> str:
        return f"lambang {self.area_code}"


class PaperCounter(models.Model):
    """The last number that a region's pattern gave to one kind of paper in one year.

    Whoever takes the next number holds this row until the paper is kept, so numbers have neither gaps nor twins.
    `year` is 0 where the pattern names no year: such numbers never begin anew.
    """

    area_code = models.CharField(max_length=4)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "kind", "year"], name="paper_counter_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_code}/{self.year}: {self.last}"


class SecondFactor(models.Model):
    """What a person's phone knows beside the password. `confirmed_at` is empty until its first code was right."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.BinaryField(help_text="The secret, sealed to this row by gateways.vault.")
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0, help_text="The half minute of the last code: none is taken twice.")
    salt = models.BinaryField(max_length=16, help_text="Of the recovery codes.")

    def __str__(self) -> str:
        return f"kode kedua {self.pk}"


class RecoveryCode(models.Model):
    """One of ten codes on paper that stand in for the phone, each once. Only its slow hash is kept."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["factor", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"kode pemulihan {self.pk}"


class Tries(models.Model):
    """When something was tried lately, or how often in one minute, under a keyed hash of what it was."""

    key = models.UUIDField(primary_key=True)
    times = ArrayField(models.DateTimeField(), default=list)
    count = models.PositiveIntegerField(default=0)
    ends = models.DateTimeField(db_index=True, help_text="From then on the row means nothing and is deleted.")

    def __str__(self) -> str:
        return f"percobaan sampai {self.ends:%H:%M}"


class OfficeProfile(models.Model):
    """Whom an office can reach, and whom to call there: what makes its PKS more than a paper."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="profile")
    sector = models.CharField(max_length=160, blank=True, help_text="Its sector, in words.")
    groups = ArrayField(
        models.CharField(max_length=40),
        default=list,
        help_text="Kinds of work of those it can reach: codes of bulk.occupations.",
    )
    contact_name = models.CharField(max_length=120, blank=True, help_text="Who answers for its PKS.")
    sealed = models.BinaryField(null=True, help_text="The phone of the contact, sealed to this row by gateways.vault.")
    note = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"profil {self.pk}"
