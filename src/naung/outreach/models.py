"""Who came to a meeting, its pictures, and the address under which people write themselves in by phone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Attendance(models.Model):
    """One person at one meeting. NIK and phone are sealed; the NIK is findable by its keyed hash alone.

    Where a NIK is given, a person stands on a list once. Where none is, nothing is guessed: two may share a name.
    """

    class Method(models.TextChoices):
        PAPER = "paper", _("Daftar kertas")
        PHONE = "phone", _("Ponsel sendiri")
        TYPED = "typed", _("Diketik petugas")

    meeting = models.ForeignKey("agreements.Meeting", on_delete=models.CASCADE, related_name="attendances")
    name = models.CharField(max_length=120, help_text="As given.")
    organisation = models.CharField(max_length=120, blank=True, help_text="Office, group or village, in words.")
    village_code = models.CharField(max_length=10, blank=True, help_text="Where the person lives, where known.")
    occupation = models.CharField(max_length=40, blank=True, help_text="Code of the taxonomy, bulk/occupations.yaml.")
    sex = models.CharField(max_length=1, blank=True, help_text="L or P.")
    nik_index = models.UUIDField(null=True, help_text="Keyed hash of the NIK, where one was given.")
    sealed = models.BinaryField(null=True, help_text="NIK and phone, AES-256-GCM, bound to this row's id.")
    method = models.CharField(max_length=6, choices=Method.choices)
    once = models.UUIDField(null=True, unique=True, help_text="Token of the form: sent twice, kept once.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "nik_index"], name="attendance_person_once"),
            models.CheckConstraint(condition=Q(sex__in=["", "L", "P"]), name="attendance_sex"),
            models.CheckConstraint(
                condition=Q(nik_index__isnull=True) | Q(sealed__isnull=False), name="attendance_nik_is_sealed"
            ),
        ]
        indexes = [models.Index(fields=["nik_index"], name="attendance_nik")]

    def __str__(self) -> str:
        return f"hadir {self.pk}"  # never the name: this ends up in logs


class Door(models.Model):
    """The address of a meeting's list for phones: a random code that works on one day, until it is closed."""

    meeting = models.OneToOneField("agreements.Meeting", on_delete=models.CASCADE, related_name="door")
    code = models.CharField(max_length=16, unique=True, help_text="Random; names nothing of the meeting.")
    open_on = models.DateField(help_text="The one day on which it works.")
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"pintu {self.pk}"


class Photo(models.Model):
    """A picture of a meeting, drawn anew from what was handed in, without camera and place."""

    meeting = models.ForeignKey("agreements.Meeting", on_delete=models.CASCADE, related_name="photos")
    caption = models.CharField(max_length=200, help_text="What is seen: also the words for who cannot see it.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="Of the file as handed in: the same one twice is one.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "sha256"], name="photo_once")]

    def __str__(self) -> str:
        return f"foto {self.pk}"


class PhotoFile(models.Model):
    """The JPEG of a picture in one size, sealed: pictures show people."""

    class Size(models.TextChoices):
        FULL = "full", _("Penuh")
        SMALL = "small", _("Kecil")

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="files")
    size = models.CharField(max_length=5, choices=Size.choices)
    sealed = models.BinaryField(null=True, help_text="JPEG, AES-256-GCM, bound to this row's id.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "size"], name="photo_file_once")]

    def __str__(self) -> str:
        return f"{self.photo_id} {self.size}"


class SentForm(models.Model):
    """A form of a meeting that was handed in: sent twice, it is written once."""

    once = models.UUIDField(primary_key=True, help_text="Token of the form.")
    meeting = models.ForeignKey("agreements.Meeting", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"formulir {self.pk}"
