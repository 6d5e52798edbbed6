"""The words of the shipped templates, one function a paper. Agreements stand in `paper_agreements`."""

from __future__ import annotations

from collections.abc import Callable

from docx.shared import Cm, Pt
from paper_agreements import nota_kesepakatan, pks, surat_kuasa
from paper_summary import ringkasan
from paper_writing import Paper

_OPENING = "Pada hari ini {{ tanggal_terbilang }} ({{ tanggal }}), bertempat di {{ tempat }}"


def sk() -> Paper:
    paper = Paper("f4")
    paper.crest()
    paper.title("{{ pejabat }}", size=14)
    paper.rule()
    paper.title("Keputusan {{ pejabat }}")
    paper.p("NOMOR {{ nomor }}", align="center", after=6)
    paper.p("TENTANG", align="center", after=6)
    paper.title("{{ tentang }}")
    paper.p("DENGAN RAHMAT TUHAN YANG MAHA ESA", align="center", before=6, after=4)
    paper.p("{{ pejabat }},", align="center", bold=True, caps=True, after=10)
    for word, field, sort in (
        ("Menimbang", "menimbang", "huruf"),
        ("Mengingat", "mengingat", "angka"),
        ("Memperhatikan", "memperhatikan", "angka"),
    ):
        paper.tag(f"if {field}")
        made = paper.table((3.2, 0.5, paper.width - 3.7))
        first, colon, rest = made.rows[0].cells
        paper.cell(first, word)
        paper.cell(colon, ":")
        paper.cell(rest, "{%p for baris in " + field + " %}")
        home, paper.at = paper.at, rest
        paper.line("{{ baris }}", paper.numbers(sort), after=3)
        paper.tag("endfor")
        paper.at = home
        paper.p("", size=2, after=0)
        paper.tag("endif")
    paper.p("MEMUTUSKAN:", align="center", bold=True, before=8, after=6, keep=True)
    made = paper.table((3.2, 0.5, paper.width - 3.7), 6)
    clauses = (
        ("Menetapkan", "Keputusan {{ pejabat }} tentang {{ tentang }}."),
        (
            "KESATU",
            (
                "Menetapkan {{ nama_program }} sebanyak {{ jumlah_orang }}, dengan nama sebagaimana tercantum dalam "
                "Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini."
            ),
        ),
        (
            "KEDUA",
            (
                "Penerima sebagaimana dimaksud dalam Diktum KESATU diikutsertakan dalam program {{ program }} selama "
                "{{ lama }}, {{ bulan }}, dengan iuran seluruhnya sebesar {{ jumlah_iuran }}."
            ),
        ),
        ("KETIGA", "Iuran sebagaimana dimaksud dalam Diktum KEDUA dibebankan pada {{ sumber_dana }}."),
        (
            "KEEMPAT",
            (
                "Perubahan penerima karena meninggal dunia, pindah domisili, menjadi pekerja penerima upah, dibiayai "
                "sumber lain, atau mengundurkan diri ditetapkan dengan Keputusan perubahan."
            ),
        ),
        ("KELIMA", "Keputusan ini mulai berlaku pada tanggal ditetapkan."),
    )
    for row, (word, words) in zip(made.rows, clauses, strict=True):
        for cell, width in zip(row.cells, (3.2, 0.5, paper.width - 3.7), strict=True):
            cell.width = Cm(width)
        paper.cell(row.cells[0], word, after=4)
        paper.cell(row.cells[1], ":", after=4)
        if word == "Menetapkan":
            paper.cell(row.cells[2], words, bold=True, caps=True, after=4)
        else:
            paper.cell(row.cells[2], words, align="both", after=4)
    paper.p("", size=2, after=2)
    paper.signatures(
        [
            "Ditetapkan di {{ tempat }}",
            "pada tanggal {{ tanggal }}",
            "^{{ pejabat }},",
            "",
            "{{ nama }}",
            "?nip|NIP {{ nip }}",
        ]
    )
    paper.copies()
    paper.tag("if versi")
    paper.p("Lampiran Keputusan ini: {{ versi }}.", size=9, italic=True, before=8, align="left")
    paper.tag("endif")
    paper.lists()
    return paper


