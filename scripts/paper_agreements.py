"""The words of Nota Kesepakatan, Perjanjian Kerja Sama and surat kuasa.

The order of the articles is that of published agreements between regions and agencies; their wording is ours.
"""

from __future__ import annotations

from paper_writing import Paper

_SEGMENTS = "{% for baris in segmen %}{{ baris }}{% if not loop.last %}, {% endif %}{% endfor %}"


def _head(paper: Paper, title: str) -> None:
    paper.crest()
    paper.title(title, size=14)
    paper.p("ANTARA", align="center", bold=True, before=6, after=4)
    paper.title("{{ instansi_daerah }}")
    paper.p("DENGAN", align="center", bold=True, before=4, after=4)
    paper.title("{{ instansi_mitra }}")
    paper.p("TENTANG", align="center", bold=True, before=4, after=4)
    paper.title("{{ tentang }}")
    paper.rule()
    paper.p("NOMOR : {{ nomor_daerah }}", align="center", after=0)
    paper.p("NOMOR : {{ nomor_mitra }}", align="center", after=12)


def _sides(paper: Paper) -> None:
    paper.p(
        "Pada hari ini {{ tanggal_terbilang }} ({{ tanggal }}), bertempat di {{ tempat }}, kami yang bertanda tangan "
        "di "
        "bawah ini:"
    )
    words = (
        "{{ %s_jabatan }}, berkedudukan di {{ %s_alamat }}, dalam hal ini bertindak untuk dan atas nama {{ %s }}"
        "{%% if %s_dasar %%} berdasarkan {{ %s_dasar }}{%% endif %%}, selanjutnya disebut **%s**."
    )
    first, second = "pihak_kesatu", "pihak_kedua"
    paper.parties(
        ("I.", "{{ pihak_kesatu_nama }}", words % (first, first, "instansi_daerah", first, first, "PIHAK KESATU")),
        ("II.", "{{ pihak_kedua_nama }}", words % (second, second, "instansi_mitra", second, second, "PIHAK KEDUA")),
    )
    paper.p(
        "PIHAK KESATU dan PIHAK KEDUA selanjutnya secara bersama-sama disebut **PARA PIHAK**, terlebih dahulu "
        "mempertimbangkan hal-hal sebagai berikut:",
        before=4,
    )
    paper.huruf(("pertimbangan", ";"))


def _bases(paper: Paper, *more: str) -> None:
    paper.p("Dengan memperhatikan:", before=4, after=3)
    paper.huruf(("dasar_hukum", ""), *more, sort="angka")


def _purpose(paper: Paper, name: str) -> None:
    paper.pasal("Maksud dan Tujuan")
    paper.ayat(
        f"Maksud {name} ini adalah sebagai landasan bagi PARA PIHAK untuk bekerja bersama dalam {{{{ tentang }}}} "
        f"sesuai "
        "dengan tugas dan kewenangan masing-masing.",
        "% if tujuan",
        f"Tujuan {name} ini adalah:",
        ("tujuan", ";"),
        "% endif",
    )


def _object(paper: Paper, name: str) -> None:
    paper.pasal("Objek")
    paper.ayat(
        f"Objek {name} ini adalah pelindungan jaminan sosial ketenagakerjaan bagi:",
        ("objek", ";"),
        "Program jaminan sosial ketenagakerjaan sebagaimana dimaksud pada ayat (1) meliputi {{ program }}.",
        "% if segmen",
        f"Peserta termasuk segmen {_SEGMENTS}.",
        "% endif",
    )


def _scope(paper: Paper, name: str) -> None:
    paper.pasal("Ruang Lingkup")
    paper.p(f"Ruang lingkup {name} ini meliputi:", after=3)
    paper.huruf(("ruang_lingkup", ";"))


