"""Employers asked to register their workers, and donors; what no article gives is invented and marked.

Labuhanbatu Selatan 2022: «companies asked to use CSR and to register their workers». Its companies here are invented.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from datetime import date, timedelta

from naung.agreements.models import Agreement
from naung.areas import queries as areas
from naung.demo.cast import BINJAI, LABUSEL, Cast
from naung.partners import actions
from naung.partners.models import Approach, Employer
from naung.programmes.models import FundingLine

_KINDS = (
    ("PT", "Kebun Sawit", "Perkebunan sawit", "Besar", 900),
    ("PT", "Pabrik Kelapa Sawit", "Pengolahan sawit", "Besar", 420),
    ("CV", "Angkutan TBS", "Angkutan", "Kecil", 60),
    ("CV", "Konstruksi", "Konstruksi", "Kecil", 45),
    ("UD", "Toko Bangunan", "Perdagangan", "Mikro", 9),
    ("UD", "Bengkel", "Bengkel kendaraan", "Mikro", 6),
    ("PT", "Klinik", "Kesehatan", "Menengah", 70),
    ("CV", "Rumah Makan", "Rumah makan", "", 14),
)
_NAMES = ("Aek Contoh", "Sei Contoh", "Bukit Contoh", "Tanjung Contoh", "Simpang Contoh", "Padang Contoh")


def labusel(cast: Cast, today: date) -> None:
    """The companies that were asked, by a list of the branch and one of WLKP, and the one that gave."""
    staff, branch = cast["staf.labusel"], cast["cabang.labusel"]
    own, theirs = _employers(random.Random(1222))
    actions.take_employers(
        file=theirs, filename="badan-usaha-cabang-contoh.csv", source="branch", as_of=date(2026, 9, 30),
        area_code=LABUSEL, by=branch, sample=True,
    )  # fmt: skip
    actions.take_employers(
        file=own, filename="wlkp-contoh.csv", source="wlkp", as_of=date(2026, 6, 30), area_code=LABUSEL, by=staff,
        sample=True,
    )  # fmt: skip
    if not Approach.objects.filter(area_code=LABUSEL).exists():
        _approach(cast, today)
    company = cast.office("csr.labusel")
    pledge = actions.record_pledge(
        area_code=LABUSEL, kind="csr", donor=company, pledged_on=date(2022, 12, 5), people=400, months=6,
        amount_rp=40_320_000, first_month=date(2023, 1, 1), no_agreement_reason="menunggu PKS", sample=True,
        source="Kesepakatan 4 Oktober 2022: perusahaan diminta memakai CSR (jumlah contoh)", by=staff,
    )  # fmt: skip
    actions.link_pledge(
        pledge=pledge,
        agreement=Agreement.objects.filter(office=company, kind=Agreement.Kind.PKS).first(),
        no_agreement_reason="menunggu PKS",
        funding_line=FundingLine.objects.filter(donor=company).first(),
        by=staff,
    )
    actions.record_pledge(
        area_code=LABUSEL, kind="baznas", donor_name="Baznas Contoh", pledged_on=date(2026, 11, 1), people=150,
        months=6, amount_rp=6_000_000, first_month=date(2027, 1, 1), sample=True, by=staff,
        no_agreement_reason="PKS sedang ditelaah Bagian Hukum", source="Rapat koordinasi (contoh)",
    )  # fmt: skip


def binjai(cast: Cast) -> None:
    """Civil servants who each offer to pay for one worker: a promise that waits for its PKS."""
    staff = cast["staf.binjai"]
    pledge = actions.record_pledge(
        area_code=BINJAI, kind="asn", donor_name="Korpri Contoh Kota Binjai", pledged_on=date(2026, 11, 9),
        people=30, months=12, amount_rp=3_024_000, first_month=date(2027, 1, 1), sample=True, by=staff,
        no_agreement_reason="menunggu PKS dengan Disnaker", source="Gerakan 1 ASN 1 pekerja rentan (contoh)",
    )  # fmt: skip
    units = ("Dinas Contoh A", "Dinas Contoh B", "Kecamatan Contoh")
    rows = [[f"Pegawai Contoh {at}", units[at % 3], 2 if at % 9 == 0 else 1, "1-11-2026"] for at in range(1, 25)]
    actions.take_givers(
        donor=pledge.donor, file=_csv(["Nama", "Unit kerja", "Jumlah pekerja", "Sejak"], rows),
        filename="asn-contoh.csv", area_code=BINJAI, by=staff, sample=True,
    )  # fmt: skip
    content = _csv(
        ["Nama Perusahaan", "NPP", "Sektor", "Skala", "Jumlah TK aktif", "Pekerja dilaporkan", "Program"],
        [
            ["PT Contoh Ritel Binjai", "CT900001", "Perdagangan", "Besar", 210, 260, "JKK JKM JHT JP"],
            ["CV Contoh Mebel", "CT900002", "Industri", "Kecil", 12, 31, "JKK, JKM"],
            ["UD Contoh Roti", "CT900003", "Industri", "Mikro", 6, 6, "JKK, JKM"],
            ["Yayasan Contoh Pendidikan", "", "Pendidikan", "", 0, 18, "belum"],
            ["RS Contoh Sehat", "CT900005", "Kesehatan", "Menengah", 140, 140, "4 program"],
        ],
    )
    actions.take_employers(
        file=content, filename="badan-usaha-binjai-contoh.csv", source="branch", as_of=date(2026, 9, 30),
        area_code=BINJAI, by=cast["cabang.binjai"], sample=True,
    )  # fmt: skip


def _employers(rng: random.Random) -> tuple[bytes, bytes]:
    """The same companies as they report themselves, and as the branch has them."""
    villages = list(areas.villages_of(LABUSEL).select_related("parent").order_by("code"))
    own, theirs = [], []
    for number in range(42):
        form, kind, sector, size, people = _KINDS[number % len(_KINDS)]
        village = villages[rng.randrange(len(villages))]
        name = f"{form} {kind} {_NAMES[number % len(_NAMES)]} {number // len(_NAMES) + 1}"
        workers = max(2, round(people * rng.uniform(0.4, 1.6)))
        share = rng.choice((0, 0, 0.25, 0.5, 0.8, 1, 1))
        joined = "belum" if share == 0 else rng.choice(("JKK, JKM", "JKK, JKM, JHT", "JKK JKM JHT JP"))
        place = [village.name, village.parent.name if village.parent else ""]
        npp = f"CT{number + 1:06d}" if share else ""
        theirs.append([npp, name, sector, round(workers * share), joined])
        if number % 11 != 7:  # some never reported
            own.append([name, sector, size, workers, *place])
    return (
        _csv(["Nama Perusahaan", "KBLI", "Skala Usaha", "Jumlah Pekerja (WLKP)", "Desa/Kelurahan", "Kecamatan"], own),
        _csv(["NPP", "Nama Badan Usaha", "Bidang Usaha", "Jumlah TK Aktif", "Program"], theirs),
    )


def _approach(cast: Cast, today: date) -> None:
    """Letters to the widest gaps; one has answered, two are waited for."""
    staff = cast["staf.labusel"]
    if Approach.objects.filter(employer__region_code=LABUSEL).exists():
        return
    widest = Employer.objects.filter(region_code=LABUSEL, gap__gt=0).order_by("-gap", "id")[:3]
    for at, employer in enumerate(widest):
        sent = today - timedelta(days=40 - at)
        letter = actions.note_approach(
            employer=employer, kind="letter", happened_on=sent, letter_number=f"560/CONTOH-{at + 1}/{sent.year}",
            result="Diminta mendaftarkan seluruh pekerja", due_on=today + timedelta(days=(-4, 6, 20)[at]), sample=True,
            by=staff,
        )  # fmt: skip
        if at == 2:
            actions.settle_approach(
                approach=letter, result="Perusahaan mendaftar bertahap mulai bulan depan", by=staff, on=today
            )


def _csv(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow(titles)
    out.writerows(rows)
    return text.getvalue().encode()
