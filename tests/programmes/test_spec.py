"""Programme files: what they may say, and what is said about their mistakes."""

from __future__ import annotations

import json
from datetime import date

import pytest

from naung.programmes.refusals import SpecInvalid
from naung.programmes.spec import json_schema, parse_spec, read_spec, rules_of, stored_spec
from naung.rules.periods import MonthSpan
from tests.factories import make_spec, spec_data

DECILE = {"key": "miskin", "field": "decile", "operator": "le", "value": 4, "reason": "Desil di atas 4."}


def mistakes(**changes) -> tuple[str, ...]:
    with pytest.raises(SpecInvalid) as refusal:
        make_spec(**changes)
    return refusal.value.mistakes


def test_a_plain_file_is_read():
    spec = make_spec()
    assert spec.months == MonthSpan(date(2026, 1, 1), date(2027, 1, 1))
    assert {one.value for one in spec.package} == {"JKK", "JKM"}


def test_area_codes_may_be_written_with_dots():
    dotted = make_spec(area="12.75", quotas=[{"key": "d", "by": "village", "groups": {"12.75.01.1001": {"max": 3}}}])
    (quota,) = rules_of(dotted).quotas
    assert dotted.area == "1275"
    assert quota.share_of("1275011001").most == 3


def test_months_may_cross_a_year():
    spec = make_spec(first_month="2025-08", last_month="2026-07")
    assert len(spec.months) == 12


def test_what_is_stored_reads_back_as_the_same_programme():
    poorest_first = {"key": "a", "label": "Desil", "kind": "ascending", "field": "decile"}
    spec = make_spec(criteria=[DECILE], priorities=[poorest_first])
    stored = json.loads(json.dumps(spec.stored()))
    # What it stands on is kept beside it.
    assert stored_spec(stored) == spec.model_copy(update={"without_agreement": ""})
    assert stored_spec(stored).stored() == stored


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"places": 0}, "places: paling kecil 1"),
        ({"area": "12.7"}, "area: kode wilayah «12.7» bukan 2, 4, 6 atau 10 angka"),
        ({"first_month": "2026-13"}, "first_month: bulan ditulis seperti 2026-01, bukan «2026-13»"),
        ({"last_month": "2025-12"}, "bulan terakhir mendahului bulan pertama"),
        ({"package": ["JKK", "JHT"]}, "paket memuat JKK dan JKM, dapat ditambah JHT, masing-masing sekali"),
        ({"umur": 18}, "umur: tidak dikenal; periksa ejaannya"),
        ({"criteria": [DECILE, DECILE]}, "«miskin» dipakai dua kali di criteria"),
        ({"criteria": [DECILE | {"operator": "in"}]},
         "criteria[1]: operator «in» tidak cocok untuk «decile»; pilih between, ge, gt, le, lt"),
        ({"criteria": [DECILE | {"value": "empat"}]}, "criteria[1]: «decile» dengan «le» memerlukan 1 angka bulat"),
        ({"criteria": [DECILE | {"value": {"a": 1}}]},
         "criteria[1].value: harus angka bulat, teks, atau daftar dari salah satunya"),
        ({"criteria": [DECILE | {"field": "occupation", "operator": "in", "value": ["astronot"]}]},
         "criteria[1]: «astronot» tidak dikenal untuk «occupation»"),
        ({"criteria": [DECILE | {"on": "2026-01-01"}]}, "criteria[1]: «on» hanya untuk usia (age_years)"),
        ({"criteria": [{key: value for key, value in DECILE.items() if key != "reason"}]},
         "criteria[1].reason: belum diisi"),
        ({"quotas": [{"key": "d", "by": "village", "groups": {"1275": {"max": 3}}}]},
         "quotas[1]: kuota «1275» memerlukan kode 10 angka"),
        ({"quotas": [{"key": "d", "by": "office", "groups": {"A": {"max": 3, "min": 4}}}]},
         "quotas[1].groups.A: jatah minimum lebih besar dari kuota maksimum"),
        ({"quotas": [{"key": "d", "by": "office", "groups": {"A": {"min": 6}, "B": {"min": 5}}}]},
         "jatah minimum «d» berjumlah 11, lebih dari 10 tempat"),
        ({"funding_lines": []}, "funding_lines: perlu paling sedikit 1 isi"),
        ({"priorities": [{"key": "a", "label": "x", "kind": "tiers"}]},
         "priorities[1]: urutan bertingkat memerlukan «tiers»"),
        ({"name": "a {tempat}", "seed": -1}, "seed: paling kecil 0"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_in_indonesian(changes, said):
    assert mistakes(**changes) == (said,)


def test_all_mistakes_are_told_at_once():
    assert len(mistakes(places=0, seed=-1, area="x")) == 3


def test_curly_brackets_in_a_mistake_are_shown_as_they_are():
    (said,) = mistakes(area="{12}")
    assert "«{12}»" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{", "baris 1: bukan JSON yang benar"), (b"\xff\xfe\x00", "berkas tidak dapat dibaca sebagai teks UTF-8"),
     (b"[]", "harus berupa objek { ... }"), (b"[" * 100_000, "baris 1: bukan JSON yang benar")],
)  # fmt: skip
def test_a_file_that_is_no_programme_says_so(tmp_path, content, said):
    file = tmp_path / "program.json"
    file.write_bytes(content)
    with pytest.raises(SpecInvalid) as refusal:
        read_spec(file)
    assert refusal.value.mistakes == (said,)
    assert str(refusal.value).startswith("program.json belum dapat dipakai.")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "program.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(spec_data()).encode())
    assert read_spec(file) == make_spec()


def test_the_schema_names_every_part_and_the_file_may_point_to_it():
    schema = json_schema()
    assert {"criteria", "priorities", "quotas", "funding_lines", "seed"} <= set(schema["properties"])
    assert parse_spec(spec_data() | {"$schema": "program.schema.json"}).stored() == make_spec().stored()
