"""The reasons of rows as pages show them: a short word for the badge beside the sentence of the intake."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from naung.bulk.intake.reasons import RETURNED, Reason

R = Reason

SHORT: dict[Reason, str | Promise] = {
    R.MALFORMED_ROW: _("Baris tidak lengkap"),
    R.NIK_MISSING: _("NIK kosong"),
    R.NIK_LENGTH: _("NIK tidak lengkap"),
    R.NIK_LETTER: _("NIK berisi huruf"),
    R.NIK_PRECISION_LOST: _("NIK rusak oleh Excel"),
    R.NIK_PLACEHOLDER: _("NIK angka pengisi"),
    R.NIK_BAD_AREA: _("Kode wilayah NIK tidak dikenal"),
    R.NIK_BAD_DATE: _("Tanggal di NIK tidak ada"),
    R.NIK_BAD_SERIAL: _("Nomor urut NIK 0000"),
    R.NIK_CONFLICT: _("NIK dipakai orang lain"),
    R.NIK_DOB_MISMATCH: _("NIK beda dari tanggal lahir"),
    R.NIK_SEX_MISMATCH: _("NIK beda dari jenis kelamin"),
    R.UNDER_AGE: _("Usia di bawah batas"),
    R.OVER_AGE: _("Usia di atas batas"),
    R.DEAD: _("Tercatat wafat"),
    R.ALREADY_COVERED: _("Sudah peserta"),
    R.NOT_RESIDENT: _("Bukan warga wilayah program"),
    R.OCCUPATION: _("Pekerjaan belum cocok"),
    R.DUPLICATE: _("Sudah ada di daftar"),
}

#: Faults no correction mends: the person does not fit the programme.
OUTSIDE = (R.UNDER_AGE, R.OVER_AGE, R.DEAD, R.ALREADY_COVERED, R.NOT_RESIDENT, R.OCCUPATION)


def short(code: str) -> str | Promise:
    if code == RETURNED:
        return _("Dikembalikan petugas")
    return SHORT[Reason(code)] if code in Reason._value2member_map_ else code
