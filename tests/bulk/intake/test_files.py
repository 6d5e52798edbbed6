"""A file that cannot be taken in says why; one that can is bounded in what it costs."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.bulk.intake import FileFault, FileRefused, Limits, read_file
from tests.bulk.intake.lists import HEADER, csv, ods, person, read, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
LIST = [HEADER, person(1)]


def word() -> bytes:
    return zipped({"word/document.xml": "<w/>"})


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(100):
                sheet.write(b"0" * 2**20)
    return packed.getvalue()


def locked_ods() -> bytes:
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x",
        "META-INF/manifest.xml": "<manifest:encryption-data/>",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("nothing.csv", b"", FileFault.EMPTY),
        ("white.csv", b"\xef\xbb\xbf \r\n\t\n", FileFault.EMPTY),
        ("header.csv", csv([HEADER]), FileFault.NO_ROWS),
        ("header.xlsx", xlsx([HEADER]), FileFault.NO_ROWS),
        ("blank.csv", b";;;\n" * 1000, FileFault.NO_ROWS),
        ("prose.csv", b"Kepada Yth. Kepala Dinas,\ndengan hormat kami sampaikan daftar.\n", FileFault.NO_ROWS),
        ("list.xlsx", b"%PDF-1.7 ...", FileFault.WRONG_TYPE),
        ("list.csv", b"\x89PNG\r\n\x1a\n....", FileFault.WRONG_TYPE),
        ("list.xls", b"<html><table><tr><td>NIK</td></tr></table>", FileFault.WRONG_TYPE),
        ("list.xlsx", word(), FileFault.WRONG_TYPE),
        ("list.xlsx", OLE + "Workbook".encode("utf-16-le"), FileFault.OLD_EXCEL),
        ("list.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), FileFault.PASSWORD),
        ("list.ods", locked_ods(), FileFault.PASSWORD),
        ("list.xlsx", bomb(), FileFault.TOO_LARGE_UNPACKED),
        ("list.xlsx", xlsx(LIST)[:-2000], FileFault.UNREADABLE),
        ("list.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                             "content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), FileFault.UNREADABLE),
        ("list.csv", bytes(range(1, 32)) * 40, FileFault.UNREADABLE),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_in_words(name, data, fault):
    with pytest.raises(FileRefused) as refused:
        read_file(data, name, isolate=False)
    assert refused.value.fault == fault
    assert str(refused.value).startswith(("Berkas ini", "Isi berkas ini"))
    assert str(refused.value).endswith(".")


def test_a_file_beyond_the_limits_is_refused_before_it_is_read():
    data = csv([HEADER, *(person(i) for i in range(100))])
    with pytest.raises(FileRefused, match="terlalu besar"):
        read_file(data, "list.csv", limits=Limits(file_bytes=1000))
    with pytest.raises(FileRefused, match="terlalu banyak baris"):
        read_file(data, "list.csv", limits=Limits(rows=50))


def test_a_cell_at_the_far_corner_kills_only_the_child():
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nama", "NIK"])
    page.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(FileRefused) as refused:
        read_file(packed.getvalue(), "corner.xlsx", limits=Limits(memory_bytes=2**30))
    assert refused.value.fault == FileFault.TOO_LARGE_UNPACKED


@pytest.mark.parametrize("make", [xlsx, ods])
def test_the_child_reads_what_we_read_ourselves(make):
    data = make([["Daftar"], HEADER, person(1), person(2)])
    assert read_file(data, "list", isolate=True).rows.equals(read_file(data, "list", isolate=False).rows)


def test_a_cell_of_a_megabyte_spoils_its_row_only():
    parsed = read(csv([HEADER, person(1), person(2, Alamat="x" * 2**20)]))
    assert parsed.rows["malformed"].to_list() == [False, True]
    assert parsed.rows["address"].str.len_chars().max() == Limits().cell_chars


def test_a_hundred_thousand_blank_rows_cost_nothing():
    parsed = read(csv([HEADER, person(1)]) + b"\n" * 100_000 + csv([person(2)]))
    assert parsed.rows["row"].to_list() == [2, 100_002]


def test_content_decides_and_not_the_name():
    assert read(xlsx(LIST), "list.csv").rows.height == 1
    assert read(csv(LIST), "list.xlsx").rows.height == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_separator_and_encoding_reads_alike(encoding, separator, end):
    rows = [HEADER, person(1, TTL="Binjai 01-01-1980", Nama="René d’Été"), person(2, TTL="Binjai 01-01-1980")]
    parsed = read(csv(rows, separator=separator, encoding=encoding, end=end))
    assert parsed.rows["name"].to_list() == ["René d’Été", "Rahmawati Siregar"]
    assert parsed.rows["row"].to_list() == [2, 3]


def test_quotes_keep_separators_and_line_breaks_inside():
    data = b'Nama,NIK,Alamat\n"Budi, S.Pd",1275010101800001,"Jl. A\nNo. 3"\n\nSiti,1275014101800002,"Gg. ""B"""\n'
    parsed = read(data)
    assert parsed.rows["name"].to_list() == ["Budi, S.Pd", "Siti"]
    assert parsed.rows["address"].to_list() == ["Jl. A\nNo. 3", 'Gg. "B"']
    # As a spreadsheet counts: header 1, Budi 2, the blank record 3, Siti 4.
    assert parsed.rows["row"].to_list() == [2, 4]


def test_a_quote_that_never_closes_spoils_its_own_row_only():
    data = (
        b'Nama,NIK,Alamat\nBudi,1275010101800001,"Jl. A\nSiti,1275014101800002,Gg. B\n'
        b'Ani,1275014101800003,pipa 5" kiri\n'
    )
    parsed = read(data)
    assert parsed.rows["name"].to_list() == ["Budi", "Siti", "Ani"]
    assert parsed.rows["malformed"].to_list() == [True, False, False]


def test_ragged_rows_are_told_and_the_rest_goes_on():
    data = b"Nama,NIK,Alamat\nBudi,1275010101800001,Jl. A, No. 3\nSiti\nAni,1275014101800003,Gg. B\n"
    assert read(data).rows["malformed"].to_list() == [True, True, False]


def test_nul_bytes_are_dropped():
    assert read(csv(LIST).replace(b"Siregar", b"Sire\x00gar")).rows["name"].to_list() == ["Rahmawati Siregar"]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(alphabet='No,Nama;NIK"\n\r\t0123456789=@+-|', max_size=300).map(str.encode)
    )
)
def test_no_bytes_whatever_do_more_than_refuse(data):
    try:
        parsed = read(data)
    except FileRefused:
        return
    assert parsed.rows.height > 0