def _berita_acara(title: str, *, second_number: bool = False) -> Paper:
    paper = Paper()
    paper.kop()
    paper.title(title)
    paper.p("NOMOR {{ nomor }}", align="center", after=0 if second_number else 12)
    if second_number:
        paper.tag("if nomor_mitra")
        paper.p("NOMOR {{ nomor_mitra }}", align="center", after=0)
        paper.tag("endif")
        paper.p("", size=6, after=4)
    return paper


def _two_sides(paper: Paper, first: str, second: str) -> None:
    nip = "{% if {0}_nip %}, NIP {{ {0}_nip }}{% endif %}"
    sides = []
    for numeral, side, words, has_nip in (
        ("I.", "pihak_kesatu", first, True),
        ("II.", "pihak_kedua", second, second != "cabang"),
    ):
        number = nip.replace("{0}", side) if has_nip else ""
        called = "PIHAK KESATU" if side == "pihak_kesatu" else "PIHAK KEDUA"
        doing = "" if words == "cabang" else words
        sides.append(
            (
                numeral,
                "{{ " + side + "_nama }}",
                "{{ "
                + side
                + "_jabatan }}"
                + number
                + (f", {doing}" if doing else "")
                + f", selanjutnya disebut **{called}**.",
            )
        )
    paper.parties(*sides)


def _both_sign(paper: Paper, *, second_nip: bool = True) -> None:
    second = ["PIHAK KEDUA,", "{{ pihak_kedua_jabatan }}", "", "{{ pihak_kedua_nama }}"]
    if second_nip:
        second.append("?pihak_kedua_nip|NIP {{ pihak_kedua_nip }}")
    first = [
        "PIHAK KESATU,",
        "{{ pihak_kesatu_jabatan }}",
        "",
        "{{ pihak_kesatu_nama }}",
        "?pihak_kesatu_nip|NIP {{ pihak_kesatu_nip }}",
    ]
    paper.signatures(second, first)


_CLOSING = "Demikian Berita Acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."


def ba_verifikasi() -> Paper:
    paper = _berita_acara("Berita Acara Verifikasi dan Validasi")
    paper.p("CALON PENERIMA {{ nama_program }}", align="center", bold=True, caps=True, after=12)
    paper.p(
        _OPENING + ", kami yang bertanda tangan di bawah ini, tim verifikasi dan validasi calon penerima "
        "{{ nama_program }} untuk {{ wilayah }}, telah melaksanakan verifikasi dan validasi"
        "{% if masa %} pada {{ masa }}{% endif %} dengan keterangan sebagai berikut."
    )
    numbers = paper.numbers("angka")
    paper.tag("if dasar")
    paper.line("Dasar pelaksanaan:", numbers)
    paper.each("dasar", numbers, level=1)
    paper.tag("endif")
    paper.line("Cara verifikasi dan validasi:", numbers)
    paper.each("metode", numbers, level=1)
    paper.line(
        "Dari {{ jumlah_diusulkan }} yang diusulkan, {{ jumlah_memenuhi }} dinyatakan memenuhi syarat, {{ "
        "jumlah_tidak }} "
        "tidak memenuhi syarat, {{ jumlah_ganda }} tercatat ganda, dan {{ jumlah_belum }} belum selesai diperiksa, "
        "dengan rincian:",
        numbers,
    )
    paper.listing(
        "hasil",
        [
            ("Desa/Kelurahan", "desa", 5.1, "left"),
            ("Diusulkan", "diusulkan", 2.2, "right"),
            ("Memenuhi", "memenuhi", 2.2, "right"),
            ("Tidak memenuhi", "tidak_memenuhi", 2.4, "right"),
            ("Ganda", "ganda", 1.8, "right"),
            ("Belum selesai", "belum", 2.2, "right"),
        ],
        numbered=False,
    )
    paper.tag("if alasan")
    paper.line("Yang tidak memenuhi syarat menurut alasannya:", numbers)
    paper.listing(
        "alasan", [("Alasan", "alasan", 8.4, "left"), ("Kode", "kode", 4.0, "left"), ("Orang", "jumlah", 2.5, "right")]
    )
    paper.tag("endif")
    paper.line(
        "Rincian per desa atau kelurahan dan daftar yang tidak memenuhi syarat tercantum dalam Lampiran salinan "
        "lengkap, "
        "yang merupakan bagian tidak terpisahkan dari Berita Acara ini. Tim menyatakan bahwa hasil tersebut sesuai "
        "dengan "
        "pemeriksaan yang dilakukan.",
        numbers,
    )
    paper.p(_CLOSING, before=4, after=8, keep=True)
    paper.p("Tim verifikasi dan validasi,", bold=True, after=4, keep=True)
    made = paper.table((1.0, 5.6, 2.6, 3.6, 3.1), 1, lined=True)
    for cell, words in zip(made.rows[0].cells, ("No.", "Nama", "Jabatan", "Instansi", "Tanda tangan"), strict=True):
        paper.cell(cell, words, align="center", bold=True, size=10, after=2)
    paper._row_tag(made, "for b in tim")
    row = made.add_row()
    for cell, words, width in zip(
        row.cells,
        ("{{ loop.index }}", "{{ b.nama }}", "{{ b.jabatan }}", "{{ b.instansi }}", "{{ loop.index }}. ............"),
        (1.0, 5.6, 2.6, 3.6, 3.1),
        strict=True,
    ):
        cell.width = Cm(width)
        paper.cell(cell, words, size=10, after=12, align="center" if words == "{{ loop.index }}" else "left")
    paper._row_tag(made, "endfor")
    paper.tag("if mengetahui_nama or desa_nama")
    paper.p("", size=6, after=2)
    paper.signatures(
        ["?desa_nama|{{ desa_jabatan }},", "", "{{ desa_nama }}"],
        [
            "Mengetahui,",
            "{{ mengetahui_jabatan }},",
            "",
            "{{ mengetahui_nama }}",
            "?mengetahui_nip|NIP {{ mengetahui_nip }}",
        ],
    )
    paper.tag("endif")
    paper.lists()
    return paper


