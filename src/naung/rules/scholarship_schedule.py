"""The schooling of children year by year: which school years are paid, until when, and what may be claimed now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from naung.rules.dated import Citation
from naung.rules.english import date_en, plural
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import date_id
from naung.rules.school import Child, Level, LevelTerms, level_terms

# A convention of Indonesian schools, not a number of the law: no catalogue line says it, so it can be given.
JULY = 7


class Stop(StrEnum):
    """Why no further school year of a child is paid."""

    AGE = "age"
    MARRIED = "married"
    WORKS = "works"
    COMPLETED = "completed"
    BEYOND_TWO = "beyond_two"


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One paid school year of one child (`child` counts from 1); it begins on `starts_on`."""

    child: int
    starts_on: date
    level: Level
    number: int
    amount: Rupiah
    citation: Citation

    @property
    def key(self) -> tuple[int, int]:
        """Child and the calendar year in which the school year begins: how a payment is named."""
        return self.child, self.starts_on.year

    @property
    def label(self) -> str:
        """`2026/2027`."""
        return f"{self.starts_on.year}/{self.starts_on.year + 1}"

    def step(self) -> Step:
        level = self.level.words
        words = Words(
            f"Anak {self.child}, {self.label}, {level.id} tahun ke-{self.number}",
            f"Child {self.child}, {self.label}, {level.en} year {self.number}",
        )
        code = f"scholarship.{self.child}.{self.starts_on.year}"
        return Step(code, words, rupiah(self.amount), self.amount, (self.citation,))


@dataclass(frozen=True, slots=True)
class ChildSchedule:
    """The paid school years of one child; `stop` says why there are no more, `stops_on` from which day."""

    number: int
    child: Child
    years: tuple[SchoolYear, ...]
    stop: Stop
    stops_on: date | None
    citations: tuple[Citation, ...]

    @property
    def total(self) -> Rupiah:
        return sum(year.amount for year in self.years)

    @property
    def by_level(self) -> dict[Level, int]:
        """Paid years of each level."""
        return {level: sum(1 for one in self.years if one.level is level) for level in Level}

    def stop_step(self) -> Step:
        words = Words(f"Anak {self.number}: {self._why().id}", f"Child {self.number}: {self._why().en}")
        # That a school year counts when the right still stands on its first day is how we read "until".
        inferred = self.stop in {Stop.AGE, Stop.MARRIED, Stop.WORKS}
        return Step(f"scholarship.{self.number}.stop", words, "", None, self.citations, inferred=inferred)

    def _why(self) -> Words:
        match self.stop:
            case Stop.COMPLETED:
                return Words("semua tahun jenjang sudah terpakai", "all years of the levels are used up")
            case Stop.BEYOND_TWO:
                return Words("jumlah anak penerima sudah penuh", "the number of children who are paid is full")
        assert self.stops_on is not None
        day_id, day_en = date_id(self.stops_on), date_en(self.stops_on)
        reason = {
            Stop.AGE: Words("usia terakhir tercapai", "the last age is reached"),
            Stop.MARRIED: Words("menikah", "marriage"),
            Stop.WORKS: Words("bekerja", "work"),
        }[self.stop]
        return Words(
            f"tidak ada tahun ajaran yang dimulai sejak {day_id} ({reason.id})",
            f"no school year that begins from {day_en} on ({reason.en})",
        )


@dataclass(frozen=True, slots=True)
class ScholarshipSchedule:
    """Every school year that will be paid if the children go on as said. `on` is the day of the event."""

    on: date
    children: tuple[ChildSchedule, ...]
    school_year_starts: int
    most: Step

    @property
    def years(self) -> tuple[SchoolYear, ...]:
        """All paid school years, by child and then by time."""
        return tuple(year for child in self.children for year in child.years)

    @property
    def total(self) -> Rupiah:
        return sum(year.amount for year in self.years)

    @property
    def explanation(self) -> Explanation:
        steps = [self.most]
        for child in self.children:
            steps += [year.step() for year in child.years]
            steps.append(child.stop_step())
        facts = tuple(_child_fact(child) for child in self.children)
        return Explanation(_TITLE, self.on, tuple(steps), facts, (_YEARLY, _convention(self.school_year_starts)))


_TITLE = Words("Beasiswa anak, per tahun ajaran", "Scholarship of the children, by school year")
_YEARLY = Words(
    "Beasiswa dibayar setiap tahun, tidak sekaligus; jumlah ini berlaku bila sekolah berlanjut seperti yang diisi.",
    "The scholarship is paid year by year, not at once; this is what can be received if schooling goes on as stated.",
)


def _convention(month: int) -> Words:
    return Words(
        f"Tahun ajaran dihitung mulai bulan {month}; itu kebiasaan sekolah, bukan ketentuan peraturan yang dibaca.",
        f"The school year is taken to begin in month {month}; that is the custom of schools, not a rule we read.",
    )


def scholarship_schedule(
    on: date, *, children: Sequence[Child], law: Law, school_year_starts: int = JULY
) -> ScholarshipSchedule:
    """The school years paid for the children of a worker who died on `on`, in whole rupiah.

    The law of the day of the event counts. The first two children of the list are paid, each through the
    levels at their yearly amounts, for no more years than the level allows. A school year is paid when on
    its first day (for the one running on the day of the event: on that day) the child is under 23,
    unmarried and not at work. Whether the right exists at all: `scholarship_right`.

    `school_year_starts` is the month in which school years begin: July is a convention, not law.
    Raises NotInForce before December 2019, ImpossibleBirth.

    Source: PP 82/2019 Lampiran III and art. 34 (article numbers recalled).
    """
    most = law.count("scholarship.max_children").cited(on)
    age = law.count("scholarship.end_age").cited(on)
    terms = level_terms(on, law)
    for child in children:
        child.require_born_by(on)
    found = tuple(
        _child_schedule(number, child, on, terms, age.value, age.citation, school_year_starts)
        if number <= most.value
        else ChildSchedule(number, child, (), Stop.BEYOND_TWO, None, (most.citation,))
        for number, child in enumerate(children, start=1)
    )
    words = Words(f"Paling banyak {most.value} anak", f"At most {most.value} children")
    return ScholarshipSchedule(
        on, found, school_year_starts, Step("scholarship.max_children", words, "", None, (most.citation,))
    )


