"""What the public page calls the programmes of the law."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROGRAMMES: dict[str, str | Promise] = {
    "JKK": _("Kecelakaan kerja (JKK)"),
    "JKM": _("Kematian (JKM)"),
    "JHT": _("Hari tua (JHT)"),
}
