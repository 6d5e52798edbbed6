"""The programmes of the stories, as the files people would write. What was not published is marked as sample."""

from __future__ import annotations

from typing import Any

from naung.demo.cast import BINJAI, LABUSEL, PPU

_AGE = {
    "key": "usia",
    "field": "age_years",
    "operator": "between",
    "value": [18, 64],
    "reason": "Usia pekerja harus 18 sampai 64 tahun pada hari seleksi.",
    "legal_basis": "Permenaker 5/2021 (belum 65 tahun saat mendaftar)",
}
_POOREST_FIRST = {
    "key": "desil",
    "label": "Desil kesejahteraan, terendah dahulu",
    "kind": "ascending",
    "field": "decile",
}
_OLDEST_FIRST = {"key": "usia_tua", "label": "Usia, tertua dahulu", "kind": "descending", "field": "age_years"}
_RISK_FIRST = {
    "key": "risiko",
    "label": "Risiko pekerjaan, tertinggi dahulu",
    "kind": "descending",
    "field": "occupation_risk",
}

BINJAI_2026: dict[str, Any] = {
    "code": "BINJAI-2026",
    "name": "Bantuan iuran pekerja rentan Kota Binjai 2026",
    "owner": {"name": "Dinas Tenaga Kerja Kota Binjai"},
    "area": BINJAI,
    "fiscal_year": 2026,
    "first_month": "2026-01",
    "last_month": "2026-12",
    "package": ["JKK", "JKM"],
    "places": 5000,
    "seed": 20251110,
    "criteria": [_AGE],
    "priorities": [_POOREST_FIRST, _RISK_FIRST, _OLDEST_FIRST],
    "funding_lines": [
        {
            "code": "APBD-2026",
            "name": "APBD Kota Binjai 2026",
            "payer": "apbd_kab",
            "ceiling_rp": 1_008_000_000,
            "group_code": "SG-CONTOH-1275",
        }
    ],
    "agreements": ["560/CONTOH/PKS/2025"],
    "sources": ["Sumut Pos, 11 November 2025: 5.000 pekerja rentan, JKK dan JKM, dilaksanakan Disnaker"],
    "notes": "Jumlah, kelompok pekerjaan, dan pelaksana dari berita. Orang, urutan, dan bulan adalah contoh.",
    "sample": True,
}

LABUSEL_2022: dict[str, Any] = {
    "code": "LABUSEL-2022",
    "name": "Perlindungan 2.000 pekerja rentan Labuhanbatu Selatan 2022",
    "owner": {"name": "Dinas Tenaga Kerja Labuhanbatu Selatan"},
    "area": LABUSEL,
    "fiscal_year": 2022,
    "first_month": "2022-10",
    "last_month": "2022-12",
    "package": ["JKK", "JKM"],
    "places": 2000,
    "seed": 20221004,
    "criteria": [_AGE],
    "priorities": [_OLDEST_FIRST],
    "funding_lines": [
        {
            "code": "APBD-2022",
            "name": "APBD Labuhanbatu Selatan 2022",
            "payer": "apbd_kab",
            "ceiling_rp": 100_800_000,
            "group_code": "SG-CONTOH-1222",
        }
    ],
    "agreements": ["Nota Kesepakatan perlindungan 2.000 pekerja rentan Labuhanbatu Selatan"],
    "without_agreement": "Nomor Nota Kesepakatan 4 Oktober 2022 tidak dipublikasikan, jadi belum dapat dicatat berlaku.",
    "sources": ["Berita MoU Labuhanbatu Selatan, 5 Oktober 2022: 2.000 pekerja dari semua desa, 3 bulan"],
    "sample": True,
}

LABUSEL_CSR_2023: dict[str, Any] = {
    "code": "LABUSEL-CSR-2023",
    "name": "Lanjutan CSR Labuhanbatu Selatan 2023",
    "owner": {"name": "Dinas Tenaga Kerja Labuhanbatu Selatan"},
    "area": LABUSEL,
    "fiscal_year": 2023,
    "first_month": "2023-01",
    "last_month": "2023-06",
    "package": ["JKK", "JKM"],
    "places": 400,
    "seed": 20230101,
    "criteria": [
        _AGE,
        {
            "key": "kebun",
            "field": "occupation_group",
            "operator": "in",
            "value": ["Pertanian"],
            "reason": "Dana perusahaan ini hanya untuk pekerja tani dan kebun.",
            "legal_basis": "Perjanjian CSR (contoh)",
        },
    ],
    "priorities": [_OLDEST_FIRST],
    "funding_lines": [
        {
            "code": "CSR-2023",
            "name": "CSR Perusahaan Contoh",
            "payer": "csr",
            "ceiling_rp": 40_320_000,
            "group_code": "SC-CONTOH-1222",
            "donor": {"name": "Perusahaan Contoh", "kind": "donor"},
            "restriction": "Hanya pekerja tani dan kebun",
        }
    ],
    "agreements": ["560/CONTOH/CSR/2022"],
    "sources": ["Berita 2022: perusahaan diminta memakai CSR. Jumlah dan bulan di sini contoh."],
    "sample": True,
}


def ppu(year: int, places: int, seed: int) -> dict[str, Any]:
    """Penajam Paser Utara: 10.000 workers in 2024, 15.000 in 2025, 16.800 a month."""
    return {
        "code": f"PPU-{year}",
        "name": f"Bantuan iuran pekerja rentan Penajam Paser Utara {year}",
        "owner": {"name": "Disnakertrans Penajam Paser Utara"},
        "area": PPU,
        "fiscal_year": year,
        "first_month": f"{year}-01",
        "last_month": f"{year}-12",
        "package": ["JKK", "JKM"],
        "places": places,
        "seed": seed,
        "criteria": [_AGE],
        "priorities": [_POOREST_FIRST, _RISK_FIRST, _OLDEST_FIRST],
        "funding_lines": [
            {
                "code": f"APBD-{year}",
                "name": f"APBD Penajam Paser Utara {year}",
                "payer": "apbd_kab",
                "ceiling_rp": places * 12 * 16_800,
                "group_code": "SG-CONTOH-6409",
            }
        ],
        "without_agreement": "Kesepakatan masih disiapkan bersama Bagian Hukum (berita 25 November 2024).",
        "sources": ["Berita PPU, 25 November 2024: 10.000 pekerja pada 2024, 15.000 direncanakan untuk 2025"],
        "sample": True,
    }
