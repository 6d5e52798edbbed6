"""Papers of an agreement: Nota Kesepakatan, PKS and surat kuasa."""

from __future__ import annotations

from naung.documents.letters.fields import Field, LetterKind, letterhead, lines, opening, table, text
from naung.saying import gettext_noop as _


def _sides() -> tuple[Field, ...]:
    return (
        text("instansi_daerah", _("Pihak kesatu di judul dan kop"), "PEMERINTAH KOTA CONTOH"),
        text("instansi_mitra", _("Pihak kedua di judul dan kop"), "BPJS KETENAGAKERJAAN KANTOR CABANG CONTOH"),
        text("nomor_daerah", _("Nomor dari pihak kesatu"), "100.3.7/12/NK/2025"),
        text("nomor_mitra", _("Nomor dari pihak kedua"), "PER/7/082025"),
        text("tentang", _("Tentang apa"), "Sinergi Pelindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan"),
        *opening(),
        text("pihak_kesatu_nama", _("Nama yang bertindak untuk pihak kesatu"), "Drs. Pihak Kesatu Contoh, M.Si."),
        text("pihak_kesatu_jabatan", _("Jabatannya"), "Wali Kota Contoh"),
        text("pihak_kesatu_dasar", _("Dasar kewenangannya"), "peraturan perundang-undangan", needed=False),
        text("pihak_kesatu_alamat", _("Alamatnya"), "Jalan Contoh Nomor 1, Kota Contoh"),
        text("pihak_kedua_nama", _("Nama yang bertindak untuk pihak kedua"), "Pihak Kedua Contoh, S.E."),
        text("pihak_kedua_jabatan", _("Jabatannya"), "Kepala BPJS Ketenagakerjaan Kantor Cabang Contoh"),
        text("pihak_kedua_dasar", _("Dasar kewenangannya"), "Surat Kuasa Nomor 5/KUASA/2025", needed=False),
        text("pihak_kedua_alamat", _("Alamatnya"), "Jalan Mitra Nomor 2, Kota Contoh"),
        lines(
            "pertimbangan",
            _("Hal yang dipertimbangkan, satu kalimat per baris"),
            "bahwa pekerja rentan perlu dilindungi dari risiko kecelakaan kerja dan kematian",
            "bahwa PARA PIHAK mempunyai tugas yang saling menunjang dalam penyelenggaraan pelindungan tersebut",
        ),
        lines(
            "dasar_hukum",
            _("Dasar hukum, satu peraturan per baris"),
            "Undang-Undang contoh",
            "Peraturan Daerah contoh",
        ),
    )  # fmt: skip


def _substance() -> tuple[Field, ...]:
    return (
        lines(
            "tujuan",
            _("Tujuan, satu per baris"),
            "memperluas kepesertaan pekerja rentan",
            "mencegah kemiskinan baru karena risiko kerja",
            needed=False,
        ),
        lines("objek", _("Objek: siapa yang dilindungi"), "petani, nelayan, dan buruh harian lepas"),
        lines("segmen", _("Segmen peserta"), "bukan penerima upah", needed=False),
        text("program", _("Program jaminan"), "Jaminan Kecelakaan Kerja dan Jaminan Kematian"),
        lines("ruang_lingkup", _("Ruang lingkup, satu per baris"), "pertukaran data", "sosialisasi dan edukasi"),
        text("jangka_waktu", _("Lama berlaku"), "1 (satu) tahun"),
        text("mulai", _("Hari pertama berlaku"), "12 Agustus 2025"),
        text("berakhir", _("Hari terakhir berlaku"), "11 Agustus 2026"),
        lines("pembiayaan", _("Sumber dana"), "Anggaran Pendapatan dan Belanja Daerah Kota Contoh"),
        lines("pihak_kesatu_kontak", _("Alamat surat pihak kesatu"), "Bagian Kerja Sama Kota Contoh", needed=False),
        lines("pihak_kedua_kontak", _("Alamat surat pihak kedua"), "Bidang Kepesertaan Kantor Cabang", needed=False),
    )