def _term(paper: Paper, name: str) -> None:
    paper.pasal("Jangka Waktu")
    paper.ayat(
        f"{name} ini berlaku selama {{{{ jangka_waktu }}}}, sejak {{{{ mulai }}}} sampai dengan {{{{ berakhir }}}}.",
        f"{name} ini dapat diperpanjang berdasarkan kesepakatan tertulis PARA PIHAK. Pembahasan perpanjangan dimulai "
        f"paling "
        "lambat 3 (tiga) bulan sebelum jangka waktu berakhir.",
        f"{name} ini dapat diakhiri sebelum jangka waktu berakhir dengan pemberitahuan tertulis dari salah satu pihak "
        f"paling "
        "lambat 30 (tiga puluh) hari kalender sebelumnya. Pengakhiran tidak menghapus kewajiban yang telah timbul.",
    )


def _monitoring(paper: Paper, name: str) -> None:
    paper.pasal("Monitoring dan Evaluasi")
    paper.ayat(
        f"PARA PIHAK melakukan monitoring dan evaluasi atas pelaksanaan {name} ini paling sedikit 1 (satu) kali dalam "
        "3 (tiga) bulan.",
        "Hasil monitoring dan evaluasi dituangkan dalam laporan tertulis dan menjadi bahan perbaikan pelaksanaan.",
    )


def _correspondence(paper: Paper, name: str) -> None:
    paper.pasal("Korespondensi")
    paper.ayat(
        f"Surat-menyurat dan pemberitahuan mengenai {name} ini disampaikan secara tertulis kepada:",
        "> PIHAK KESATU: {{ pihak_kesatu_jabatan }}, {{ pihak_kesatu_alamat }}"
        "{% for baris in pihak_kesatu_kontak %}; {{ baris }}{% endfor %};",
        "> PIHAK KEDUA: {{ pihak_kedua_jabatan }}, {{ pihak_kedua_alamat }}"
        "{% for baris in pihak_kedua_kontak %}; {{ baris }}{% endfor %}.",
        "Perubahan alamat diberitahukan secara tertulis paling lambat 7 (tujuh) hari kerja sebelum berlaku.",
    )


def _force_majeure(paper: Paper, name: str) -> None:
    paper.pasal("Keadaan Kahar")
    paper.ayat(
        "Keadaan kahar adalah keadaan di luar kemampuan PARA PIHAK yang tidak dapat diduga sebelumnya, antara lain "
        "bencana "
        f"alam, wabah, kebakaran, huru-hara, dan gangguan sistem secara luas, yang menghalangi pelaksanaan {name} ini.",
        "Pihak yang mengalami keadaan kahar memberitahukannya secara tertulis kepada pihak lain paling lambat 7 "
        "(tujuh) hari "
        "kalender sejak keadaan itu terjadi, disertai keterangan yang cukup.",
        "PARA PIHAK bermusyawarah mengenai kelanjutan pelaksanaan sesudah keadaan kahar berakhir. Keterlambatan karena "
        "keadaan kahar tidak dianggap sebagai kelalaian.",
    )


def _closing(paper: Paper, name: str) -> None:
    paper.pasal("Penutup")
    paper.p(
        f"{name} ini dibuat dan ditandatangani oleh PARA PIHAK pada hari, tanggal, bulan, dan tahun sebagaimana "
        f"disebut pada "
        "awal naskah, dalam rangkap 2 (dua) asli, masing-masing bermeterai cukup dan mempunyai kekuatan hukum yang "
        "sama.",
        after=16,
        keep=True,
    )
    paper.signatures(
        ["PIHAK KEDUA,", "{{ pihak_kedua_jabatan }}", "", "{{ pihak_kedua_nama }}"],
        ["PIHAK KESATU,", "{{ pihak_kesatu_jabatan }}", "", "{{ pihak_kesatu_nama }}"],
        room=72,
    )


def _attachment(paper: Paper, title: str, of: str) -> None:
    paper.p(f"LAMPIRAN {of}", align="left", bold=True, page=True, after=1)
    paper.p("NOMOR : {{ nomor_daerah }}", align="left", after=1)
    paper.p("NOMOR : {{ nomor_mitra }}", align="left", after=10)
    paper.title(title)
    paper.p("", size=6, after=2)


