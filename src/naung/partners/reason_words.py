"""Why a line of a list was not taken, and how to mend it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "malformed": _("Baris ini rusak: jumlah kolomnya lain atau isinya terlalu panjang. Ketik ulang barisnya."),
    "no_name": _("Nama kosong. Isi namanya."),
    "total": _("Ini baris jumlah, bukan pemberi kerja. Hapus baris ini."),
    "count_unreadable": _("Jumlah pekerja bukan angka antara 0 dan 1.000.000. Tulis angkanya saja."),
    "programmes_unknown": _("Program tidak dikenal. Tulis JKK, JKM, JHT, JP, JKP dengan koma, atau «belum»."),
    "money_unreadable": _("Modal atau penjualan tidak terbaca. Tulis angka rupiah saja."),
    "outside": _("Tempatnya di luar wilayah Anda. Kirim ke kabupaten/kota yang bersangkutan."),
    "place_unknown": _("Desa/kelurahan atau kecamatan tidak dikenal. Perbaiki namanya atau kosongkan."),
    "number_of_another": _("NPP ini tercatat atas nama pemberi kerja lain. Periksa NPP atau namanya."),
    "name_of_several": _("Ada beberapa pemberi kerja bernama ini. Isi NPP atau desa/kelurahannya."),
    "people_unreadable": _("Jumlah pekerja yang ditanggung harus angka 1 sampai 1.000."),
    "day_unreadable": _("Tanggal tidak terbaca. Tulis seperti 1-3-2026."),
    "until_before_since": _("Tanggal berakhir harus sesudah tanggal mulai."),
    "fewer_than_paired": _("Lebih sedikit daripada yang sudah berpasangan. Lepas pasangannya lebih dulu."),
    "of_another_region": _("Pemberi ini dicatat oleh wilayah lain. Hubungi wilayah itu untuk mengubahnya."),
    "twice_in_file": _("Nama ini sudah ada di baris sebelumnya. Gabungkan menjadi satu baris."),
}


def explain(code: str) -> str | Promise:
    return REASONS[code]
