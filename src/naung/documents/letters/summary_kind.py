"""The one page for whoever leads: cover, gap, goal, money, what ends, what waits, in that order of reading."""

from __future__ import annotations

from naung.documents.letters.fields import LetterKind, letterhead, lines, signer, table, text
from naung.saying import gettext_noop as _

RINGKASAN = LetterKind(
    "ringkasan",
    _("Ringkasan untuk pimpinan"),
    (
        *letterhead(),
        text("nomor", _("Nomor ringkasan"), "500.15/31/RK/2026"),
        text("judul", _("Judul"), "Perlindungan pekerja Kota Contoh"),
        text("keadaan", _("Keadaan pada tanggal"), "21 November 2026"),
        table(
            "angka",
            _("Angka utama"),
            "ukuran nilai keterangan",
            ("Cakupan pekerja (UCJ), angka resmi", "32,8%", "43.526 dari 132.826"),
            ("Belum terlindungi", "89.300", "orang"),
        ),
        text("sumber_ucj", _("Sumber angka UCJ dan tanggalnya"), "Sumber: FGD contoh, 19 Okt 2024 (berumur 25 bulan)."),
        text("iuran_dibayar", _("Iuran yang sudah dibayar"), "Rp918.960.000"),
        text("iuran", _("Dibandingkan dengan pagu dan rencana"), "terbayar dari pagu Rp1.008.000.000 (91,2%)"),
        lines("perhatian", _("Yang perlu perhatian, satu per baris"), "4.994 orang berakhir 31 Des 2026."),
        lines("keputusan", _("Yang menunggu keputusan, satu per baris"), "SK untuk 24 peserta: Program Contoh 2026"),
        table("celah", _("Menutup kesenjangan"), "uraian jumlah", ("Perlu untuk sasaran", "16.246"), needed=False),
        text("celah_keterangan", _("Keterangan tentang kesenjangan"), "Setahun sekitar Rp1.000.000.", needed=False),
        table("tahap", _("Dari usulan sampai aktif"), "uraian jumlah", ("Diusulkan", "7.000"), ("Aktif", "4.694")),
        table("wilayah", _("Peserta aktif per wilayah"), "wilayah rencana aktif",
              ("Contoh Utara", "1.200", "1.100"), needed=False),
        text("wilayah_keterangan", _("Bulan dan sumber angka per wilayah"), "November 2026. Sumber: Naung.",
             needed=False),
        text("tempat", _("Tempat"), "Contoh"),
        text("tanggal", _("Tanggal"), "21 November 2026"),
        *signer(),
    ),
)  # fmt: skip