def nota_kesepakatan() -> Paper:
    paper, name = Paper("f4"), "Nota Kesepakatan"
    _head(paper, name)
    _sides(paper)
    _bases(paper)
    paper.p(
        "PARA PIHAK sepakat untuk mengikatkan diri dalam Nota Kesepakatan tentang {{ tentang }}, dengan ketentuan "
        "sebagai "
        "berikut:",
        before=4,
    )
    _purpose(paper, name)
    _object(paper, name)
    _scope(paper, name)
    paper.pasal("Pelaksanaan")
    paper.ayat(
        "Nota Kesepakatan ini ditindaklanjuti dengan Perjanjian Kerja Sama oleh perangkat daerah sesuai dengan tugas "
        "dan "
        "fungsinya.",
        "Kepala perangkat daerah menandatangani Perjanjian Kerja Sama berdasarkan surat kuasa dari PIHAK KESATU.",
        "Kegiatan, penanggung jawab, waktu, dan hasil yang diharapkan dituangkan dalam rencana kerja sebagaimana "
        "tercantum "
        "dalam Lampiran yang merupakan bagian tidak terpisahkan dari Nota Kesepakatan ini.",
    )
    _term(paper, name)
    paper.pasal("Pembiayaan")
    paper.p("Biaya yang timbul dalam pelaksanaan Nota Kesepakatan ini dibebankan pada:", after=3)
    paper.huruf(("pembiayaan", ";"))
    _monitoring(paper, name)
    _correspondence(paper, name)
    _force_majeure(paper, name)
    paper.pasal("Lain-lain")
    paper.p(
        "Hal-hal yang belum diatur atau perubahan atas Nota Kesepakatan ini ditetapkan dalam addendum yang disepakati "
        "secara "
        "tertulis oleh PARA PIHAK dan merupakan bagian tidak terpisahkan dari Nota Kesepakatan ini."
    )
    _closing(paper, name)
    paper.tag("if rencana_kerja")
    _attachment(paper, "Rencana Kerja", "NOTA KESEPAKATAN")
    paper.listing(
        "rencana_kerja",
        [
            ("Kegiatan", "kegiatan", 5.6, "left"),
            ("Penanggung jawab", "penanggung_jawab", 3.8, "left"),
            ("Waktu", "waktu", 2.7, "left"),
            ("Hasil", "hasil", 3.3, "left"),
        ],
    )
    paper.tag("endif")
    return paper


