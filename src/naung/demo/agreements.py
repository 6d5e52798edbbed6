"""The agreements, meetings and tasks of the five stories, as published. What is invented carries ° (sample).

Numbers and terms that no article gives stay empty: such a paper is signed and not in force.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from naung.accounts.actions import create_office
from naung.accounts.models import Office, User
from naung.agreements.actions import (
    Basis,
    PartyFacts,
    Task,
    edit_agreement,
    finish_follow_up,
    move,
    prepare_pks,
    record_agreement,
    record_meeting,
)
from naung.agreements.models import Agreement
from naung.demo.cast import BINJAI, LABUSEL, MEDAN, PPU, Cast

_FIVE = ("JKK", "JKM", "JHT", "JP", "JKP")
_INPRES = Basis("Inpres 2/2021 tentang Optimalisasi Pelaksanaan Program Jaminan Sosial Ketenagakerjaan")
_REPORT = Task(
    "Melaporkan realisasi iuran dan peserta triwulan IV 2026",
    due_on=date(2027, 1, 15),
    kind="obligation",
    side="region",
    sample=True,
)
_ANSWER = Task(
    "Menyerahkan daftar peserta aktif triwulan IV untuk dicocokkan",
    due_on=date(2026, 12, 10),
    kind="obligation",
    side="branch",
    sample=True,
)

# The article says that sixteen offices were asked; it does not name them: the names are the usual ones of a city.
# Office, whom it reaches in words, occupations, programmes beside JKK and JKM, stage, day of the stage, due.
_LATE, _SOON, _NEXT = date(2026, 10, 31), date(2026, 12, 15), date(2027, 1, 31)
_MEDAN_OFFICES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], str, date, date | None], ...] = (
    ("Dinas Perhubungan", "juru parkir, pengemudi becak dan ojek", ("parkir", "becak", "ojek", "ojol"), (), "in_force", date(2026, 1, 2), None),
    ("Dinas Koperasi, UKM, Perindustrian, dan Perdagangan", "pedagang kecil, pelaku usaha mikro", ("pedagang", "umkm"), ("JHT",), "in_force", date(2026, 1, 2), None),
    ("Dinas Sosial", "keluarga miskin yang bekerja, Tagana", ("tagana", "pemulung"), (), "in_force", date(2026, 3, 2), None),
    ("Dinas Lingkungan Hidup", "pemulung, pengelola bank sampah", ("pemulung", "bank_sampah"), (), "signed", date(2026, 11, 12), _SOON),
    ("Dinas Pendidikan dan Kebudayaan", "guru honorer, penjaga sekolah", ("guru_paud", "keamanan"), ("JHT", "JP"), "legal_review", date(2026, 10, 20), _SOON),
    ("Dinas Kesehatan", "kader posyandu", ("kader",), (), "legal_review", date(2026, 10, 26), _SOON),
    ("Dinas Kepemudaan dan Olahraga", "pelatih, atlet", (), (), "legal_review", date(2026, 11, 3), _SOON),
    ("Dinas Pariwisata", "pelaku wisata, pekerja seni", ("seniman",), (), "legal_review", date(2026, 11, 9), _SOON),
    ("Dinas Ketahanan Pangan, Pertanian, dan Perikanan", "petani kota, nelayan", ("petani", "nelayan"), (), "draft", date(2026, 9, 14), _LATE),
    ("Dinas Perumahan, Kawasan Permukiman, Cipta Karya, dan Tata Ruang", "tukang, buruh bangunan", ("tukang_bangunan", "buruh_bangunan"), (), "draft", date(2026, 10, 5), _NEXT),
    ("Dinas Sumber Daya Air, Bina Marga, dan Bina Konstruksi", "pekerja konstruksi", ("buruh_bangunan",), (), "draft", date(2026, 10, 5), _NEXT),
    ("Dinas Pemberdayaan Perempuan dan Anak", "kader PKK", ("kader",), (), "draft", date(2026, 11, 2), _NEXT),
    ("Dinas Penanaman Modal dan PTSP", "pemberi kerja baru", (), ("JHT", "JP", "JKP"), "asked", date(2025, 8, 12), _NEXT),
    ("Badan Pendapatan Daerah", "wajib pajak pemberi kerja", (), ("JHT", "JP", "JKP"), "asked", date(2025, 8, 12), _NEXT),
    ("Badan Kesatuan Bangsa dan Politik", "ormas, relawan", (), (), "asked", date(2025, 8, 12), None),
    ("Badan Penanggulangan Bencana Daerah", "relawan bencana", ("tagana",), (), "asked", date(2025, 8, 12), None),
)  # fmt: skip


def binjai(cast: Cast) -> None:
    """Kota Binjai: the FGD of October 2024 and the MoU of 10 November 2025."""
    staff, office, branch = cast["staf.binjai"], cast.office("staf.binjai"), cast.office("cabang.binjai")
    record_meeting(
        repeat=True,
        area_code=BINJAI,
        kind="fgd",
        title="FGD Universal Coverage Jamsostek Kota Binjai",
        held_on=date(2024, 10, 19),
        place="Kota Binjai",
        host=branch,
        agenda=("Paparan cakupan dan kesenjangan UCJ", "Penganggaran iuran pekerja rentan dalam APBD 2025"),
        notes="Angkatan kerja 132.826, cakupan 33 %, kesenjangan 67 % atau sekitar 89.300 pekerja.",
        decisions=("UCJ dinaikkan paling sedikit 20 %", "Iuran pekerja rentan dianggarkan dalam APBD 2025"),
        source="Berita FGD UCJ Kota Binjai, Oktober 2024",
        by=staff,
        follow_ups=(
            Task("Menganggarkan iuran pekerja rentan dalam APBD 2025", office, date(2024, 11, 30)),
            Task("Menyusun data pekerja rentan per kelurahan", office, date(2024, 12, 31), sample=True),
            Task("Memeriksa nomor Permendagri pedoman APBD 2025 pada naskah resmi", office, None, sample=True),
        ),
        bases=(
            _INPRES,
            Basis(
                "Permendagri 15/2014 (sebagaimana tercetak di berita)",
                name="Permendagri 15/2014",
                warning="Kemungkinan salah cetak: pedoman APBD 2025 adalah Permendagri 15/2024. Periksa pada naskah resmi.",
            ),
        ),
    )
    nota = record_agreement(
        repeat=True,
        area_code=BINJAI,
        title="Nota Kesepakatan perlindungan pekerja rentan Kota Binjai",
        branch=branch,
        parties=(
            PartyFacts("region", "Pemerintah Kota Binjai", signer_position="Wali Kota Binjai"),
            PartyFacts("branch", branch.name, signer_position="Kepala Kantor Cabang"),
        ),
        signed_on=date(2025, 11, 10),
        starts_on=date(2025, 11, 10),
        programmes=("JKK", "JKM"),
        segments=("bpu",),
        groups=("petani", "becak", "tagana", "pedagang", "penggali_kubur", "bilal_mayit"),
        objects_text="5.000 pekerja rentan: petani, tukang becak, Tagana, pedagang, penggali kubur, bilal mayit, dan pekerja "
        "informal lain",
        scope=("Iuran penerima bantuan iuran segmen BPU ditanggung Pemerintah Kota", "Disnaker sebagai pelaksana"),
        funding="APBD Kota Binjai",
        source="Sumut Pos, 11 November 2025",
        by=staff,
        bases=(_INPRES,),
        tasks=(
            Task("Mengumpulkan usulan dari 37 kelurahan", office, date(2025, 11, 30), sample=True),
            Task("Menetapkan SK penerima bantuan iuran", office, date(2025, 12, 31), sample=True),
            Task("Menganggarkan lanjutan 2027", office, date(2026, 11, 30), sample=True),
            _REPORT,
            _ANSWER,
        ),
    )
    _done(nota, "Mengumpulkan usulan", date(2025, 12, 5), "37 daftar kelurahan diterima (contoh)", by=staff)
    _done(nota, "Menetapkan SK", date(2025, 12, 20), "SK 188.45/CONTOH-1/K/2025 (contoh)", by=staff)
    for pks in prepare_pks(
        nota,
        offices=[office],
        due_on=date(2025, 12, 20),
        objects={office.pk: "semua kelompok pekerja rentan"},
        by=staff,
        sample=True,
    ):
        _in_force(pks, "560/CONTOH/PKS/2025", date(2025, 12, 15), date(2026, 1, 1), date(2027, 1, 1), by=staff)
    record_meeting(
        repeat=True,
        area_code=BINJAI,
        kind="outreach",
        title="Sosialisasi JKK dan JKM kepada pekerja rentan Binjai Kota",
        held_on=date(2025, 11, 20),
        place="Kantor Kecamatan Binjai Kota",
        host=office,
        agenda=("Apa itu JKK dan JKM", "Cara diusulkan lewat kelurahan", "Hak ahli waris"),
        decisions=("Kelurahan menerima usulan sampai 30 November 2025",),
        groups=("becak", "pedagang", "penggali_kubur"),
        agreement=nota,
        by=staff,
        sample=True,
        follow_ups=(
            Task("Menempelkan pengumuman pendaftaran di kantor kelurahan", office, date(2025, 11, 25), sample=True),
        ),
    )


def labusel(cast: Cast) -> None:
    """Labuhanbatu Selatan: the MoU of 4 October 2022, and the company that carried on."""
    staff, office, branch = cast["staf.labusel"], cast.office("staf.labusel"), cast.office("cabang.labusel")
    company = cast.office("csr.labusel")
    nota = record_agreement(
        repeat=True,
        area_code=LABUSEL,
        title="Nota Kesepakatan perlindungan 2.000 pekerja rentan Labuhanbatu Selatan",
        branch=branch,
        parties=(
            PartyFacts(
                "region", "Pemerintah Kabupaten Labuhanbatu Selatan", signer_position="Bupati Labuhanbatu Selatan"
            ),
            PartyFacts("branch", f"{branch.name} (Kantor Labusel)", signer_position="Kepala Kantor Cabang"),
        ),
        signed_on=date(2022, 10, 4),
        starts_on=date(2022, 10, 1),
        ends_on=date(2023, 1, 1),
        term_source="Tiga bulan Oktober sampai Desember 2022, menurut berita",
        programmes=("JKK", "JKM"),
        segments=("bpu",),
        objects_text="2.000 pekerja rentan yang dinamai semua desa, Oktober sampai Desember 2022",
        scope=(
            "Iuran 3 bulan ditanggung Pemerintah Kabupaten",
            "Dilanjutkan pada tahun 2023",
            "Perusahaan diminta memakai CSR dan mendaftarkan pekerjanya",
        ),
        funding="APBD Kabupaten Labuhanbatu Selatan",
        source="Berita MoU Labuhanbatu Selatan, 5 Oktober 2022",
        by=staff,
        tasks=(
            Task("Melanjutkan perlindungan mulai Januari 2023", office, date(2022, 12, 15)),
            Task("Mengajak perusahaan melindungi pekerja rentan dengan CSR", office, date(2022, 12, 31)),
        ),
    )
    for pks in prepare_pks(
        nota,
        offices=[company],
        due_on=date(2022, 12, 20),
        objects={company.pk: "pekerja kebun dan petani dari daftar desa yang sama"},
        by=staff,
        sample=True,
    ):
        pks = edit_agreement(
            pks,
            {"title": "PKS CSR Perusahaan Contoh 2023", "funding": "CSR Perusahaan Contoh"},
            revision=pks.revision,
            by=staff,
        )
        _in_force(pks, "560/CONTOH/CSR/2022", date(2022, 12, 20), date(2023, 1, 1), date(2023, 7, 1), by=staff)


def medan(cast: Cast) -> None:
    """Kota Medan: the Nota Kesepakatan of August 2025 and the sixteen offices asked for a PKS."""
    staff, office, branch = cast["staf.medan"], cast.office("staf.medan"), cast.office("cabang.medan")
    legal = cast.office("hukum.medan")
    nota = record_agreement(
        repeat=True,
        area_code=MEDAN,
        title="Nota Kesepakatan jaminan sosial ketenagakerjaan Kota Medan",
        branch=branch,
        parties=(
            PartyFacts("region", "Pemerintah Kota Medan", "Rico Tri Putra Bayu Waas", "Wali Kota Medan"),
            PartyFacts("branch", branch.name, "Jefri Iswanto", "Kepala Kantor Cabang Medan Kota"),
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
        bases=(_INPRES,),
        tasks=(
            Task("Menyusun rancangan peraturan pendukung", legal, date(2026, 12, 18), sample=True),
            Task("Sosialisasi bersama di 21 kecamatan", office, date(2026, 12, 31), sample=True),
            _REPORT,
            _ANSWER,
        ),
    )
    offices = [
        create_office(name=f"{name} Kota Medan", kind=Office.Kind.SECTOR, area_code=MEDAN, by=staff)
        for name, *_rest in _MEDAN_OFFICES
    ]
    prepared = prepare_pks(
        nota,
        offices=offices,
        due_on=None,
        objects={made.pk: words for made, (_n, words, *_rest) in zip(offices, _MEDAN_OFFICES, strict=True)},
        groups={made.pk: row[2] for made, row in zip(offices, _MEDAN_OFFICES, strict=True)},
        programmes={made.pk: ("JKK", "JKM", *row[3]) for made, row in zip(offices, _MEDAN_OFFICES, strict=True)},
        by=staff,
        sample=True,
    )
    # Which office stands where was not published: a plausible spread, marked as sample.
    by_office = {made.name: row for made, row in zip(offices, _MEDAN_OFFICES, strict=True)}
    for number, pks in enumerate(prepared, 1):
        assert pks.office is not None
        _name, _words, _groups, _more, stage, day, due = by_office[pks.office.name]
        pks = edit_agreement(pks, {"due_on": due, "segments": ["bpu"]}, revision=pks.revision, by=staff)
        if stage == "in_force":
            _in_force(pks, f"560/{number:03d}/CONTOH/PKS/{day.year}", day, day, date(2027, 1, 1), by=staff)
        elif stage != "asked":
            for step in _steps_to(stage):
                on = day if step == stage else date(2026, 9, 7)
                move(pks, stage=step, on=on, by=staff, signed_on=day if step == "signed" else None)
    record_meeting(
        repeat=True,
        area_code=MEDAN,
        kind="outreach",
        title="Sosialisasi program jaminan sosial ketenagakerjaan kepada perangkat daerah",
        held_on=date(2025, 8, 12),
        place="Kota Medan",
        host=branch,
        agenda=("Lima program jaminan sosial ketenagakerjaan", "Tugas perangkat daerah menurut Nota Kesepakatan"),
        notes="16 perangkat daerah diminta menyusun PKS sesuai sektornya.",
        decisions=("Setiap perangkat daerah menyusun PKS", "Sosialisasi dilakukan bersama"),
        source="Berita Nota Kesepakatan Kota Medan, 12 Agustus 2025",
        agreement=nota,
        by=staff,
        follow_ups=(
            Task("Setiap perangkat daerah menyampaikan draf PKS", office, date(2025, 12, 31), sample=True),
            Task(
                "Menyampaikan daftar juru parkir dan pengemudi becak",
                cast.office("opd.medan"),
                date(2026, 12, 4),
                sample=True,
            ),
        ),
    )


def ppu(cast: Cast) -> None:
    """Penajam Paser Utara: 10.000 workers in 2024, 15.000 planned for 2025, as reported on 25 November 2024."""
    staff, branch = cast["staf.ppu"], cast.office("cabang.ppu")
    legal = cast.office("hukum.ppu")
    nota = record_agreement(
        repeat=True,
        area_code=PPU,
        title="Rancangan kesepakatan bantuan iuran pekerja rentan Penajam Paser Utara",
        branch=branch,
        parties=(
            PartyFacts(
                "region", "Pemerintah Kabupaten Penajam Paser Utara", signer_position="Bupati Penajam Paser Utara"
            ),
            PartyFacts("branch", branch.name, signer_position="Kepala Kantor Cabang"),
        ),
        programmes=("JKK", "JKM"),
        segments=("bpu",),
        groups=("nelayan", "petani", "ojek", "pedagang", "penggali_kubur"),
        objects_text="Pekerja rentan: nelayan, petani, tukang ojek, pedagang kecil, penggali kubur",
        scope=("Iuran disubsidi Pemerintah Kabupaten", "Naskah disiapkan bersama Bagian Hukum"),
        funding="APBD Kabupaten Penajam Paser Utara",
        source="Berita PPU, 25 November 2024",
        by=staff,
        tasks=(Task("Menyelesaikan naskah bersama Bagian Hukum", legal, date(2025, 1, 31), sample=True),),
    )
    move(nota, stage="legal_review", on=date(2024, 11, 25), by=staff, evidence="Berita 25 November 2024")


def _done(of: Agreement, begins: str, on: date, result: str, *, by: User) -> None:
    for task in of.tasks.filter(what__startswith=begins):
        finish_follow_up(task, result=result, on=on, by=by)


def _in_force(pks: Agreement, number: str, signed_on: date, starts_on: date, ends_on: date, *, by: User) -> None:
    """All the steps of a paper, each on a day that can have been; told again, nothing happens."""
    facts: dict[str, Any] = {
        "region_number": number,
        "branch_number": f"PER/{number}",
        "signed_on": signed_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    for step in _steps_to("agreed"):
        move(pks, stage=step, on=signed_on, by=by)
    move(pks, stage="signed", on=signed_on, by=by, signed_on=signed_on)
    move(pks, stage="in_force", on=signed_on, by=by, **facts)


def _steps_to(stage: str) -> list[str]:
    every = ["draft", "legal_review", "agreed", "signed"]
    return every[: every.index(stage) + 1]
