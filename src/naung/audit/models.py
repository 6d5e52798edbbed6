from __future__ import annotations

import pgtrigger
from django.db import models


class Record(models.Model):
    """One act of one person: who did what, to what, for whom, when and why.

    Written by actions through `actions.record`, never by signals. Holds names, not foreign keys, so that it needs
    nobody and outlives what it describes. Never personal data: `detail` has counts, codes and reasons.
    Each record carries the hash of the one before it in the same area: a removed or altered one shows.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=150, help_text="User name; 'sistem' for the scheduler and the command line.")
    actor_role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    target_name = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=10, blank=True, help_text="Regency or province whose business it is.")
    reason = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "-id"], name="audit_area"),
            models.Index(fields=["target_type", "target_id", "-id"], name="audit_target"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"