def pks() -> Paper:
    paper, name = Paper("f4"), "Perjanjian Kerja Sama"
    _head(paper, name)
    _sides(paper)
    _bases(
        paper, "Nota Kesepakatan {{ nota_kesepakatan }}", "% if surat_kuasa", "Surat Kuasa {{ surat_kuasa }}", "% endif"
    )
    paper.p(
        "PARA PIHAK sepakat untuk mengikatkan diri dalam Perjanjian Kerja Sama tentang {{ tentang }}, dengan "
        "ketentuan sebagai "
        "berikut:",
        before=4,
    )
    paper.pasal("Pengertian")
    paper.p("Dalam Perjanjian Kerja Sama ini yang dimaksud dengan:", after=3)
    paper.huruf(
        "Pekerja Rentan adalah pekerja yang penghasilan dan kondisi kerjanya mudah terguncang oleh risiko sosial dan "
        "ekonomi "
        "serta belum mampu membayar iuran sendiri, yang ditetapkan sebagai penerima bantuan iuran.",
        "Peserta adalah Pekerja Rentan yang terdaftar dan dibayarkan iurannya menurut Perjanjian Kerja Sama ini.",
        "Iuran adalah sejumlah uang yang dibayar secara teratur kepada PIHAK KEDUA untuk program jaminan sosial "
        "ketenagakerjaan.",
        "Kode Iuran adalah kode pembayaran yang diterbitkan PIHAK KEDUA untuk satu kelompok Peserta dan satu masa "
        "iuran.",
        "Pemadanan Data adalah pembandingan data calon Peserta dengan data kependudukan, data sosial ekonomi, dan data "
        "kepesertaan.",
        ("definisi", ""),
        sort="angka",
    )
    _purpose(paper, name)
    _object(paper, name)
    _scope(paper, name)
    paper.pasal("Hak dan Kewajiban PIHAK KESATU")
    paper.ayat(
        "PIHAK KESATU berhak:",
        "> memperoleh hasil Pemadanan Data dan nomor kepesertaan setiap Peserta;",
        "> memperoleh Kode Iuran, bukti penerimaan Iuran, dan rincian nama Peserta yang telah dibayarkan untuk setiap "
        "bulan;",
        "> memperoleh laporan klaim dan manfaat yang telah dibayarkan kepada Peserta atau ahli warisnya;",
        ("hak_kesatu", ";"),
        "PIHAK KESATU berkewajiban:",
        "> menyerahkan data calon Peserta yang telah diverifikasi dan ditetapkan;",
        "> membayar Iuran tepat waktu sesuai dengan anggaran yang tersedia;",
        "> memberitahukan perubahan data Peserta sebelum Kode Iuran bulan berikutnya diterbitkan;",
        "> membantu penyampaian kartu dan sosialisasi manfaat kepada Peserta;",
        ("kewajiban_kesatu", ";"),
    )
    paper.pasal("Hak dan Kewajiban PIHAK KEDUA")
    paper.ayat(
        "PIHAK KEDUA berhak:",
        "> menerima data calon Peserta yang lengkap dan benar;",
        "> menerima pembayaran Iuran sesuai dengan Kode Iuran;",
        ("hak_kedua", ";"),
        "PIHAK KEDUA berkewajiban:",
        "> melakukan Pemadanan Data dengan data kepesertaan dan memberitahukan hasilnya beserta alasannya;",
        "> mendaftarkan Peserta dan menerbitkan nomor serta kartu kepesertaan;",
        "> menerbitkan Kode Iuran sesuai dengan daftar Peserta terakhir;",
        "> membayar manfaat kepada Peserta atau ahli warisnya sesuai dengan ketentuan peraturan perundang-undangan;",
        "> memberikan sosialisasi, edukasi, dan layanan pengaduan;",
        ("kewajiban_kedua", ";"),
    )
    paper.pasal("Data Peserta dan Tata Cara Verifikasi")
    paper.ayat(
        "PIHAK KESATU mengumpulkan data calon Peserta melalui desa, kelurahan, dan perangkat daerah, paling sedikit "
        "memuat "
        "nama, Nomor Induk Kependudukan, tempat dan tanggal lahir, alamat, dan pekerjaan.",
        "Data sebagaimana dimaksud pada ayat (1) dipadankan dengan data kependudukan dan data kepesertaan, kemudian "
        "diverifikasi di lapangan. Hasilnya dituangkan dalam Berita Acara.",
        "Calon Peserta yang tidak memenuhi syarat diberi tahu alasannya dan dapat mengajukan keberatan melalui desa "
        "atau "
        "kelurahan.",
        "Peserta ditetapkan dengan keputusan pejabat yang berwenang.",
    )
    paper.pasal("Tata Cara Pendaftaran")
    paper.ayat(
        "PIHAK KESATU menyerahkan daftar Peserta yang telah ditetapkan kepada PIHAK KEDUA dalam format yang "
        "disepakati.",
        "PIHAK KEDUA mendaftarkan Peserta paling lambat 7 (tujuh) hari kerja sejak daftar diterima lengkap, dan "
        "memberitahukan "
        "Peserta yang belum dapat didaftarkan beserta alasannya.",
        "Pelindungan berlaku sejak bulan Iuran pertama dibayar.",
    )
    paper.pasal("Besaran Iuran")
    paper.ayat(
        "Iuran untuk setiap Peserta sebesar {{ iuran_per_orang }} per bulan untuk {{ program }}.",
        "% if jumlah_peserta",
        "Jumlah Peserta menurut Perjanjian Kerja Sama ini {{ jumlah_peserta }}"
        "{% if jumlah_iuran %} dengan Iuran seluruhnya sebesar {{ jumlah_iuran }}{% endif %}.",
        "% endif",
        "% if rincian_iuran",
        "Rincian Iuran tercantum dalam Lampiran.",
        "% endif",
        "Apabila besaran Iuran diubah dengan peraturan perundang-undangan, Iuran mengikuti perubahan itu sejak tanggal "
        "berlakunya dan dituangkan dalam addendum.",
    )
    paper.pasal("Penagihan dan Pembayaran")
    paper.ayat(
        "PIHAK KEDUA menerbitkan Kode Iuran dan surat tagihan yang memuat masa iuran, jumlah Peserta, dan jumlah "
        "Iuran per "
        "program, disertai rekapitulasi nama Peserta.",
        "PIHAK KESATU meneliti tagihan paling lambat 5 (lima) hari kerja sejak diterima. Tagihan yang tidak sesuai "
        "dengan "
        "daftar Peserta terakhir dikembalikan untuk diganti.",
        "PIHAK KESATU membayar Iuran melalui Kode Iuran sesuai dengan mekanisme pengelolaan keuangan daerah.",
        "Biaya dibebankan pada:",
        ("pembiayaan", ";"),
        "PIHAK KEDUA menyampaikan bukti penerimaan Iuran dan daftar Peserta yang dibayarkan.",
    )
    paper.pasal("Mutasi dan Penggantian Peserta")
    paper.ayat(
        "Perubahan Peserta terjadi karena meninggal dunia, pindah domisili, menjadi pekerja penerima upah, dibiayai "
        "sumber "
        "lain, mengundurkan diri, atau tidak lagi memenuhi syarat.",
        "PIHAK KESATU menyampaikan perubahan Peserta setiap bulan sebelum Kode Iuran bulan berikutnya diterbitkan, "
        "dan PARA "
        "PIHAK menuangkannya dalam Berita Acara pemutakhiran data.",
        "Peserta yang keluar dapat diganti dari daftar tunggu dengan keputusan pejabat yang berwenang.",
    )
    paper.pasal("Pelayanan Klaim")
    paper.ayat(
        "PIHAK KESATU dan perangkat desa atau kelurahan membantu Peserta atau ahli warisnya melaporkan kecelakaan "
        "kerja atau "
        "kematian dan melengkapi dokumen.",
        "PIHAK KEDUA meneliti pengajuan dan memberitahukan dokumen yang belum lengkap secara tertulis, serta membayar "
        "manfaat "
        "sesuai dengan ketentuan peraturan perundang-undangan.",
        "PIHAK KEDUA melaporkan klaim yang diajukan, dibayar, dan ditolak beserta alasannya kepada PIHAK KESATU "
        "setiap bulan.",
    )
    paper.pasal("Kerahasiaan dan Pelindungan Data Pribadi")
    paper.ayat(
        "PARA PIHAK memproses data pribadi hanya untuk pelaksanaan Perjanjian Kerja Sama ini dan tidak memberikannya "
        "kepada "
        "pihak lain tanpa dasar hukum yang sah.",
        "Pertukaran data dilakukan melalui saluran yang aman, oleh petugas yang ditunjuk, dan dicatat.",
        "Pihak yang mengetahui kegagalan pelindungan data memberitahukannya kepada pihak lain paling lambat 1 x 24 "
        "(satu kali "
        "dua puluh empat) jam dan melakukan penanganan bersama.",
        "Kewajiban menjaga kerahasiaan tetap berlaku sesudah Perjanjian Kerja Sama ini berakhir.",
    )
    _term(paper, name)
    paper.pasal("Sanksi")
    paper.ayat(
        "Pihak yang tidak melaksanakan kewajibannya diberi teguran tertulis paling banyak 3 (tiga) kali, "
        "masing-masing dengan "
        "tenggang waktu 7 (tujuh) hari kerja.",
        "Apabila teguran ketiga tidak dipenuhi, pihak yang dirugikan dapat mengakhiri Perjanjian Kerja Sama ini tanpa "
        "menghapus "
        "kewajiban yang telah timbul terhadap Peserta.",
    )
    _monitoring(paper, name)
    _correspondence(paper, name)
    _force_majeure(paper, name)
    paper.pasal("Penyelesaian Perselisihan")
    paper.p(
        "Perselisihan yang timbul dari Perjanjian Kerja Sama ini diselesaikan secara musyawarah untuk mufakat. "
        "Apabila tidak "
        "tercapai, PARA PIHAK menyelesaikannya sesuai dengan ketentuan peraturan perundang-undangan."
    )
    paper.pasal("Addendum")
    paper.p(
        "Hal-hal yang belum diatur atau perubahan atas Perjanjian Kerja Sama ini dituangkan dalam addendum yang "
        "ditandatangani "
        "PARA PIHAK, menyebut tanggal mulai berlakunya, dan merupakan bagian tidak terpisahkan dari Perjanjian Kerja "
        "Sama ini."
    )
    _closing(paper, name)
    paper.tag("if rincian_iuran")
    _attachment(paper, "Rincian Iuran", "PERJANJIAN KERJA SAMA")
    paper.listing(
        "rincian_iuran",
        [
            ("Program", "program", 5.8, "left"),
            ("Peserta", "orang", 2.1, "right"),
            ("Bulan", "bulan", 1.7, "right"),
            ("Iuran sebulan (Rp)", "iuran", 2.7, "right"),
            ("Jumlah (Rp)", "jumlah", 3.1, "right"),
        ],
    )
    paper.tag("endif")
    paper.lists()
    return paper


