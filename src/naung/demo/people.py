"""Invented people, always the same from one seed.

Their numbers cannot be anybody's: real NIKs of a district and birth date are numbered from 0001, ours from 9001.
Columns, not objects, so that a bench can ask for a million of them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

MEN = [
    "Abdul",
    "Ahmad",
    "Agus",
    "Amir",
    "Anto",
    "Ari",
    "Arman",
    "Aswin",
    "Bambang",
    "Basri",
    "Budi",
    "Burhan",
    "Dedi",
    "Deni",
    "Edi",
    "Eko",
    "Fadli",
    "Fahmi",
    "Gunawan",
    "Hadi",
    "Halim",
    "Hamdan",
    "Hasan",
    "Hendra",
    "Herman",
    "Idris",
    "Ilham",
    "Imam",
    "Indra",
    "Irwan",
    "Ismail",
    "Iwan",
    "Jaka",
    "Jamal",
    "Joko",
    "Juli",
    "Kamal",
    "Karim",
    "Lukman",
    "Mahmud",
    "Mangasi",
    "Marwan",
    "Muslim",
    "Mustafa",
    "Nasir",
    "Nugroho",
    "Parlin",
    "Poltak",
    "Rahman",
    "Rahmat",
    "Ridwan",
    "Rizal",
    "Rudi",
    "Rusli",
    "Saiful",
    "Samsul",
    "Sardi",
    "Slamet",
    "Sofyan",
    "Subur",
    "Sugeng",
    "Suherman",
    "Sukardi",
    "Sumardi",
    "Surya",
    "Sutrisno",
    "Syahrial",
    "Tagor",
    "Taufik",
    "Togar",
    "Tono",
    "Usman",
    "Wahyu",
    "Wawan",
    "Yanto",
    "Yusuf",
    "Zainal",
    "Zulkifli",
]
WOMEN = [
    "Aisyah",
    "Ani",
    "Anita",
    "Asmah",
    "Asni",
    "Ayu",
    "Citra",
    "Desi",
    "Dewi",
    "Dian",
    "Elly",
    "Erna",
    "Farida",
    "Fitri",
    "Hamidah",
    "Hartati",
    "Hasnah",
    "Ida",
    "Indah",
    "Intan",
    "Jamilah",
    "Juliana",
    "Kartini",
    "Laila",
    "Lastri",
    "Lina",
    "Lestari",
    "Maimunah",
    "Mariam",
    "Marlina",
    "Maya",
    "Murni",
    "Nani",
    "Ningsih",
    "Nova",
    "Nur",
    "Nurhayati",
    "Nurlela",
    "Rahmi",
    "Ratna",
    "Rina",
    "Rohani",
    "Rosmawati",
    "Rosita",
    "Rukiah",
    "Salmah",
    "Sari",
    "Siti",
    "Sri",
    "Sulastri",
    "Sumiati",
    "Suryani",
    "Tiur",
    "Tuti",
    "Umi",
    "Wati",
    "Yanti",
    "Yuliana",
    "Yuni",
    "Zahara",
    "Zubaidah",
]
FAMILIES = [
    "Siregar",
    "Harahap",
    "Nasution",
    "Lubis",
    "Hasibuan",
    "Ritonga",
    "Pohan",
    "Rambe",
    "Dalimunthe",
    "Tanjung",
    "Siagian",
    "Simanjuntak",
    "Sinaga",
    "Purba",
    "Saragih",
    "Ginting",
    "Sembiring",
    "Tarigan",
    "Barus",
    "Sitepu",
    "Marpaung",
    "Pane",
    "Sirait",
    "Manurung",
    "Batubara",
    "Pulungan",
    "Daulay",
    "Matondang",
    "Syahputra",
    "Hidayat",
    "Santoso",
    "Wibowo",
    "Prasetyo",
    "Saputra",
    "Setiawan",
    "Kurniawan",
    "Susanto",
    "Wijaya",
    "Nugraha",
    "Firmansyah",
    "Maulana",
    "Ramadhan",
    "Hakim",
    "Rahim",
    "Salim",
    "Yunus",
    "Anwar",
    "Bakri",
    "Efendi",
    "Hanafi",
    "Iskandar",
    "Mansur",
    "Nurdin",
    "Rasyid",
    "Sulaiman",
    "Umar",
    "Zakaria",
]
STREETS = (
    "Melati",
    "Mawar",
    "Kenanga",
    "Cempaka",
    "Pahlawan",
    "Merdeka",
    "Sudirman",
    "Veteran",
    "Masjid",
    "Pasar",
)

# As villages write them, with how often: the counts of practice are in docs/algorithms/intake.md.
OCCUPATIONS: dict[str, int] = {
    "Petani": 24, "Buruh tani": 14, "Pedagang keliling": 9, "Tukang becak": 7, "Nelayan": 8, "Ojek pangkalan": 6,
    "Tukang bangunan": 6, "Penggali kubur": 2, "Bilal mayit": 2, "Pemulung": 3, "Marbot": 3, "Guru ngaji": 4,
    "Kader posyandu": 4, "Kuli panggul": 3, "PKL": 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Village:
    """Where invented people live."""

    code: str
    name: str
    district: str


def invent(
    count: int,
    *,
    villages: Sequence[Village],
    seed: int,
    occupations: dict[str, int] | None = None,
    born_from: date = date(1962, 1, 1),
    born_to: date = date(2004, 12, 31),
) -> pl.DataFrame:
    """`count` people spread evenly over `villages`.

    Columns: name, nik, kk, sex, birth_place, birth_date, address, rt_rw, village_code, village, district,
    occupation, phone, decile (1-10, poorer more often).
    """
    rng = random.Random(seed)
    jobs = occupations or OCCUPATIONS
    days = (born_to - born_from).days
    sexes = rng.choices("LP", weights=(62, 38), k=count)
    places = [villages[i % len(villages)] for i in range(count)]
    frame = pl.DataFrame(
        {
            "man": rng.choices(MEN, k=count),
            "woman": rng.choices(WOMEN, k=count),
            "middle": rng.choices((*MEN[:20], *("",) * 30), k=count),
            "family": rng.choices(FAMILIES, k=count),
            "sex": sexes,
            "birth_date": [born_from + timedelta(days=day) for day in rng.choices(range(days), k=count)],
            "village_code": [place.code for place in places],
            "village": [place.name for place in places],
            "district": [place.district for place in places],
            "street": rng.choices(STREETS, k=count),
            "house": rng.choices(range(1, 180), k=count),
            "rt": rng.choices(range(1, 12), k=count),
            "rw": rng.choices(range(1, 6), k=count),
            "occupation": rng.choices(list(jobs), weights=list(jobs.values()), k=count),
            "operator": rng.choices((811, 812, 813, 821, 822, 852, 853), k=count),
            "line": rng.choices(range(1_000_000, 100_000_000), k=count),
            "decile": rng.choices(range(1, 11), weights=(20, 18, 15, 12, 10, 8, 6, 5, 4, 2), k=count),
            "family_of": rng.choices(range(max(count // 3, 1)), k=count),
        }
    )
    man = pl.col("sex") == "L"
    day = pl.col("birth_date").dt.day().cast(pl.Int32) + pl.when(man).then(0).otherwise(40)
    stem = pl.concat_str(
        pl.col("village_code").str.slice(0, 6),
        day.cast(pl.String).str.zfill(2),
        pl.col("birth_date").dt.strftime("%m%y"),
    )
    return (
        frame.with_columns(stem.alias("stem"))
        .with_columns((9001 + pl.int_range(pl.len()).over("stem")).cast(pl.String).alias("serial"))
        .select(
            pl.concat_str(
                pl.when(man).then("man").otherwise("woman"),
                pl.when(pl.col("middle") == "").then(pl.lit("")).otherwise(pl.lit(" ") + pl.col("middle")),
                pl.lit(" ") + pl.col("family"),
            ).alias("name"),
            (pl.col("stem") + pl.col("serial")).alias("nik"),
            pl.concat_str(
                pl.col("village_code").str.slice(0, 6),
                pl.lit("010110"),
                (pl.col("family_of") % 10_000).cast(pl.String).str.zfill(4),
            ).alias("kk"),
            "sex",
            pl.col("district").alias("birth_place"),
            "birth_date",
            pl.format("Jl. {} No. {}", "street", "house").alias("address"),
            pl.format(
                "{}/{}", pl.col("rt").cast(pl.String).str.zfill(3), pl.col("rw").cast(pl.String).str.zfill(3)
            ).alias("rt_rw"),
            "village_code",
            "village",
            "district",
            "occupation",
            pl.concat_str(pl.lit("0"), pl.col("operator").cast(pl.String), pl.col("line").cast(pl.String)).alias(
                "phone"
            ),
            "decile",
        )
    )
