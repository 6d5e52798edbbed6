"""Why a row was not simply taken: codes that never change, and words a villager understands."""

from collections.abc import Callable
from enum import StrEnum

from naung.saying import gettext_noop as _


class Verdict(StrEnum):
    """What became of a row; every row received has exactly one."""

    ACCEPT = "accept"
    REJECT = "reject"
    REVIEW = "review"
    DUPLICATE = "duplicate"


class Reason(StrEnum):
    """Reason codes, in the order in which a row lists them."""

    MALFORMED_ROW = "malformed_row"
    NIK_MISSING = "nik_missing"
    NIK_LENGTH = "nik_length"
    NIK_LETTER = "nik_letter"
    NIK_PRECISION_LOST = "nik_precision_lost"
    NIK_PLACEHOLDER = "nik_placeholder"
    NIK_BAD_AREA = "nik_bad_area"
    NIK_BAD_DATE = "nik_bad_date"
    NIK_BAD_SERIAL = "nik_bad_serial"
    NIK_CONFLICT = "nik_conflict"
    NIK_DOB_MISMATCH = "nik_dob_mismatch"
    NIK_SEX_MISMATCH = "nik_sex_mismatch"
    UNDER_AGE = "under_age"
    OVER_AGE = "over_age"
    DEAD = "dead"
    ALREADY_COVERED = "already_covered"
    NOT_RESIDENT = "not_resident"
    OCCUPATION = "occupation"
    DUPLICATE = "duplicate"


#: What is wrong, then what to do. `{digits}`, `{age}`, `{first}` are filled from the row.
SENTENCES: dict[Reason, str] = {
    Reason.MALFORMED_ROW: _("Baris ini tidak lengkap atau kolomnya bergeser. Isi nama dan tanggal lahir di kolomnya."),
    Reason.NIK_MISSING: _("NIK belum diisi. Isi 16 angka NIK dari KTP atau KK."),
    Reason.NIK_LENGTH: _("NIK harus 16 angka. Sekarang {digits}."),
    Reason.NIK_LETTER: _("NIK harus angka semua. Sekarang ada huruf atau tanda lain. Salin lagi dari KTP."),
    Reason.NIK_PRECISION_LOST: _(
        "Angka NIK rusak oleh Excel. Ubah format kolom NIK menjadi Teks, lalu ketik ulang NIK dari KTP."
    ),
    Reason.NIK_PLACEHOLDER: _("NIK ini hanya angka pengisi. Isi NIK yang benar dari KTP."),
    Reason.NIK_BAD_AREA: _("Enam angka pertama NIK bukan kode wilayah yang dikenal. Periksa lagi dengan KTP."),
    Reason.NIK_BAD_DATE: _("Angka ke-7 sampai ke-12 NIK bukan tanggal lahir yang ada. Periksa lagi dengan KTP."),
    Reason.NIK_BAD_SERIAL: _("Empat angka terakhir NIK tidak boleh 0000. Periksa lagi dengan KTP."),
    Reason.NIK_CONFLICT: _("NIK ini dipakai lebih dari satu orang, atau sama dengan nomor KK. Periksa KTP tiap orang."),
    Reason.NIK_DOB_MISMATCH: _("Tanggal lahir berbeda dengan NIK. Periksa keduanya dengan KTP."),
    Reason.NIK_SEX_MISMATCH: _("Jenis kelamin berbeda dengan NIK. Periksa keduanya dengan KTP."),
    Reason.UNDER_AGE: _("Usia {age} tahun, di bawah batas program. Ganti dengan orang lain yang memenuhi syarat."),
    Reason.OVER_AGE: _("Usia {age} tahun, di atas batas program. Ganti dengan orang lain yang memenuhi syarat."),
    Reason.DEAD: _("Orang ini tercatat meninggal. Hapus dari daftar, atau bawa bukti bila keliru."),
    Reason.ALREADY_COVERED: _("Orang ini sudah menjadi peserta BPJS Ketenagakerjaan. Hapus dari daftar."),
    Reason.NOT_RESIDENT: _("Tempat tinggal di luar wilayah program atau tidak dikenal. Periksa desa dan kecamatannya."),
    Reason.OCCUPATION: _("Pekerjaan belum diisi, tidak dikenal, atau di luar program. Periksa pekerjaannya."),
    Reason.DUPLICATE: _("Orang ini sudah ada di {first}. Baris ini tidak perlu dikirim lagi."),
}

#: The reason of a row that an officer gave back. No check finds it, so it is none of `Reason`.
RETURNED = "returned"
_RETURNED_SENTENCE = _("Petugas mengembalikan baris ini. Periksa lagi dengan KTP.")

#: The field that a reason points at, for marking the cell.
FIELD_OF: dict[Reason, tuple[str, ...]] = {
    Reason.MALFORMED_ROW: ("name", "birth_date", "birth_both"),
    **{reason: ("nik",) for reason in Reason if reason.value.startswith("nik_") or reason is Reason.DUPLICATE},
    Reason.NIK_DOB_MISMATCH: ("birth_date", "birth_both"),
    Reason.NIK_SEX_MISMATCH: ("sex", "sex_l", "sex_p"),
    Reason.UNDER_AGE: ("birth_date", "birth_both", "nik"),
    Reason.OVER_AGE: ("birth_date", "birth_both", "nik"),
    Reason.DEAD: ("name",),
    Reason.ALREADY_COVERED: ("nik",),
    Reason.NOT_RESIDENT: ("village", "district", "regency"),
    Reason.OCCUPATION: ("occupation",),
}


def fields_of(code: str) -> tuple[str, ...]:
    """The fields that a reason points at, best first."""
    return () if code == RETURNED else FIELD_OF[Reason(code)]


def explain(
    code: str,
    *,
    digits: int | None = None,
    age: int | None = None,
    first: str | None = None,
    translate: Callable[[str], str] = str,
) -> str:
    """The sentence for one reason of one row, told by `translate` in the language of the reader."""
    if code == RETURNED:
        return translate(_RETURNED_SENTENCE)
    return translate(SENTENCES[Reason(code)]).format(
        digits=digits if digits is not None else translate(_("lain")), age=age if age is not None else "-",
        first=first or translate(_("baris lain")),
    )  # fmt: skip