def ba_padan() -> Paper:
    paper = _berita_acara("Berita Acara Pemadanan Data", second_number=True)
    paper.p(_OPENING + ", kami yang bertanda tangan di bawah ini:")
    _two_sides(paper, "", "yang memberi data pembanding")
    paper.p(
        "secara bersama-sama menyatakan telah melaksanakan pemadanan data calon penerima dan peserta {{ nama_program "
        "}} "
        "dengan {{ sumber }}, keadaan data per {{ periode_data }}, dengan hasil sebagai berikut."
    )
    numbers = paper.numbers("angka")
    paper.line(
        "Data yang dipadankan sebanyak {{ jumlah_dikirim }}, yang cocok sebanyak {{ jumlah_cocok }}, dan yang tidak "
        "cocok "
        "sebanyak {{ jumlah_tidak }}.",
        numbers,
    )
    paper.line("Hasil menurut kode jawaban:", numbers)
    paper.listing(
        "hasil",
        [("Kode", "kode", 2.6, "left"), ("Arti", "arti", 10.5, "left"), ("Baris", "jumlah", 2.8, "right")],
        numbered=False,
    )
    paper.tag("if berkas")
    paper.line(
        "Berkas yang dipertukarkan, dengan sidik SHA-256 supaya perubahan sesudah hari ini dapat diketahui:", numbers
    )
    paper.listing(
        "berkas",
        [
            ("Berkas", "berkas", 4.2, "left"),
            ("Tanggal", "tanggal", 3.2, "left"),
            ("Sidik SHA-256", "sidik", 7.5, "left"),
        ],
        size=9,
    )
    paper.tag("endif")
    paper.line(
        "Data yang tidak cocok diteliti kembali oleh PIHAK KESATU. Tidak cocok tidak berarti bahwa orangnya tidak "
        "berhak.",
        numbers,
    )
    paper.line(
        "Data hanya dipergunakan untuk keperluan {{ nama_program }}, disimpan secara rahasia, dan tidak diteruskan "
        "kepada "
        "pihak lain tanpa dasar yang sah.",
        numbers,
    )
    paper.p(_CLOSING, before=4, after=12, keep=True)
    _both_sign(paper)
    return paper


