"""A decree with a long list as PDF and DOCX, against the bare table in the typesetter and against the spreadsheet."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter

from naung.documents.decree import DecreePaper, DecreeRow, decree_docx, decree_list, decree_pdf, decree_xlsx

NAMES = 15_000
VILLAGES = 100

# The same cells with the same widths, and nothing of ours: no heads and feet, no villages, no sums, no page numbers.
_BARE = """
import sys, typst
source = '''#let cells = json(bytes(sys.inputs.cells))
#set page(paper: "a4", flipped: true, margin: 1.6cm)
#set text(8.5pt, lang: "id")
#pdf.artifact(table(columns: (11mm, 38mm, 31mm, 9mm, 34mm, 36mm, 16mm, 25mm, 24mm, 23mm, 18mm), stroke: 0.4pt,
  inset: 3pt, ..cells.flatten()))'''
cells = {"cells": sys.stdin.buffer.read().decode()}
sys.stdout.buffer.write(typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, sys_inputs=cells))
"""


def decree(names: int) -> DecreePaper:
    """An invented decree of a hundred villages."""
    rows = tuple(
        DecreeRow(
            ordinal=at + 1, name=f"Citra Pertiwi Contoh {at}", nik="0000000000000000", sex="P", birth_place="Contoh",
            born_on=date(1980, 5, 5), address=f"Jalan Melati Nomor {at % 300}", rt="001", rw="002",
            village=f"Contoh Makmur {at % VILLAGES}", district=f"Contoh {at % VILLAGES // 10}", occupation="Petani",
            total=201_600,
        )
        for at in range(names)
    )  # fmt: skip
    return DecreePaper(
        region_name="Kota Contoh", authority="Wali Kota Contoh", signer_name="Drs. Contoh", place="Contoh",
        number="1/K/2026", decided_on=date(2026, 1, 5), title="Penetapan Penerima Bantuan Iuran",
        programme="Penerima Bantuan Iuran", package="JKK dan JKM", first_month=date(2026, 1, 1), months=12,
        funding=("APBD Kota Contoh",), legal_bases=("Undang-Undang contoh;",), rows=rows,
    )  # fmt: skip


def run(rows: int) -> list[str]:
    paper = decree(min(rows, NAMES))
    cells = json.dumps([list(row) for group in decree_list(paper, "full").groups for row in group.rows])
    bare, bare_cpu, _ = _measured(
        lambda: (
            subprocess.run(  # noqa: S603 - our own interpreter
                [sys.executable, "-c", _BARE], input=cells.encode(), check=True, stdout=subprocess.PIPE
            ).stdout
        )
    )
    ours, ours_cpu, pdf = _measured(lambda: decree_pdf(paper, version="full"))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    word, word_cpu, _ = _measured(lambda: decree_docx(paper, version="full"))
    sheet, sheet_cpu, _ = _measured(lambda: decree_xlsx(paper, version="full"))
    pages = max(int(found) for found in re.findall(rb"/Count (\d+)", pdf))
    drawn = f"{ours:.1f} s, {ours_cpu:.1f} s of one processor (target 30), {pages} pages, {len(pdf) / 2**20:.1f} MiB"
    return [
        f"SK with {len(paper.rows):,} names, 11 columns, {VILLAGES} villages with subtotals, page i of n: {drawn}",
        f"the same cells as a bare table of the typesetter: {bare:.1f} s; ratio {ours_cpu / bare_cpu:.2f} × of processor",
        f"memory of the typesetter: {memory:,} MiB",
        f"the same SK as DOCX: {word:.1f} s; its list as XLSX: {sheet:.1f} s; ratio {word_cpu / sheet_cpu:.2f} ×",
    ]


def _measured(work: Callable[[], bytes]) -> tuple[float, float, bytes]:
    """Seconds on the clock and of the processor, also in processes that it started; and what came out."""
    began, used = perf_counter(), _cpu()
    made = work()
    return perf_counter() - began, _cpu() - used, made


def _cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
