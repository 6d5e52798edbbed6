from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Card(models.Model):
    """One code that a worker was given, on paper; the code itself is nowhere but on that paper.

    A card is the person's and not the programme's: it answers "does anybody cover me". `code_index` is the keyed
    hash of the code (`codes.hashed`), so a dump of this table opens nothing; `last4` is what pages show.
    """

    class Ended(models.TextChoices):
        REPLACED = "replaced", _("Diganti kode baru")
        LOST = "lost", _("Kartu hilang")
        SEEN = "seen", _("Kode diketahui orang lain")
        OTHER = "other", _("Ditarik kembali")

    # Written by the thousand from a decree, like its enrolments: `naung doctor` checks the key.
    worker = models.ForeignKey(
        "registry.Worker", on_delete=models.PROTECT, related_name="cards", db_index=False, db_constraint=False
    )
    code_index = models.UUIDField(help_text="Keyed hash of the code: equality finds it, nothing else.")
    last4 = models.CharField(max_length=4, help_text="The last four characters, for telling cards apart.")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.CharField(max_length=10, blank=True, choices=Ended.choices)

    class Meta:
        constraints = [
            # Of withdrawn cards too: a code on old paper never becomes another person's.
            models.UniqueConstraint(fields=["code_index"], name="card_code_once"),
            models.UniqueConstraint(
                fields=["worker"], condition=Q(withdrawn_at__isnull=True), name="card_one_live_a_worker"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_for="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_for="")),
                name="card_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"kartu {self.pk}"


class MessageCode(models.Model):
    """Six digits sent to the phone on file of whoever typed a NIK, good for ten minutes.

    A NIK that belongs to nobody makes a row too, with no worker and a code that was never sent: what this table and
    its writing cost says nothing about who is registered.
    """

    worker = models.ForeignKey(
        "registry.Worker", null=True, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    code_index = models.UUIDField(help_text="Keyed hash of the digits, with a salt of its own.")
    salt = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"kode pesan {self.pk}"