NOTA_KESEPAKATAN = LetterKind(
    "nota_kesepakatan",
    _("Nota Kesepakatan"),
    (
        *_sides(),
        *_substance(),
        table(
            "rencana_kerja",
            _("Lampiran rencana kerja"),
            "kegiatan penanggung_jawab waktu hasil",
            ("Menyusun perjanjian kerja sama tiap perangkat daerah", "Bagian Kerja Sama", "Oktober 2025", "16 PKS"),
            ("Sosialisasi di kecamatan", "Dinas Ketenagakerjaan", "November 2025", "500 orang hadir"),
            needed=False,
        ),
    ),
)

PKS = LetterKind(
    "pks",
    _("Perjanjian Kerja Sama"),
    (
        *_sides(),
        text("nota_kesepakatan", _("Nota Kesepakatan induk: nomor dan tanggal"), "Nomor 100.3.7/12/NK/2025"),
        text("surat_kuasa", _("Surat kuasa kepala daerah: nomor dan tanggal"), "Nomor 90/SK/2025", needed=False),
        *_substance(),
        lines("definisi", _("Pengertian tambahan, satu per baris"), needed=False),
        lines("kewajiban_kesatu", _("Kewajiban pihak kesatu di luar yang baku"), needed=False),
        lines("kewajiban_kedua", _("Kewajiban pihak kedua di luar yang baku"), needed=False),
        lines("hak_kesatu", _("Hak pihak kesatu di luar yang baku"), needed=False),
        lines("hak_kedua", _("Hak pihak kedua di luar yang baku"), needed=False),
        text("jumlah_peserta", _("Banyaknya peserta, dengan angka dan huruf"), "1.000 (seribu) orang", needed=False),
        text("iuran_per_orang", _("Iuran satu orang sebulan"), "Rp16.800,00 (enam belas ribu delapan ratus rupiah)"),
        text("jumlah_iuran", _("Iuran seluruhnya"), "Rp201.600.000,00 (dua ratus satu juta enam ratus ribu rupiah)",
             needed=False),
        table(
            "rincian_iuran",
            _("Lampiran rincian iuran"),
            "program orang bulan iuran jumlah",
            ("Jaminan Kecelakaan Kerja", "1.000", "12", "10.000", "120.000.000"),
            ("Jaminan Kematian", "1.000", "12", "6.800", "81.600.000"),
            needed=False,
        ),
    ),
    listed=True,
)  # fmt: skip

SURAT_KUASA = LetterKind(
    "surat_kuasa",
    _("Surat Kuasa"),
    (
        *letterhead(""),
        text("nomor", _("Nomor surat"), "90/SK/2025"),
        text("pemberi_nama", _("Nama pemberi kuasa"), "Drs. Pemberi Kuasa Contoh, M.Si."),
        text("pemberi_jabatan", _("Jabatan pemberi kuasa"), "Wali Kota Contoh"),
        text("pemberi_alamat", _("Alamat pemberi kuasa"), "Jalan Contoh Nomor 1, Kota Contoh", needed=False),
        text("penerima_nama", _("Nama penerima kuasa"), "Penerima Kuasa Contoh, S.H."),
        text("penerima_nip", _("NIP penerima kuasa"), "00000000 000000 0 000", needed=False),
        text("penerima_jabatan", _("Jabatan penerima kuasa"), "Kepala Dinas Perikanan Kota Contoh"),
        text("penerima_alamat", _("Alamat penerima kuasa"), "Jalan Dermaga Nomor 3, Kota Contoh", needed=False),
        text("keperluan", _("Untuk menandatangani apa"), "Perjanjian Kerja Sama tentang Pelindungan Pekerja Rentan"),
        text("mitra", _("Dengan siapa"), "BPJS Ketenagakerjaan Kantor Cabang Contoh"),
        lines("dasar", _("Dasar, satu per baris"), "Nota Kesepakatan Nomor 100.3.7/12/NK/2025", needed=False),
        text("berlaku", _("Sampai kapan berlaku"), "31 Desember 2026", needed=False),
        text("tempat", _("Tempat"), "Contoh"),
        text("tanggal", _("Tanggal"), "12 Agustus 2025"),
    ),
)

AGREEMENT_KINDS = (NOTA_KESEPAKATAN, PKS, SURAT_KUASA)