def surat_kuasa() -> Paper:
    paper = Paper()
    paper.kop()
    paper.title("Surat Kuasa", size=14)
    paper.p("NOMOR {{ nomor }}", align="center", after=14)
    paper.p("Yang bertanda tangan di bawah ini:", after=4)
    paper.facts(
        ("Nama", "**{{ pemberi_nama }}**"),
        ("Jabatan", "{{ pemberi_jabatan }}"),
        ("?pemberi_alamat|Alamat", "{{ pemberi_alamat }}"),
        first=3.2,
        left=0.8,
    )
    paper.p("selanjutnya disebut **PEMBERI KUASA**, dengan ini memberi kuasa kepada:", before=6, after=4)
    paper.facts(
        ("Nama", "**{{ penerima_nama }}**"),
        ("?penerima_nip|NIP", "{{ penerima_nip }}"),
        ("Jabatan", "{{ penerima_jabatan }}"),
        ("?penerima_alamat|Alamat", "{{ penerima_alamat }}"),
        first=3.2,
        left=0.8,
    )
    paper.p("selanjutnya disebut **PENERIMA KUASA**.", before=6, after=8)
    paper.p("KHUSUS", align="center", bold=True, after=8)
    paper.p(
        "untuk dan atas nama PEMBERI KUASA menandatangani {{ keperluan }} dengan {{ mitra }}, beserta addendum dan "
        "dokumen "
        "pelaksanaannya, serta melaksanakan hal-hal yang menjadi kewajiban PEMBERI KUASA menurut naskah tersebut."
    )
    paper.tag("if dasar")
    paper.p("Surat kuasa ini diberikan berdasarkan:", after=3)
    paper.huruf(("dasar", ""), sort="angka")
    paper.tag("endif")
    paper.tag("if berlaku")
    paper.p("Surat kuasa ini berlaku sampai dengan {{ berlaku }}.")
    paper.tag("endif")
    paper.p(
        "Kuasa ini tidak dapat dialihkan kepada pihak lain. PENERIMA KUASA melaporkan pelaksanaannya kepada PEMBERI "
        "KUASA.",
    )
    paper.p("Demikian surat kuasa ini dibuat untuk dipergunakan sebagaimana mestinya.", after=14, keep=True)
    paper.signatures(
        [
            "Penerima Kuasa,",
            "{{ penerima_jabatan }}",
            "",
            "{{ penerima_nama }}",
            "?penerima_nip|NIP {{ penerima_nip }}",
        ],
        ["{{ tempat }}, {{ tanggal }}", "Pemberi Kuasa,", "{{ pemberi_jabatan }}", "", "{{ pemberi_nama }}"],
        room=72,
    )
    return paper
