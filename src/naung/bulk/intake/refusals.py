"""The ways a whole file is refused. Nothing of a refused file is taken in; the sentence says what to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Known, Sentence
from naung.saying import gettext_noop as _


class FileFault(StrEnum):
    """Why a file cannot be read; codes for machines, they never change."""

    EMPTY = "file_empty"
    NO_ROWS = "file_no_rows"
    WRONG_TYPE = "file_wrong_type"
    OLD_EXCEL = "file_old_excel"
    PASSWORD = "file_password"  # noqa: S105 - a code
    TOO_LARGE = "file_too_large"
    TOO_LARGE_UNPACKED = "file_too_large_unpacked"
    TOO_MANY_ROWS = "file_too_many_rows"
    UNREADABLE = "file_unreadable"


SENTENCES = {
    FileFault.EMPTY: _("Berkas ini kosong. Kirim ulang berkas yang berisi daftar pekerja."),
    FileFault.NO_ROWS: _("Berkas ini tidak berisi data orang. Isi daftar di bawah judul kolom, lalu kirim ulang."),
    FileFault.WRONG_TYPE: _("Berkas ini %(found)s, bukan tabel. Kirim daftar sebagai XLSX, ODS, atau CSV."),
    FileFault.OLD_EXCEL: _(
        "Berkas ini memakai format Excel lama (XLS). Buka di Excel, simpan sebagai XLSX, lalu kirim ulang."
    ),
    FileFault.PASSWORD: _("Berkas ini terkunci kata sandi. Hapus kata sandinya, simpan, lalu kirim ulang."),
    FileFault.TOO_LARGE: _("Berkas ini terlalu besar (%(found)s). Bagi daftar menjadi beberapa berkas."),
    FileFault.TOO_LARGE_UNPACKED: _(
        "Isi berkas ini terlalu besar setelah dibuka. Salin daftarnya ke berkas baru, lalu kirim ulang."
    ),
    FileFault.TOO_MANY_ROWS: _("Berkas ini berisi terlalu banyak baris (%(found)s). Bagi menjadi beberapa berkas."),
    FileFault.UNREADABLE: _("Berkas ini rusak atau tidak dapat dibaca. Simpan ulang sebagai XLSX atau CSV."),
}


@dataclass(eq=False)
class FileRefused(Refusal):
    """One file that cannot be taken in. Everything else stays as it was."""

    code: ClassVar[str] = "file_refused"

    fault: str
    file: str
    found: str = ""

    def said(self) -> Sentence:
        return Sentence(SENTENCES[FileFault(self.fault)], {"found": Known(self.found or _("tidak dikenal"))})
