"""The named fields of a paper: what a template may name and what whoever fills it must give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from naung.saying import gettext_noop as _

Sort = Literal["text", "lines", "table"]


@dataclass(frozen=True, slots=True)
class Field:
    """One named field. `text` is a str, `lines` a list of str, `table` a list of dicts of str with exactly `columns`.

    `words` say to the person who edits a template what stands here; `example` is invented. A field that is not
    `needed` may be missing or empty, in the contents and in a template; its text is then "" and its list empty.
    """

    name: str
    words: str
    sort: Sort
    example: Any
    needed: bool = True
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of paper. `listed` says whether names are attached where the paragraph `[[lampiran]]` stands."""

    code: str
    name: str
    fields: tuple[Field, ...]
    listed: bool = False

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    @property
    def example(self) -> dict[str, Any]:
        """Invented contents of every field, ready for `fill`."""
        return {field.name: field.example for field in self.fields}


def text(name: str, words: str, example: str, *, needed: bool = True) -> Field:
    return Field(name, words, "text", example, needed)


def lines(name: str, words: str, *example: str, needed: bool = True) -> Field:
    return Field(name, words, "lines", list(example), needed)


def table(name: str, words: str, columns: str, *example: tuple[str, ...], needed: bool = True) -> Field:
    """`columns` are the names of the columns, parted by spaces; an example row has one text for each."""
    names = tuple(columns.split())
    return Field(name, words, "table", [dict(zip(names, row, strict=True)) for row in example], needed, names)


def letterhead(office: str = "DINAS KETENAGAKERJAAN") -> tuple[Field, ...]:
    """The head of the paper (kop): whose it is. Written in capitals by the template."""
    return (
        text("instansi", _("Pemerintah daerah di kop"), "PEMERINTAH KOTA CONTOH"),
        text("unit_kop", _("Perangkat daerah di kop"), office, needed=False),
        text("alamat_kop", _("Alamat di kop"), "Jalan Contoh Nomor 1, Kota Contoh", needed=False),
    )


def opening() -> tuple[Field, ...]:
    """Where and when: `Pada hari ini Selasa tanggal dua belas bulan ... bertempat di ...`."""
    return (
        text(
            "tanggal_terbilang",
            _("Hari dan tanggal dengan huruf"),
            "Selasa tanggal dua belas bulan Agustus tahun dua ribu dua puluh lima",
        ),
        text("tanggal", _("Tanggal"), "12 Agustus 2025"),
        text("tempat", _("Tempat"), "Contoh"),
    )


def signer(position: str = "Kepala Dinas Ketenagakerjaan") -> tuple[Field, ...]:
    """Who signs at the end."""
    return (
        text("jabatan", _("Jabatan penanda tangan"), position),
        text("nama", _("Nama penanda tangan"), "Drs. Penanda Tangan Contoh, M.Si."),
        text("nip", _("NIP penanda tangan"), "00000000 000000 0 000", needed=False),
    )


def copies() -> Field:
    return lines("tembusan", _("Tembusan"), "Wali Kota Contoh", "Inspektur Kota Contoh", needed=False)
