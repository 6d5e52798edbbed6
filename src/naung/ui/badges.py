"""The states a person, a bill or a paper can be in, each with one colour, one icon and one word.

Colour never stands alone. The words are those of the glossary; a state not listed here has no badge yet
and must be added here, so that the same state looks the same on every page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Badge:
    """Tone is one of "", "ok", "warn", "bad", "info", "wait"; "" is grey."""

    tone: str
    icon: str
    label: str | Promise


BADGES: dict[str, Badge] = {
    # the fifteen of the component sheet
    "draf": Badge("", "circle-dashed", _("Draf")),
    "perlu_diperbaiki": Badge("bad", "alert-circle", _("Perlu diperbaiki")),
    "mungkin_ganda": Badge("warn", "git-merge", _("Mungkin ganda")),
    "terverifikasi": Badge("info", "checks", _("Terverifikasi")),
    "terpilih": Badge("info", "list-check", _("Terpilih")),
    "cadangan": Badge("", "hourglass", _("Cadangan")),
    "ditetapkan": Badge("info", "signature", _("Ditetapkan SK")),
    "ditagihkan": Badge("wait", "receipt", _("Ditagihkan")),
    "menunggu_bpjs": Badge("wait", "clock", _("Menunggu BPJS")),
    "lunas": Badge("ok", "wallet", _("Lunas")),
    "aktif": Badge("ok", "shield-check", _("Aktif")),
    "akan_berakhir": Badge("warn", "calendar", _("Akan berakhir")),
    "tidak_terlindungi": Badge("bad", "shield-x", _("Tidak terlindungi")),
    "tidak_memenuhi_syarat": Badge("", "circle-x", _("Tidak memenuhi syarat")),
    "wafat": Badge("", "user", _("Wafat")),
    # rows of a list handed in
    "diterima": Badge("ok", "circle-check", _("Diterima")),
    "ditolak": Badge("bad", "circle-x", _("Ditolak")),
    "perlu_ditinjau": Badge("warn", "eye", _("Perlu ditinjau")),
    "ganda": Badge("", "copy", _("Ganda")),
    "siap_dikirim": Badge("ok", "circle-check", _("Siap dikirim")),
    "belum_diisi": Badge("warn", "pencil", _("Belum diisi")),
    "belum_diverifikasi": Badge("warn", "hourglass", _("Belum diverifikasi")),
    # programmes, rounds and decrees
    "dibuka": Badge("info", "flag", _("Dibuka")),
    "menunggu_persetujuan": Badge("wait", "clock", _("Menunggu persetujuan")),
    "diajukan": Badge("wait", "lock", _("Diajukan")),
    "disetujui": Badge("info", "checks", _("Disetujui")),
    "dikembalikan": Badge("warn", "refresh", _("Dikembalikan")),
    "digantikan": Badge("", "history", _("Digantikan")),
    "selesai": Badge("", "archive", _("Selesai")),
    "berakhir": Badge("", "calendar", _("Berakhir")),
    # money
    "lunas_sebagian": Badge("warn", "wallet", _("Lunas sebagian")),
    "lewat_tenggat": Badge("bad", "alert-triangle", _("Lewat tenggat")),
    "dibatalkan": Badge("", "x", _("Dibatalkan")),
    "direncanakan": Badge("", "calendar", _("Direncanakan")),
    "keluar": Badge("", "user-minus", _("Sudah keluar")),
    # agreements
    "telaah_hukum": Badge("wait", "gavel", _("Telaah hukum")),
    "berlaku": Badge("ok", "circle-check", _("Berlaku")),
    # papers
    "ditarik": Badge("bad", "circle-x", _("Ditarik")),
}