def ba_pemutakhiran() -> Paper:
    paper = _berita_acara("Berita Acara Pemutakhiran Data Peserta", second_number=True)
    paper.p(_OPENING + ", kami yang bertanda tangan di bawah ini:")
    _two_sides(paper, "", "cabang")
    paper.p(
        "telah melaksanakan pemutakhiran data peserta {{ nama_program }} yang berlaku sejak bulan {{ bulan_berlaku "
        "}}, dengan "
        "hasil sebagai berikut."
    )
    numbers = paper.numbers("angka")
    paper.line("Rekapitulasi:", numbers)
    paper.facts(
        ("Sebelum perubahan", "{{ jumlah_awal }}"),
        ("Masuk", "{{ jumlah_masuk }}"),
        ("Keluar", "{{ jumlah_keluar }}"),
        ("Sesudah perubahan", "**{{ jumlah_akhir }}**"),
        first=4.6,
        left=0.8,
    )
    paper.p("", size=4, after=2)
    for field, words in (("keluar", "Peserta yang keluar menurut alasannya:"), ("masuk", "Peserta yang masuk:")):
        paper.tag(f"if {field}")
        paper.line(words, numbers)
        paper.listing(field, [("Alasan", "alasan", 10.9, "left"), ("Orang", "jumlah", 4.0, "right")])
        paper.tag("endif")
    paper.tag("if catatan")
    paper.line("Catatan:", numbers)
    paper.each("catatan", numbers, level=1)
    paper.tag("endif")
    paper.line(
        "Nama peserta yang masuk dan keluar tercantum dalam Lampiran. Iuran sejak bulan {{ bulan_berlaku }} dihitung "
        "menurut "
        "jumlah sesudah perubahan.",
        numbers,
    )
    paper.p(_CLOSING, before=4, after=12, keep=True)
    _both_sign(paper, second_nip=False)
    paper.lists()
    return paper


def bast_kartu() -> Paper:
    paper = _berita_acara("Berita Acara Serah Terima Kartu Peserta")
    paper.p(_OPENING + ", kami yang bertanda tangan di bawah ini:")
    _two_sides(paper, "yang menyerahkan", "yang menerima")
    numbers = paper.numbers("angka")
    paper.line(
        "PIHAK KESATU menyerahkan kepada PIHAK KEDUA kartu peserta {{ nama_program }} sebanyak {{ jumlah_diserahkan "
        "}}, dan "
        "PIHAK KEDUA menerimanya dalam keadaan baik.",
        numbers,
    )
    paper.tag("if jumlah_diterima")
    paper.line("Kartu yang telah sampai kepada peserta sebanyak {{ jumlah_diterima }}.", numbers)
    paper.tag("endif")
    paper.tag("if jumlah_kembali")
    paper.line("Kartu yang dikembalikan kepada PIHAK KESATU sebanyak {{ jumlah_kembali }}.", numbers)
    paper.tag("endif")
    paper.line("Rincian per desa atau kelurahan:", numbers)
    paper.listing(
        "rincian",
        [
            ("Desa/Kelurahan", "desa", 4.7, "left"),
            ("Diserahkan", "diserahkan", 2.3, "right"),
            ("Sampai", "diterima", 2.1, "right"),
            ("Kembali", "kembali", 2.1, "right"),
            ("Keterangan", "keterangan", 4.7, "left"),
        ],
        numbered=False,
    )
    paper.tag("if pengembalian")
    paper.line("Alasan pengembalian:", numbers)
    paper.listing("pengembalian", [("Alasan", "alasan", 10.9, "left"), ("Kartu", "jumlah", 4.0, "right")])
    paper.tag("endif")
    paper.line(
        "PIHAK KEDUA menyampaikan kartu kepada peserta yang namanya tercantum dalam Lampiran dengan tanda terima, dan "
        "mengembalikan kartu yang tidak dapat disampaikan beserta alasannya.",
        numbers,
    )
    paper.p(_CLOSING, before=4, after=12, keep=True)
    _both_sign(paper)
    paper.lists()
    return paper


