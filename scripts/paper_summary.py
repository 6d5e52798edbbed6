"""The one page for whoever leads: small type and no article, so that it stays one page."""

from __future__ import annotations

from docx.shared import Cm
from paper_writing import Paper

#: The rows of a table as one line of words: there is room for one page.
_IN_A_ROW = "{%% for b in %s %%}{{ b.uraian }} **{{ b.jumlah }}**{%% if not loop.last %%}; {%% endif %%}{%% endfor %%}."


def ringkasan() -> Paper:
    paper = Paper(points=9.5)
    paper.word.sections[0].top_margin = Cm(1.2)
    paper.kop()
    paper.title("Ringkasan untuk Pimpinan", "{{ judul }}")
    paper.p("Nomor {{ nomor }}, keadaan {{ keadaan }}", align="center", after=6, size=9)
    paper.listing(
        "angka",
        [
            ("Ukuran", "ukuran", 6.4, "left"),
            ("Nilai", "nilai", 3.6, "right"),
            ("Keterangan", "keterangan", 5.9, "left"),
        ],
        numbered=False,
        size=8.5,
    )
    paper.p("{{ sumber_ucj }}", size=8, after=5)
    paper.p("**Iuran:** {{ iuran_dibayar }} {{ iuran }}.", after=5)
    paper.p("Perlu perhatian", bold=True, after=1, keep=True)
    paper.huruf(("perhatian", ""), sort="rapat")
    paper.p("Menunggu keputusan", bold=True, before=4, after=1, keep=True)
    paper.huruf(("keputusan", ""), sort="rapat")
    paper.tag("if celah")
    paper.p("Menutup kesenjangan", bold=True, before=4, after=1, keep=True)
    paper.p(_IN_A_ROW % "celah", after=2)
    paper.tag("endif")
    paper.tag("if celah_keterangan")
    paper.p("{{ celah_keterangan }}", size=8, after=4)
    paper.tag("endif")
    paper.p("Dari usulan sampai aktif", bold=True, after=1, keep=True)
    paper.p(_IN_A_ROW % "tahap", after=5)
    paper.tag("if wilayah")
    paper.p("Peserta aktif per wilayah", bold=True, after=2, keep=True)
    paper.listing(
        "wilayah",
        [
            ("Wilayah", "wilayah", 8.9, "left"),
            ("Direncanakan", "rencana", 3.5, "right"),
            ("Aktif", "aktif", 3.5, "right"),
        ],
        numbered=False,
        size=8.5,
    )
    paper.tag("endif")
    paper.tag("if wilayah_keterangan")
    paper.p("{{ wilayah_keterangan }}", size=8, after=4)
    paper.tag("endif")
    paper.signatures(["{{ tempat }}, {{ tanggal }}", "{{ jabatan }},", "", "{{ nama }}", "?nip|NIP {{ nip }}"], room=34)
    return paper