def _child_schedule(
    number: int, child: Child, on: date, terms: LevelTerms, age: int, age_citation: Citation, month: int
) -> ChildSchedule:
    stop, stops_on = _end(child, age)
    begins = max(on, child.starts or on)
    school_year = _school_year_of(begins, month)
    years: list[SchoolYear] = []
    for level, year in _course(child, terms):
        if stops_on <= max(school_year, begins):
            cited = (age_citation,)
            return ChildSchedule(number, child, tuple(years), stop, stops_on, cited)
        if year <= terms.max_years(level):
            years.append(SchoolYear(number, school_year, level, year, terms.amount(level), terms.citation(level)))
        school_year = school_year.replace(year=school_year.year + 1)
    return ChildSchedule(number, child, tuple(years), Stop.COMPLETED, None, (terms.citation(child.through),))


def _end(child: Child, age: int) -> tuple[Stop, date]:
    """The first of the three days that end the right, and what happens on it."""
    ends = [(child.birthday(age), Stop.AGE)]
    if child.married_on:
        ends.append((child.married_on, Stop.MARRIED))
    if child.works_from:
        ends.append((child.works_from, Stop.WORKS))
    day, stop = min(ends, key=lambda end: end[0])
    return stop, day


def _course(child: Child, terms: LevelTerms) -> list[tuple[Level, int]]:
    """The levels and years still before the child, the present one first, up to its last level.

    A year beyond those the level allows is run through and not paid.
    """
    levels = list(Level)
    ahead = levels[levels.index(child.level) : levels.index(child.through) + 1]
    course: list[tuple[Level, int]] = []
    for level in ahead:
        first = child.year if level is child.level else 1
        course += [(level, year) for year in range(first, max(terms.max_years(level), first) + 1)]
    return course


def _school_year_of(day: date, month: int) -> date:
    """The first day of the school year that holds `day`."""
    return date(day.year if day.month >= month else day.year - 1, month, 1)


def _child_fact(one: ChildSchedule) -> Fact:
    child = one.child
    return Fact(
        f"child_{one.number}",
        Words(f"Anak {one.number}", f"Child {one.number}"),
        Words(
            f"lahir {date_id(child.born_on)}, {child.level.words.id} tahun ke-{child.year}",
            f"born {date_en(child.born_on)}, {child.level.words.en} year {child.year}",
        ),
    )


@dataclass(frozen=True, slots=True)
class PayableNow:
    """Which school years can be claimed on a day, which are too old, and which have not begun."""

    on: date
    due: tuple[SchoolYear, ...]
    lapsed: tuple[SchoolYear, ...]
    later: tuple[SchoolYear, ...]
    rule: Step

    @property
    def total(self) -> Rupiah:
        return sum(year.amount for year in self.due)

    @property
    def explanation(self) -> Explanation:
        title = Words("Beasiswa yang dapat diajukan sekarang", "Scholarship that can be claimed now")
        lapsed = tuple(_lapsed_step(year) for year in self.lapsed)
        return Explanation(title, self.on, (self.rule, *lapsed, *(year.step() for year in self.due)))


def payable_now(
    schedule: ScholarshipSchedule,
    *,
    claimed_on: date,
    law: Law,
    already_paid: Collection[tuple[int, int]] = (),
) -> PayableNow:
    """The school years of `schedule` that can be claimed on a day, in whole rupiah.

    `already_paid` names paid years by `SchoolYear.key`. The running school year can be claimed, and at
    most the three before it; older ones have lapsed. The rule is that of the day of the event; for an event
    before Permenaker 1/2025 nothing read says how far back one may claim: NotInForce, when there is
    an earlier year to claim.

    Source: Permenaker 1/2025 (article not known).
    """
    running = _school_year_of(claimed_on, schedule.school_year_starts).year
    unpaid = [year for year in schedule.years if year.key not in set(already_paid)]
    later = tuple(year for year in unpaid if year.starts_on > claimed_on)
    due = [year for year in unpaid if year.starts_on <= claimed_on]
    if all(year.starts_on.year == running for year in due):
        rule = Step("scholarship.running", Words("Tahun ajaran berjalan", "The running school year"))
        return PayableNow(claimed_on, tuple(due), (), later, rule)
    arrears = law.count("scholarship.arrears").cited(schedule.on)
    oldest = running - arrears.value
    words = Words(
        f"Tahun ajaran berjalan dan paling banyak {arrears.value} tahun ajaran sebelumnya",
        f"The running school year and at most the {plural(arrears.value, 'school year')} before it",
    )
    return PayableNow(
        claimed_on,
        tuple(year for year in due if year.starts_on.year >= oldest),
        tuple(year for year in due if year.starts_on.year < oldest),
        later,
        Step("scholarship.arrears", words, "", None, (arrears.citation,)),
    )


def _lapsed_step(year: SchoolYear) -> Step:
    words = Words(
        f"Anak {year.child}, {year.label}: tidak dapat diajukan lagi",
        f"Child {year.child}, {year.label}: can no longer be claimed",
    )
    return Step(f"scholarship.lapsed.{year.child}.{year.starts_on.year}", words)