def permohonan_pembayaran() -> Paper:
    paper = Paper()
    paper.kop()
    half = paper.width / 2 + 1.2
    made = paper.table((half, paper.width - half))
    left, right = made.rows[0].cells
    home, paper.at, width = paper.at, left, paper.width
    paper.width = half
    paper.facts(
        ("Nomor", "{{ nomor }}"),
        ("?sifat|Sifat", "{{ sifat }}"),
        ("?lampiran|Lampiran", "{{ lampiran }}"),
        ("Hal", "**{{ hal }}**"),
        first=2.2,
    )
    paper.at, paper.width = home, width
    # A cell begins with an empty paragraph and ends with one: Word asks for the last.
    left._tc.remove(left.paragraphs[0]._p)
    paper.at = left
    paper.p("", size=1, after=0)
    paper.at = home
    paper.cell(
        right,
        "{{ tempat }}, {{ tanggal }}",
        "",
        "Kepada Yth.",
        "{%p for baris in kepada %}",
        "{{ baris }}",
        "{%p endfor %}",
    )
    paper.p("Dengan hormat,", before=6, after=6)
    paper.tag("if dasar")
    paper.p("Berdasarkan:", after=3)
    paper.huruf(("dasar", ""), sort="angka")
    paper.tag("endif")
    paper.p(
        "bersama ini kami mengajukan permohonan pembayaran iuran {{ nama_program }} untuk {{ bulan }} dengan "
        "keterangan "
        "sebagai berikut:",
        before=4,
    )
    paper.facts(
        ("Kode iuran", "**{{ kode_iuran }}**"),
        ("?wadah|Wadah", "{{ wadah }}"),
        ("Bulan iuran", "{{ bulan }}"),
        ("Jumlah peserta", "{{ jumlah_orang }}"),
        ("?rekening|Rekening tujuan", "{{ rekening }}"),
        ("?jatuh_tempo|Dibayar paling lambat", "{{ jatuh_tempo }}"),
        first=4.6,
    )
    paper.p("", size=4, after=2)
    paper.listing(
        "rincian",
        [
            ("Program", "program", 5.7, "left"),
            ("Bulan", "bulan", 3.6, "left"),
            ("Peserta", "orang", 1.8, "right"),
            ("Iuran (Rp)", "tarif", 2.1, "right"),
            ("Jumlah (Rp)", "jumlah", 2.7, "right"),
        ],
        numbered=False,
    )
    paper.p("Jumlah seluruhnya **{{ jumlah }}** ({{ jumlah_terbilang }}).")
    paper.tag("if sumber_dana")
    paper.p("Pembayaran dibebankan pada:", after=3)
    paper.huruf(("sumber_dana", ""), sort="huruf")
    paper.tag("endif")
    paper.p(
        "Rekapitulasi peserta dan iuran terlampir. Demikian permohonan ini disampaikan. Atas perhatian dan kerja "
        "samanya "
        "diucapkan terima kasih.",
        after=12,
        keep=True,
    )
    paper.signatures(["{{ jabatan }},", "", "{{ nama }}", "?nip|NIP {{ nip }}"])
    paper.copies()
    paper.lists()
    return paper


