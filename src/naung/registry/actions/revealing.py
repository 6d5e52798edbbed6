"""Showing a NIK in full: an act with a reason, recorded before anyone sees a digit."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.audit.queries import REVEALED
from naung.registry.models import Worker
from naung.registry.refusals import ReasonUnknown
from naung.registry.vault import Identity, vault


class RevealReason(models.TextChoices):
    """Why somebody may want the whole number. The list is short on purpose."""

    COMPARE_ID = "compare_id", _("Mencocokkan dengan KTP atau KK")
    REGISTER = "register", _("Pendaftaran ke BPJS Ketenagakerjaan")
    CLAIM = "claim", _("Mengurus klaim")
    CORRECT = "correct", _("Memperbaiki data ganda atau keliru")
    OWNER_ASKS = "owner_asks", _("Permintaan pemilik data")
    AUDIT = "audit", _("Pemeriksaan")


@transaction.atomic
def reveal_identity(*, worker: Worker, reason: str, by: User, note: str = "") -> Identity:
    """The NIK, KK and phone of a worker in full. That it happened stays in the audit trail, without the numbers.

    Raises NotPermitted, OutsideTerritory, ReasonUnknown, SealBroken.
    """
    require(by, Permission.IDENTITY_REVEAL, worker.area_code)
    if reason not in RevealReason.values:
        raise ReasonUnknown(reason)
    audit.record(
        REVEALED,
        by=by,
        target_type="worker",
        target_id=worker.pk,
        area_code=worker.area_code,
        reason=str(RevealReason(reason).label),
        code=reason,
        note=note,
    )
    return Identity.unpacked(vault().open("worker", worker.pk, worker.sealed))
