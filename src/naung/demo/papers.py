"""The agreements, meetings and figures of the five stories, as published; what is invented is marked as sample."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from naung.accounts.actions import create_office
from naung.accounts.models import Office
from naung.agreements.actions import (
    Basis,
    PartyFacts,
    Task,
    move,
    prepare_pks,
    record_agreement,
    record_meeting,
)
from naung.demo.cast import BINJAI, LABUSEL, MEDAN, PPU, Cast
from naung.planning.actions import record_figure, set_target
from naung.rules.ucj import DenominatorKind, Segment

_FIVE = ("JKK", "JKM", "JHT", "JP", "JKP")

# The article says that sixteen offices were asked; it does not name them: the names are the usual ones of a city.
_MEDAN_OFFICES = (
    ("Dinas Perhubungan", "juru parkir, becak, ojek"),
    ("Dinas Sosial", "keluarga miskin yang bekerja"),
    ("Dinas Lingkungan Hidup", "pemulung, bank sampah"),
    ("Dinas Koperasi, UKM, Perindustrian, dan Perdagangan", "pedagang kecil, UMKM"),
    ("Dinas Ketahanan Pangan, Pertanian, dan Perikanan", "petani, nelayan"),
    ("Dinas Kesehatan", "kader posyandu"),
    ("Dinas Pendidikan dan Kebudayaan", "guru honorer, penjaga sekolah"),
    ("Dinas Perumahan, Kawasan Permukiman, Cipta Karya, dan Tata Ruang", "tukang, buruh bangunan"),
    ("Dinas Sumber Daya Air, Bina Marga, dan Bina Konstruksi", "pekerja konstruksi"),
    ("Dinas Pariwisata", "pelaku wisata"),
    ("Dinas Kepemudaan dan Olahraga", "pelatih, atlet"),
    ("Dinas Pemberdayaan Perempuan dan Anak", "kader PKK"),
    ("Dinas Penanaman Modal dan PTSP", "pemberi kerja baru"),
    ("Badan Pendapatan Daerah", "wajib pajak pemberi kerja"),
    ("Badan Kesatuan Bangsa dan Politik", "ormas, relawan"),
    ("Badan Penanggulangan Bencana Daerah", "relawan bencana"),
)


def binjai(cast: Cast) -> None:
    """Kota Binjai: the FGD of October 2024 and the MoU of 10 November 2025."""
    staff, office = cast["staf.binjai"], cast.office("staf.binjai")
    record_figure(
        area_code=BINJAI,
        as_of=date(2024, 10, 19),
        numerators={Segment.ALL: 43_526},
        denominator=132_826,
        denominator_kind=DenominatorKind.LABOUR_FORCE,
        published_percent=Decimal(33),
        source="Paparan BPJS Ketenagakerjaan pada FGD UCJ Kota Binjai, Oktober 2024",
        note="Diumumkan 33 % dari 132.826 angkatan kerja dan sekitar 89.300 belum terlindungi; pembilang diturunkan dari "
        "kedua angka itu.",
        by=staff,
    )
    set_target(
        area_code=BINJAI,
        year=2026,
        percent=Decimal(45),
        denominator_kind=DenominatorKind.LABOUR_FORCE,
        instrument="Angka contoh, belum ditetapkan",
        by=staff,
        sample=True,
    )
    record_meeting(
        area_code=BINJAI,
        kind="fgd",
        title="FGD Universal Coverage Jamsostek Kota Binjai",
        held_on=date(2024, 10, 19),
        place="Kota Binjai",
        notes="Angkatan kerja 132.826, cakupan 33 %, kesenjangan 67 % atau sekitar 89.300 pekerja. Diminta kenaikan UCJ "
        "paling sedikit 20 % dan dianggarkan dalam APBD 2025.",
        source="Berita FGD UCJ Kota Binjai, Oktober 2024",
        by=staff,
        follow_ups=(
            Task("Menganggarkan iuran pekerja rentan dalam APBD 2025", office, date(2024, 11, 30)),
            Task("Menyusun data pekerja rentan per kelurahan", office, date(2024, 12, 31), sample=True),
            Task("Memeriksa nomor Permendagri pedoman APBD 2025 pada naskah resmi", office, None, sample=True),
        ),
        bases=(
            Basis("Inpres 2/2021 tentang Optimalisasi Pelaksanaan Program Jaminan Sosial Ketenagakerjaan"),
            Basis(
                "Permendagri 15/2014 (sebagaimana tercetak di berita)",
                warning="Kemungkinan salah cetak: pedoman APBD 2025 adalah Permendagri 15/2024. Periksa pada naskah resmi.",
            ),
        ),
    )
    agreement = record_agreement(
        area_code=BINJAI,
        title="Nota Kesepakatan perlindungan pekerja rentan Kota Binjai",
        parties=(
            PartyFacts("region", "Pemerintah Kota Binjai"),
            PartyFacts("branch", "BPJS Ketenagakerjaan Cabang Binjai"),
        ),
        signed_on=date(2025, 11, 10),
        starts_on=date(2025, 11, 10),
        programmes=("JKK", "JKM"),
        segments=("bpu",),
        objects_text="5.000 pekerja rentan: petani, tukang becak, Tagana, pedagang, penggali kubur, bilal mayit, dan pekerja "
        "informal lain",
        scope=("Iuran penerima bantuan iuran segmen BPU ditanggung Pemerintah Kota", "Disnaker sebagai pelaksana"),
        source="Sumut Pos, 11 November 2025",
        by=staff,
        tasks=(
            Task("Mengumpulkan usulan dari 37 kelurahan", office, date(2025, 11, 30), sample=True),
            Task("Menetapkan SK penerima bantuan iuran", office, date(2025, 12, 31), sample=True),
            Task("Menganggarkan lanjutan 2027", office, date(2026, 11, 30), sample=True),
        ),
    )
    prepare_pks(
        agreement,
        offices=[office],
        due_on=date(2025, 12, 15),
        objects={office.pk: "semua kelompok pekerja rentan"},
        by=staff,
        sample=True,
    )


def labusel(cast: Cast) -> None:
    """Labuhanbatu Selatan: the MoU of 4 October 2022."""
    staff, office = cast["staf.labusel"], cast.office("staf.labusel")
    record_agreement(
        area_code=LABUSEL,
        title="Nota Kesepakatan perlindungan 2.000 pekerja rentan Labuhanbatu Selatan",
        parties=(
            PartyFacts("region", "Pemerintah Kabupaten Labuhanbatu Selatan"),
            PartyFacts("branch", "BPJS Ketenagakerjaan Cabang Kisaran (Kantor Labusel)"),
        ),
        signed_on=date(2022, 10, 4),
        starts_on=date(2022, 10, 1),
        ends_on=date(2023, 1, 1),
        programmes=("JKK", "JKM"),
        segments=("bpu",),
        objects_text="2.000 pekerja rentan yang dinamai semua desa, Oktober sampai Desember 2022",
        scope=(
            "Iuran 3 bulan ditanggung Pemerintah Kabupaten",
            "Dilanjutkan pada tahun 2023",
            "Perusahaan diminta memakai CSR dan mendaftarkan pekerjanya",
        ),
        source="Berita MoU Labuhanbatu Selatan, 5 Oktober 2022",
        by=staff,
        tasks=(
            Task("Melanjutkan perlindungan mulai Januari 2023", office, date(2022, 12, 15)),
            Task("Mengajak perusahaan melindungi pekerja rentan dengan CSR", office, date(2022, 12, 31)),
        ),
    )


def medan(cast: Cast) -> None:
    """Kota Medan: the Nota Kesepakatan of August 2025 and the sixteen offices asked for a PKS."""
    staff, office = cast["staf.medan"], cast.office("staf.medan")
    record_figure(
        area_code=MEDAN,
        as_of=date(2025, 10, 1),
        numerators={Segment.ALL: 472_068},
        denominator=875_743,
        denominator_kind=DenominatorKind.LABOUR_FORCE,
        published_percent=Decimal("55.55"),
        source="teritorial24.com, Oktober 2025",
        note="Jumlah dan persen dari artikel yang sama; keduanya tidak cocok.",
        by=staff,
    )
    agreement = record_agreement(
        area_code=MEDAN,
        title="Nota Kesepakatan jaminan sosial ketenagakerjaan Kota Medan",
        parties=(
            PartyFacts("region", "Wali Kota Medan"),
            PartyFacts("branch", "BPJS Ketenagakerjaan Cabang Medan Kota"),
        ),
        signed_on=date(2025, 8, 12),
        starts_on=date(2025, 8, 12),
        programmes=_FIVE,
        segments=("state_employers", "private_employers", "bpu"),
        objects_text="Pemberi kerja penyelenggara negara, pemberi kerja swasta, dan pekerja lain",
        scope=(
            "16 perangkat daerah diminta menyusun PKS",
            "Sosialisasi bersama",
            "Penyusunan peraturan daerah pendukung",
        ),
        source="Berita Nota Kesepakatan Kota Medan, 12 Agustus 2025",
        by=staff,
        tasks=(
            Task("Menyusun rancangan peraturan pendukung", office, date(2026, 6, 30), sample=True),
            Task("Sosialisasi bersama di 21 kecamatan", office, date(2026, 12, 31), sample=True),
        ),
    )
    offices = [
        create_office(name=f"{name} Kota Medan", kind=Office.Kind.SECTOR, area_code=MEDAN, by=staff)
        for name, _reach in _MEDAN_OFFICES
    ]
    prepare_pks(
        agreement,
        offices=offices,
        due_on=date(2025, 12, 31),
        objects={made.pk: reach for made, (_name, reach) in zip(offices, _MEDAN_OFFICES, strict=True)},
        by=staff,
        sample=True,
    )
    # Which office stands where was not published: a plausible spread, marked as sample.
    stages = ["in_force"] * 3 + ["agreed"] * 2 + ["legal_review"] * 3 + ["draft"] * 2
    for number, (pks, stage) in enumerate(zip(agreement.pks.order_by("id"), stages, strict=False), 1):
        if pks.stage != "asked":
            continue
        facts: dict[str, Any] = {}
        if stage == "in_force":
            facts = {
                "region_number": f"560/{number:03d}/PKS/2025",
                "branch_number": f"PER/{number:03d}/112025",
                "signed_on": date(2025, 11, 3),
                "starts_on": date(2025, 11, 3),
                "ends_on": date(2026, 11, 3),
            }
        move(pks, stage=stage, on=date(2025, 11, 3), by=staff, **facts)
    record_meeting(
        area_code=MEDAN,
        kind="outreach",
        title="Sosialisasi program jaminan sosial ketenagakerjaan kepada perangkat daerah",
        held_on=date(2025, 8, 12),
        place="Kota Medan",
        notes="16 perangkat daerah diminta menyusun PKS sesuai sektornya.",
        source="Berita Nota Kesepakatan Kota Medan, 12 Agustus 2025",
        agreement=agreement,
        by=staff,
        follow_ups=(Task("Setiap perangkat daerah menyampaikan draf PKS", office, date(2025, 12, 31), sample=True),),
    )


def ppu(cast: Cast) -> None:
    """Penajam Paser Utara: 10.000 workers in 2024, 15.000 planned for 2025, as reported on 25 November 2024."""
    staff, office = cast["staf.ppu"], cast.office("staf.ppu")
    record_agreement(
        area_code=PPU,
        title="Rancangan kesepakatan bantuan iuran pekerja rentan Penajam Paser Utara",
        parties=(
            PartyFacts("region", "Pemerintah Kabupaten Penajam Paser Utara"),
            PartyFacts("branch", "BPJS Ketenagakerjaan"),
        ),
        programmes=("JKK", "JKM"),
        segments=("bpu",),
        objects_text="Pekerja rentan: nelayan, petani, tukang ojek, pedagang kecil, penggali kubur",
        scope=("Iuran disubsidi Pemerintah Kabupaten", "Naskah disiapkan bersama Bagian Hukum"),
        source="Berita PPU, 25 November 2024",
        by=staff,
        tasks=(Task("Menyelesaikan naskah bersama Bagian Hukum", office, date(2025, 1, 31), sample=True),),
    )