def laporan_monev() -> Paper:
    paper = Paper()
    paper.kop()
    paper.title("Laporan Monitoring dan Evaluasi", "{{ nama_program }}")
    paper.p("PERIODE {{ periode }}", align="center", bold=True, caps=True, after=2)
    paper.tag("if nomor")
    paper.p("NOMOR {{ nomor }}", align="center", after=2)
    paper.tag("endif")
    paper.p("Keadaan data per {{ keadaan }}", align="center", after=12, size=10)

    letters = paper.numbers("bagian")

    def heading(words: str) -> None:
        line = paper.line(f"**{words}**", letters, after=4)
        line.paragraph_format.space_before, line.paragraph_format.keep_with_next = Pt(8), True

    heading("PENDAHULUAN")
    paper.p("{{ pendahuluan }}")
    paper.tag("if dasar")
    heading("DASAR")
    paper.huruf(("dasar", ""), sort="angka")
    paper.tag("endif")
    heading("KEPESERTAAN")
    paper.p(
        "Kuota, yang memenuhi syarat, yang ditetapkan, dan peserta aktif menurut desa atau kelurahan:",
        after=4,
        keep=True,
    )
    paper.listing(
        "capaian",
        [
            ("Desa/Kelurahan", "wilayah", 5.9, "left"),
            ("Kuota", "kuota", 2.4, "right"),
            ("Memenuhi", "memenuhi", 2.6, "right"),
            ("Ditetapkan", "ditetapkan", 2.6, "right"),
            ("Aktif", "aktif", 2.4, "right"),
        ],
        numbered=False,
    )
    paper.tag("if pekerjaan")
    paper.p("Peserta menurut pekerjaan:", after=4, keep=True)
    paper.listing(
        "pekerjaan",
        [
            ("Pekerjaan", "pekerjaan", 8.9, "left"),
            ("Ditetapkan", "ditetapkan", 3.0, "right"),
            ("Aktif", "aktif", 3.0, "right"),
        ],
    )
    paper.tag("endif")
    paper.tag("if mutasi")
    paper.p("Perubahan peserta:", after=4, keep=True)
    paper.listing(
        "mutasi",
        [
            ("Bulan", "bulan", 5.9, "left"),
            ("Masuk", "masuk", 3.0, "right"),
            ("Keluar", "keluar", 3.0, "right"),
            ("Akhir bulan", "akhir", 3.0, "right"),
        ],
    )
    paper.tag("endif")
    heading("ANGGARAN DAN PEMBAYARAN")
    paper.listing(
        "anggaran",
        [
            ("Sumber dana", "sumber", 4.8, "left"),
            ("Pagu (Rp)", "pagu", 3.2, "right"),
            ("Tagihan (Rp)", "tagihan", 3.2, "right"),
            ("Dibayar (Rp)", "realisasi", 3.2, "right"),
            ("%", "persen", 1.5, "right"),
        ],
        numbered=False,
    )
    paper.tag("if klaim or klaim_keterangan")
    heading("KLAIM DAN MANFAAT")
    paper.tag("if klaim_keterangan")
    paper.p("{{ klaim_keterangan }}")
    paper.tag("endif")
    paper.tag("if klaim")
    paper.listing(
        "klaim",
        [("Jenis", "jenis", 7.9, "left"), ("Klaim", "jumlah", 2.8, "right"), ("Nilai (Rp)", "nilai", 4.2, "right")],
    )
    paper.tag("endif")
    paper.tag("endif")
    paper.tag("if ucj")
    heading("CAKUPAN JAMINAN SOSIAL KETENAGAKERJAAN")
    paper.listing(
        "ucj",
        [("Ukuran", "ukuran", 4.6, "left"), ("Nilai", "nilai", 2.4, "right"), ("Definisi", "definisi", 7.9, "left")],
    )
    paper.tag("endif")
    paper.tag("if masalah")
    heading("MASALAH")
    paper.huruf(("masalah", ""), sort="angka")
    paper.tag("endif")
    paper.tag("if tindak_lanjut")
    heading("TINDAK LANJUT")
    paper.listing(
        "tindak_lanjut",
        [
            ("Uraian", "uraian", 5.8, "left"),
            ("Penanggung jawab", "penanggung_jawab", 3.8, "left"),
            ("Tenggat", "tenggat", 2.7, "left"),
            ("Keadaan", "keadaan", 2.6, "left"),
        ],
    )
    paper.tag("endif")
    paper.tag("if catatan")
    paper.p("Catatan:", bold=True, size=10, before=6, after=2)
    paper.tag("for baris in catatan")
    paper.p("{{ baris }}", size=10, after=2)
    paper.tag("endfor")
    paper.tag("endif")
    paper.p("Demikian laporan ini disampaikan untuk dipergunakan sebagaimana mestinya.", before=6, after=12, keep=True)
    paper.signatures(["{{ tempat }}, {{ tanggal }}", "{{ jabatan }},", "", "{{ nama }}", "?nip|NIP {{ nip }}"])
    paper.copies()
    paper.lists()
    return paper


WRITERS: dict[str, Callable[[], Paper]] = {
    "nota_kesepakatan": nota_kesepakatan,
    "pks": pks,
    "surat_kuasa": surat_kuasa,
    "sk": sk,
    "ba_verifikasi": ba_verifikasi,
    "ba_padan": ba_padan,
    "ba_pemutakhiran": ba_pemutakhiran,
    "bast_kartu": bast_kartu,
    "permohonan_pembayaran": permohonan_pembayaran,
    "laporan_monev": laporan_monev,
    "ringkasan": ringkasan,
}
