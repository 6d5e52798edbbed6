"""The decree on paper: what it says, what its public version keeps back, and that no name becomes a command."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
import zlib
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from naung.documents import decree as decrees
from naung.documents.decree import DecreePaper, DecreeRow, decree_docx, decree_list, decree_pdf, decree_xlsx
from naung.documents.letters.drawing import contents_of
from naung.documents.typeset import TypesettingFailed, typeset
from tests.documents.test_pictures import png

NIK = "1275034505800007"


def person(ordinal: int, **changes) -> DecreeRow:
    facts = DecreeRow(
        ordinal=ordinal, name="Citra Pertiwi", nik=NIK, sex="P", birth_place="Binjai", born_on=date(1980, 5, 5),
        address="Jl. Melati 3", rt="001", rw="002", village="Jati Makmur", district="Binjai Utara",
        occupation="Petani", total=201_600,
    )  # fmt: skip
    return dataclasses.replace(facts, **changes)


def paper(*rows: DecreeRow, **changes) -> DecreePaper:
    facts = DecreePaper(
        region_name="Kota Binjai", authority="Wali Kota Binjai", signer_name="Drs. Contoh, M.Si.", place="Binjai",
        number="188.45/560/K/2025", decided_on=date(2025, 12, 19), title="Penetapan Penerima Bantuan Iuran",
        programme="Penerima Bantuan Iuran Pekerja Rentan", package="JKK dan JKM", first_month=date(2026, 1, 1),
        months=12, funding=("APBD Kota Binjai Tahun Anggaran 2026",), legal_bases=("UU 24/2011;",),
        rows=rows or (person(1), person(2, village="Nangka", district="Binjai Timur")),
    )  # fmt: skip
    return dataclasses.replace(facts, **changes)


def cells(workbook: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


def everything_in(pdf: bytes) -> bytes:
    """The bytes of a PDF with its compressed streams opened."""
    opened = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(opened)


def given_to_the_typesetter(decree: DecreePaper, version: str) -> str:
    given = contents_of(decree_docx(decree, version=version), lists=[decree_list(decree, version)])
    words = [run["t"] for section in given["sections"] for run in runs_of(section["blocks"]) if "t" in run]
    return json.dumps([words, given["lists"], given["title"]], ensure_ascii=False)


def runs_of(blocks: list[dict]) -> list[dict]:
    found = []
    for block in blocks:
        found.extend(block.get("runs", []))
        for row in block.get("rows", []):
            for cell in row["cells"]:
                found.extend(runs_of(cell["blocks"]))
    return found


def test_the_body_says_who_how_long_how_much_and_from_what():
    said = given_to_the_typesetter(paper(), "full")
    assert "sebanyak 2 (dua) orang" in said
    assert "selama 12 (dua belas) bulan, Januari sampai dengan Desember 2026" in said
    assert "Rp403.200,00 (empat ratus tiga ribu dua ratus rupiah)" in said
    assert "dibebankan pada APBD Kota Binjai Tahun Anggaran 2026." in said


def test_the_total_of_the_decree_is_the_sum_of_its_list():
    decree = paper(person(1, total=201_600), person(2, total=50_400))
    assert decree.total == 252_000
    assert [group.total for group in decree_list(decree, "full").groups] == ["252.000"]
    assert decree_list(decree, "full").ending_total == "252.000"


def test_people_stand_by_village_and_keep_their_numbers():
    decree = paper(person(1, village="Nangka"), person(2, village="Berngam"), person(3, village="Nangka"))
    villages = decree_list(decree, "full").groups
    assert [village.name for village in villages] == ["Berngam, Binjai Utara", "Nangka, Binjai Utara"]
    assert [row[0] for village in villages for row in village.rows] == ["2", "1", "3"]


@pytest.mark.parametrize("secret", [NIK, "Citra", "Pertiwi", "Melati", "05-05-1980", "1980", "001/002"])
def test_the_public_version_is_not_even_given_what_it_must_not_show(secret):
    assert secret not in given_to_the_typesetter(paper(), "public")
    assert secret in given_to_the_typesetter(paper(), "full")


@pytest.mark.parametrize("secret", [NIK, "Citra Pertiwi", "Jl. Melati 3"])
def test_the_public_spreadsheet_holds_no_identity(secret):
    public = str(cells(decree_xlsx(paper(), version="public")))
    assert secret not in public
    assert "C•••• P••••" in public
    assert secret in str(cells(decree_xlsx(paper(), version="full")))


def test_the_spreadsheet_has_subtotals_by_village_and_the_nik_as_text():
    lines = cells(decree_xlsx(paper(), version="full"))
    header = next(place for place, line in enumerate(lines) if line[0] == "No.")
    first, subtotal = lines[header + 1], lines[header + 2]
    assert first[2] == NIK
    assert isinstance(first[2], str)
    assert subtotal[1] == "Jumlah Nangka"
    assert subtotal[-2:] == ["1 orang", 201_600]
    assert lines[-1][1] == "Jumlah seluruhnya"
    assert lines[-1][-2:] == ["2 orang", 403_200]


@pytest.mark.parametrize("version", ["full", "public"])
def test_a_decree_prints_as_pdf(version):
    printed = decree_pdf(paper(), version=version)
    assert printed.startswith(b"%PDF-")
    # One page of body and one of attachment.
    assert len(re.findall(rb"/Type\s*/Page\b", everything_in(printed))) == 2


@pytest.mark.parametrize("secret", [NIK, "Citra", "Pertiwi", "Melati", "05-05-1980", "001/002"])
def test_the_public_word_file_holds_no_identity(secret):
    def words(version):
        with zipfile.ZipFile(io.BytesIO(decree_docx(paper(), version=version))) as parts:
            return b"".join(parts.read(name) for name in parts.namelist()).decode(errors="replace")

    assert secret not in words("public")
    assert secret in words("full")


def test_the_last_page_of_the_attachment_is_signed_too():
    signed = decree_list(paper(signer_id="19700101"), "public").signature
    assert signed == (
        "Ditetapkan di Binjai", "pada tanggal 19 Desember 2025", "WALI KOTA BINJAI,", "",
        "Drs. Contoh, M.Si.", "NIP 19700101",
    )  # fmt: skip


def test_printing_twice_gives_the_same_paper():
    assert decree_pdf(paper(), version="full") == decree_pdf(paper(), version="full")


@pytest.mark.parametrize("name", ["#panic()", "$x$ *tebal* _m_", '#read("/etc/passwd")', "\\ ] ) } <akhir>", "@ref"])
def test_a_name_is_never_a_command_of_the_typesetter(name):
    assert decree_pdf(paper(person(1, name=name, address=name), title=name), version="full").startswith(b"%PDF-")


def test_a_decree_before_signing_leaves_room_for_number_and_date():
    said = given_to_the_typesetter(paper(number="", decided_on=None), "full")
    # In the body, in the head of the attachment, and above both signatures.
    assert said.count(decrees.TO_BE_FILLED) == 6
    assert decree_pdf(paper(number="", decided_on=None), version="full").startswith(b"%PDF-")


def test_a_row_does_not_print_its_person_into_a_traceback():
    assert repr(person(7)) == "DecreeRow(ordinal=7)"
    assert NIK not in repr(paper())


def test_a_failure_of_the_typesetter_does_not_repeat_the_data():
    with pytest.raises(TypesettingFailed) as failure:
        typeset("letters/letter.typ", {"title": NIK})
    assert NIK not in str(failure.value)


def test_the_crest_of_the_region_stands_above_the_decree():
    plain, crested = decree_pdf(paper(), version="public"), decree_pdf(paper(crest=png()), version="public")
    image = re.compile(rb"/Subtype\s*/Image")
    assert not image.search(everything_in(plain))
    assert image.search(everything_in(crested))
