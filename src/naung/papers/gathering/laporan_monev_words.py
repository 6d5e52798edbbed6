"""What a monitoring report says in sentences and tables: bases, coverage, what goes wrong, what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from naung.accounts.models import User
from naung.accounts.territory import within_area
from naung.agreements.models import FollowUp
from naung.agreements.queries import agreements_visible_to, follow_ups_visible_to, in_force_on
from naung.contributions.models import Bill
from naung.disclosure import LEAST
from naung.documents.dates import paper_date
from naung.papers.gathering import ba_parts as parts
from naung.papers.gathering.laporan_monev_counts import Reached
from naung.planning import queries as planning
from naung.planning.refusals import NoFigure
from naung.programmes.models import Programme
from naung.rules.periods import add_months, first_of_month, last_of_month, month_name_id
from naung.ui.formats import number, percent


@dataclass(frozen=True)
class Period:
    """Some months of a region and the programmes that run in them, as one person sees it."""

    area_code: str
    first: date
    last: date
    programmes: tuple[Programme, ...]
    viewer: User

    @property
    def words(self) -> str:
        return parts.months_said(self.first, self.last)

    def told_until(self, on: date) -> date:
        """The month whose people are told: the last of the period that has begun and in which a programme ran."""
        last = max(add_months(one.ends_on, -1) for one in self.programmes)
        return min(self.last, last, max(first_of_month(on), self.first))

    @property
    def last_day(self) -> date:
        return last_of_month(self.last)


def introduction(thing: Period, region: str, found: Reached, until: date) -> str:
    programmes = f"{number(len(thing.programmes))} program" if len(thing.programmes) > 1 else "satu program"
    _valid, planned, active = found.total
    return (
        f"Laporan ini memuat pelaksanaan pelindungan pekerja rentan di {region} pada {thing.words}, meliputi"
        f" {programmes}. Pada {month_name_id(until)} peserta yang ditetapkan {planned} orang dari"
        f" {number(found.places)} tempat, dan yang aktif karena iurannya telah dibayar {active} orang."
    )


def bases(thing: Period, on: date) -> list[str]:
    """The agreements in force in the period and the decrees up to its end."""
    agreements = in_force_on(agreements_visible_to(thing.viewer), min(thing.last_day, on))
    said = [
        f"{parts.indonesian(one.get_kind_display())} Nomor {one.region_number} dan Nomor {one.branch_number}"
        f" ({one.title})"
        for one in within_area(agreements, thing.area_code).order_by("kind", "signed_on", "id")
    ]
    for programme in thing.programmes:
        said += parts.decree_lines(programme, until=thing.last_day)
    return said


def coverage_lines(thing: Period, region: str, on: date) -> list[dict[str, str]]:
    """The newest official figure, never alone: its counts, what they divide by, its date and its source."""
    try:
        found = planning.coverage_of(thing.area_code, on=min(thing.last_day, on), user=thing.viewer)
    except NoFigure:
        return []
    figure = found.figure
    whole = parts.indonesian(found.ucj.denominator.kind.label_id)
    source = f"keadaan {paper_date(figure.as_of)}, sumber: {figure.source}" + (
        "; angka contoh" if figure.sample else ""
    )
    counts = f"{number(figure.covered)} pekerja terlindungi dibagi {number(figure.denominator)} {whole}; {source}"
    lines = [
        {"ukuran": f"UCJ {region}", "nilai": percent(found.ucj.percent, decimals=2), "definisi": counts},
        {"ukuran": "Belum terlindungi", "nilai": f"{number(found.ucj.gap)} orang", "definisi": "selisih keduanya"},
    ]
    if found.contradictions and figure.printed_percent is not None:
        lines.append(
            {
                "ukuran": "UCJ menurut sumber",
                "nilai": percent(figure.printed_percent, decimals=2),
                "definisi": "angka yang tercetak di sumber; berbeda dari hasil bagi jumlahnya",
            }
        )
    if found.target:
        needed = found.needed_for_target or 0
        lines.append(
            {
                "ukuran": f"Sasaran {found.target.year}",
                "nilai": percent(found.target.percent, decimals=2),
                "definisi": f"{found.target.instrument}; "
                + (f"perlu {number(needed)} orang lagi" if needed else "sudah tercapai"),
            }
        )
    return lines


def issues(thing: Period, found: Reached, until: date, on: date) -> list[str]:
    """What the figures themselves say goes wrong; the office adds what it saw."""
    said = []
    unpaid = found.whole.planned - found.whole.active
    if unpaid >= LEAST and not found.total_hidden:
        said.append(f"Iuran {month_name_id(until)} untuk {parts.counted(unpaid)} peserta belum dibayar.")
    late = Bill.objects.filter(
        programme__in=thing.programmes, due_on__lt=on, status__in=[Bill.Status.ISSUED, Bill.Status.PARTLY_PAID]
    )
    owed = sum(one.total_rp - one.paid_rp - one.reversed_rp for one in late)
    if owed:
        said.append(f"{parts.counted(len(late), 'tagihan')} melewati jatuh tempo dengan sisa {parts.amount(owed)}.")
    soon = planning.endings(
        thing.viewer, on=until, until=add_months(first_of_month(thing.last), 3), programmes=thing.programmes
    )
    said += [
        f"Pelindungan {parts.counted(one.people)} peserta {one.programme.name} berakhir {paper_date(one.last_day)}."
        for one in soon
        if one.people >= LEAST and not found.total_hidden
    ]
    free = found.places - found.whole.planned
    if free > 0 and not found.total_hidden:
        said.append(f"Dari {number(found.places)} tempat, {parts.counted(free, 'tempat')} belum terisi.")
    return said


def follow_ups(thing: Period, on: date) -> list[dict[str, str]]:
    """What meetings and agreements asked for: still open, or done in these months."""
    rows = follow_ups_visible_to(thing.viewer).filter(
        Q(done_on__isnull=True) | Q(done_on__gte=thing.first, done_on__lte=thing.last_day)
    )
    # A standing obligation of an agreement is no task until it has a day.
    rows = rows.exclude(kind=FollowUp.Kind.OBLIGATION, due_on__isnull=True)
    began = rows.filter(Q(meeting__isnull=True) | Q(meeting__held_on__lte=thing.last_day))
    return [
        {
            "uraian": one.what,
            "penanggung_jawab": one.owner.name if one.owner else "belum ditunjuk",
            "tenggat": paper_date(one.due_on) if one.due_on else "belum ditetapkan",
            "keadaan": _state(one.done_on, one.result, one.due_on, min(on, thing.last_day)),
        }
        for one in began
    ]


def _state(done_on: date | None, result: str, due_on: date | None, on: date) -> str:
    if done_on:
        return f"selesai {paper_date(done_on)}" + (f": {result}" if result else "")
    return "belum selesai, lewat tenggat" if due_on and due_on < on else "belum selesai"


def notes(found: Reached, until: date) -> list[str]:
    notes = [
        (
            f"Memenuhi: orang yang lolos pemeriksaan sampai tanggal laporan. Ditetapkan dan aktif: keadaan"
            f" {month_name_id(until)}; aktif berarti iuran bulan itu telah dibayar dan dikonfirmasi."
        ),
        (
            "Tagihan dan realisasi dihitung sejak awal program sampai akhir periode; realisasi adalah SP2D yang telah"
            " dikonfirmasi."
        ),
    ]
    if found.hides:
        notes.append(
            "<5: 1 sampai 4 orang, tidak ditampilkan agar orangnya tidak dikenali. •: tidak ditampilkan agar angka"
            " <5 tidak dapat dihitung."
        )
    return notes
