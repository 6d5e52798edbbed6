"""What the questions to the law, their fields and their choices are called on a page.

The questions themselves (`naung.rules.inquiries`) say in Indonesian what a field is for; the sentences stand here
once more only so that the catalogue can hold their English. A test compares both.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "bpu": _("Bukan penerima upah (BPU)"),
    "ppu": _("Penerima upah (PPU)"),
    "construction": _("Jasa konstruksi"),
    "pmi": _("Pekerja migran (PMI)"),
    "penalty": _("Denda keterlambatan"),
    "employer": _("Program wajib pemberi kerja"),
    "jkk": _("Jaminan Kecelakaan Kerja (JKK)"),
    "jkm": _("Jaminan Kematian (JKM)"),
    "jht": _("Jaminan Hari Tua (JHT)"),
    "jht_partial": _("JHT sebagian"),
    "jp": _("Jaminan Pensiun (JP)"),
    "jkp": _("Jaminan Kehilangan Pekerjaan (JKP)"),
    "scholarship": _("Beasiswa anak"),
    "heirs": _("Ahli waris dan bagiannya"),
    "papers": _("Berkas klaim"),
}

LABELS: dict[str, str | Promise] = {
    "as_known_on": _("Menurut hukum yang diketahui pada"),
    "month": _("Bulan iuran"),
    "income": _("Penghasilan sebulan"),
    "programmes": _("Program"),
    "sector": _("Sektor"),
    "payer": _("Yang membayar"),
    "months": _("Jumlah bulan"),
    "paid_through_july_2020": _("Lunas sampai Juli 2020"),
    "income_base": _("Dasar persentase"),
    "died_on": _("Tanggal meninggal"),
    "months_paid": _("Bulan lunas berturut-turut"),
    "paid_months": _("Bulan lunas"),
    "prepaid": _("Dibayar di muka"),
    "segment": _("Segmen"),
    "on": _("Tanggal kejadian"),
    "tk": _("TK, tahun tersisa"),
    "sd": _("SD, tahun tersisa"),
    "smp": _("SMP, tahun tersisa"),
    "sma": _("SMA, tahun tersisa"),
    "pt": _("Perguruan tinggi, tahun tersisa"),
    "born_on": _("Tanggal lahir"),
    "level": _("Jenjang sekarang"),
    "year": _("Tahun di jenjang itu"),
    "starts": _("Mulai bersekolah"),
    "through": _("Sampai jenjang"),
    "married_on": _("Tanggal menikah"),
    "works_from": _("Bekerja sejak"),
    "relatives": _("Kerabat yang masih hidup"),
    "base_income": _("Dasar upah yang diiurkan"),
    "claim": _("Klaim"),
    "circumstances": _("Keadaan"),
    "heir": _("Hubungan ahli waris"),
    "balance": _("Saldo JHT"),
    "wage": _("Upah sebulan"),
    "risk_class": _("Kelas risiko"),
    "labour_intensive": _("Padat karya"),
    "workers": _("Jumlah pekerja"),
    "settled_on": _("Dilunasi pada"),
    "of": _("Segmen iuran"),
    "amount": _("Iuran yang terlambat"),
    "paid_on": _("Dibayar pada"),
    "contract_value": _("Nilai kontrak"),
    "signed_on": _("Tanggal kontrak"),
    "contract_months": _("Lama perjanjian kerja (bulan)"),
    "extension_months": _("Lama perpanjangan (bulan)"),
    "jht": _("JHT sebulan"),
    "before_work": _("Sebelum berangkat"),
    "capital": _("Modal usaha"),
    "sales": _("Penjualan setahun"),
    "joined": _("Program yang sudah diikuti"),
    "happened_on": _("Tanggal kecelakaan atau diagnosis"),
    "outcome": _("Akibatnya"),
    "cause": _("Yang terjadi"),
    "part": _("Bagian tubuh"),
    "side": _("Sisi"),
    "function_lost": _("Bagian fungsi yang hilang"),
    "extent": _("Ukuran"),
    "doctor_percent": _("Persen menurut dokter"),
    "left_handed": _("Kidal"),
    "months_unable": _("Bulan tidak mampu bekerja"),
    "transport": _("Biaya pengangkutan"),
    "aids": _("Biaya yang diganti"),
    "home_care_months": _("Bulan perawatan di rumah"),
    "prosthesis_price": _("Harga protesa"),
    "work_ended_on": _("Hubungan kerja berakhir"),
    "reported_on": _("Dilaporkan pada"),
    "claimed_on": _("Klaim diajukan pada"),
    "dismissed_on": _("Tanggal pemutusan hubungan kerja"),
    "months_paid_of_window": _("Bulan iuran dalam masa yang ditinjau"),
    "citizen": _("Warga negara Indonesia"),
    "age_when_registered": _("Usia saat didaftarkan"),
    "contributions": _("Seluruh iuran"),
    "investment_return": _("Hasil pengembangan"),
    "stopped_on": _("Hari terakhir bekerja"),
    "years": _("Lama kepesertaan (tahun)"),
    "purpose": _("Keperluan"),
    "already_taken": _("Pernah mengambil sebagian"),
    "starts_on": _("Pensiun mulai"),
    "contribution_months": _("Masa iur (bulan)"),
    "average_yearly_wage": _("Rata-rata upah setahun"),
    "contributions_and_return": _("Iuran dan hasil pengembangannya"),
}

CHOICES: dict[str, str | Promise] = {
    "JKK": _("JKK"),
    "JKM": _("JKM"),
    "JHT": _("JHT"),
    "JP": _("JP"),
    "JKP": _("JKP"),
    "jkk": _("JKK"),
    "jkm": _("JKM"),
    "jht": _("JHT"),
    "jp": _("JP"),
    "jkp": _("JKP"),
    "scholarship": _("Beasiswa anak"),
    "bpu": _("Bukan penerima upah (BPU)"),
    "ppu": _("Penerima upah (PPU)"),
    "transport": _("Angkutan, ojek, atau kurir"),
    "sector.other": _("Di luar angkutan"),
    "apbd_kab": _("APBD kabupaten/kota"),
    "apbd_prov": _("APBD provinsi"),
    "apbdes": _("APBDes (dana desa)"),
    "dbh_sawit": _("DBH sawit"),
    "dbhcht": _("DBH cukai tembakau"),
    "otsus": _("Dana otonomi khusus"),
    "csr": _("Perusahaan (CSR)"),
    "zakat": _("Zakat"),
    "donor": _("Donatur"),
    "self": _("Pekerja sendiri"),
    "apbn": _("APBN"),
    "band": _("Upah lapisan"),
    "exact": _("Penghasilan itu sendiri"),
    "tk": _("TK"),
    "sd": _("SD"),
    "smp": _("SMP"),
    "sma": _("SMA"),
    "pt": _("Perguruan tinggi"),
    "spouse": _("Suami atau istri"),
    "child": _("Anak"),
    "parent": _("Orang tua"),
    "grandchild": _("Cucu"),
    "grandparent": _("Kakek atau nenek"),
    "sibling": _("Saudara kandung"),
    "parent_in_law": _("Mertua"),
    "will": _("Ditunjuk dalam wasiat"),
    "other": _("Lainnya"),
    "relatives.other": _("Kerabat lain"),
    "heir.other": _("Kerabat lain"),
    "road_accident": _("Kecelakaan lalu lintas"),
    "outside_place_or_hours": _("Di luar tempat atau jam kerja"),
    "reimbursed": _("Biaya diganti"),
    "stmb": _("Sementara tidak mampu bekerja"),
    "housing": _("Perumahan"),
    "accident": _("Kecelakaan kerja"),
    "disease": _("Penyakit akibat kerja"),
    "violence": _("Kekerasan di tempat kerja"),
    "healed": _("Sembuh"),
    "partial_anatomical": _("Cacat sebagian anatomis"),
    "partial_functional": _("Cacat sebagian fungsi"),
    "total_permanent": _("Cacat total tetap"),
    "died": _("Meninggal dunia"),
    "right": _("Kanan"),
    "left": _("Kiri"),
    "land": _("Darat, sungai, atau danau"),
    "sea": _("Laut"),
    "air": _("Udara"),
    "homecare": _("Perawatan di rumah"),
    "dentures": _("Gigi tiruan"),
    "hearing_aid": _("Alat bantu dengar"),
    "glasses": _("Kacamata"),
}

#: One of a list, by the field that holds the list.
THINGS: dict[str, str | Promise] = {
    "children": _("Anak"),
    "memberships": _("Kepesertaan"),
    "losses": _("Cacat"),
}

#: The parts of a result that are rupiah; a name with its question before it counts there alone.
PARTS: dict[str, str | Promise] = {
    "jkk": _("Iuran JKK"),
    "jkm": _("Iuran JKM"),
    "jht": _("Iuran JHT"),
    "jht_employer": _("Iuran JHT, pemberi kerja"),
    "jht_employee": _("Iuran JHT, pekerja"),
    "jp_employer": _("Iuran JP, pemberi kerja"),
    "jp_employee": _("Iuran JP, pekerja"),
    "employer_total": _("Ditanggung pemberi kerja"),
    "employee_total": _("Ditanggung pekerja"),
    "due_now": _("Dibayar sekarang"),
    "before": _("Sebelum berangkat"),
    "during": _("Selama bekerja"),
    "extension": _("Perpanjangan"),
    "base": _("Dasar upah"),
    "lump_sum": _("Santunan kematian"),
    "periodic": _("Santunan berkala"),
    "funeral": _("Biaya pemakaman"),
    "death_grant": _("Santunan kematian"),
    "transport": _("Biaya pengangkutan"),
    "stmb": _("Sementara tidak mampu bekerja"),
    "aids": _("Biaya yang diganti"),
    "disability": _("Santunan cacat"),
    "scholarship": _("Beasiswa anak"),
    "monthly": _("Manfaat sebulan"),
    "jp.lump_sum": _("Manfaat sekaligus"),
}

#: What the questions say of their fields, word for word, for the catalogue.
HELP: tuple[str, ...] = (
    gettext_noop("Bulan iuran; bila dibayar sekaligus, bulan yang pertama."),
    gettext_noop("Penghasilan sebulan dalam rupiah. Kosong: lapisan terendah, yang dibayar pemda."),
    gettext_noop("Program yang diikuti."),
    gettext_noop("Angkutan atau bukan."),
    gettext_noop("Uang siapa yang membayar."),
    gettext_noop("Berapa bulan dibayar sekaligus."),
    gettext_noop("Lunas sampai Juli 2020, syarat keringanan PP 49/2020."),
    gettext_noop("Dasar persentase: upah lapisan, atau penghasilan itu sendiri."),
    gettext_noop("Tanggal meninggal; hukum hari itu yang berlaku."),
    gettext_noop("Bulan lunas berturut-turut sampai dengan bulan meninggal."),
    gettext_noop("Atau: semua bulan lunas, seperti 2025-01..2025-12,2026-03."),
    gettext_noop("Beberapa bulan dibayar sekaligus di muka."),
    gettext_noop("Tanggal kejadian; hukum hari itu yang berlaku."),
    gettext_noop("Bulan lunas, bila bukan akibat kerja: menentukan apakah haknya terbuka."),
    gettext_noop("Bukan akibat kerja: bulan lunas berturut-turut sampai dengan bulan meninggal."),
    gettext_noop("Atau: semua bulan lunas."),
    gettext_noop("Akibat kerja: dasar upah yang diiurkan."),
    gettext_noop("Klaim apa."),
    gettext_noop("Tanggal kejadian."),
    gettext_noop("Segmen pekerja."),
    gettext_noop("Keadaan yang membuat berkas lain diperlukan."),
    gettext_noop("Hubungan ahli waris."),
    gettext_noop("Saldo JHT dalam rupiah."),
    gettext_noop("Upah sebulan dalam rupiah."),
    gettext_noop("Nilai kontrak tanpa PPN, dalam rupiah."),
    gettext_noop("Tanggal kontrak; bersama nilai kontrak."),
    gettext_noop("Bulan iuran; bersama upah."),
    gettext_noop("Atau, bila upah diketahui: upah sebulan dalam rupiah."),
    gettext_noop("Tanggal mendaftar."),
    gettext_noop("Lama perjanjian kerja dalam bulan."),
    gettext_noop("Lama perpanjangan dalam bulan."),
    gettext_noop("JHT pilihan sebulan dalam rupiah."),
    gettext_noop("Termasuk bagian sebelum berangkat."),
    gettext_noop("Pada tanggal ini."),
    gettext_noop("Modal usaha tanpa tanah dan bangunan, dalam rupiah."),
    gettext_noop("Penjualan setahun dalam rupiah."),
    gettext_noop("Program yang sudah diikuti."),
    gettext_noop("Tanggal pemutusan hubungan kerja."),
    gettext_noop("Upah sebulan terakhir yang dilaporkan, dalam rupiah."),
    gettext_noop("Berapa bulan dibayar. Kosong: semua yang diberikan."),
    gettext_noop("Bulan iuran dalam masa yang ditinjau (24 bulan terakhir)."),
    gettext_noop("Warga negara Indonesia."),
    gettext_noop("Usia saat didaftarkan."),
    gettext_noop("Tanggal mengajukan."),
    gettext_noop("Tanggal pensiun mulai."),
    gettext_noop("Masa iur dalam bulan."),
    gettext_noop("Rata-rata tertimbang upah setahun menurut BPJS Ketenagakerjaan, dalam rupiah."),
    gettext_noop("Seluruh iuran dan hasil pengembangannya, bila masa iur kurang."),
    gettext_noop("Tanggal lahir; bila diisi, usia pensiun diperiksa."),
    gettext_noop("Seluruh iuran dalam rupiah, menurut BPJS Ketenagakerjaan."),
    gettext_noop("Hasil pengembangan dalam rupiah, menurut BPJS Ketenagakerjaan."),
    gettext_noop("Tanggal lahir; bila diisi, haknya diperiksa."),
    gettext_noop("Hari terakhir bekerja; bila diisi, haknya diperiksa."),
    gettext_noop("Tanggal diambil."),
    gettext_noop("Lama kepesertaan dalam tahun penuh."),
    gettext_noop("Untuk keperluan apa."),
    gettext_noop("Sudah pernah mengambil sebagian."),
    gettext_noop("Tanggal kecelakaan, atau diagnosis penyakit akibat kerja."),
    gettext_noop("Upah sebulan yang dilaporkan; untuk BPU dasar upah lapisan yang diiurkan."),
    gettext_noop("Akhirnya bagaimana."),
    gettext_noop("Apa yang terjadi."),
    gettext_noop("Kidal: kanan dan kiri pada tabel bertukar."),
    gettext_noop("Bulan penuh tidak mampu bekerja (STMB)."),
    gettext_noop("Bulan perawatan di rumah."),
    gettext_noop("Harga protesa menurut daftar rumah sakit pemerintah."),
    gettext_noop("Tanggal meninggal."),
    gettext_noop("Penyakit: tanggal hubungan kerja berakhir."),
    gettext_noop("Tanggal dilaporkan."),
    gettext_noop("Tanggal klaim diajukan."),
    gettext_noop("Kelas risiko lingkungan kerja, 1 sampai 5."),
    gettext_noop("Industri padat karya menurut PP 7/2025."),
    gettext_noop("Jumlah pekerja pemberi kerja. Kosong: cukup."),
    gettext_noop("Tanggal iuran itu dilunasi (PP 36/2025)."),
    gettext_noop("Iuran siapa."),
    gettext_noop("Iuran yang terlambat dalam rupiah; untuk padat karya: iuran JKK saja."),
    gettext_noop("Tanggal dibayar."),
    gettext_noop("Pemberi kerja padat karya dengan keringanan PP 7/2025."),
)

#: Mistakes that concern several fields at once name them as machines do; people read this instead.
_MISTAKES: dict[str, str | Promise] = {
    "isi salah satu: months_paid, paid_months atau memberships": _(
        "Isi salah satu: bulan lunas berturut-turut, bulan lunas, atau kepesertaan."
    ),
    "isi paling banyak satu: months_paid, paid_months atau base_income": _(
        "Isi paling banyak satu: bulan lunas berturut-turut, bulan lunas, atau dasar upah."
    ),
    "born_on dan level diisi bersama": _("Isi tanggal lahir bersama jenjang sekarang."),
    "isi sisa tahun per jenjang, atau born_on dan level, tidak keduanya": _(
        "Isi sisa tahun per jenjang, atau tanggal lahir dan jenjang, tidak keduanya."
    ),
    "semua anak diisi dengan cara yang sama": _("Isi semua anak dengan cara yang sama."),
    "bulan ditulis seperti 2026-05 atau 2026-01..2026-05": _("Tulis bulan seperti 2026-05 atau 2026-01..2026-05."),
    "bulan terakhir lebih awal daripada bulan pertama, atau jangkauannya terlalu panjang": _(
        "Bulan terakhir lebih awal daripada bulan pertama, atau jangkauannya terlalu panjang."
    ),
    "isi contract_value dan signed_on, atau month dan wage": _(
        "Isi nilai dan tanggal kontrak, atau bulan iuran dan upah sebulan."
    ),
    "belum diisi": _("Belum diisi."),
}


def kind(name: str) -> str | Promise:
    return KINDS.get(name, name.upper())


def label(field: str, row: int | None = None) -> str:
    """What a field is called; in a list of things, with the number of the thing."""
    called = str(LABELS.get(field, field.replace("_", " ").capitalize()))
    return called if row is None else f"{called} ({row})"


def choice(field: str, value: object) -> str | Promise:
    """A choice by its name; the same word may mean another thing in another field."""
    return CHOICES.get(f"{field}.{value}") or CHOICES.get(str(value), str(value))


def part(question: str, name: str) -> str | Promise | None:
    """What a part of a result is called, if it is rupiah."""
    return PARTS.get(f"{question}.{name}") or PARTS.get(name)


def thing(listed: str, number: int) -> str:
    """`Anak 1`: one of a list of things."""
    return f"{THINGS.get(listed, listed.capitalize())} {number}"


def help_of(description: str, label: str) -> str:
    """What a field is for, unless its name has said so."""
    words = gettext(description) if description else ""
    return "" if words.rstrip(".").casefold() == label.casefold() else words


def mistake(words: str) -> str:
    """A mistake as a sentence in the language of the page, as far as it is known."""
    known = _MISTAKES.get(words)
    return str(known) if known else gettext(words[:1].upper() + words[1:]).rstrip(".") + "."
