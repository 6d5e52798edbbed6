"""The steps of a work-accident benefit: costs paid back, months unable to work, total disability, schooling."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.accident_facts import Accident, Aid, Outcome, Transport
from naung.rules.arrears import Segment
from naung.rules.dated import Citation, Cited
from naung.rules.explaining import Step, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah, is_whole, percent, rupiah, share
from naung.rules.scholarship import scholarship, scholarship_pp44
from naung.saying import Sentence
from naung.saying import sentence as _

_MONTHS_A_YEAR = 12
PP44_SCHOLARSHIP = "jkk.scholarship.pp44"

# Which months each line of STMB is for; the last one has no end.
_STMB: tuple[tuple[str, int, int | None], ...] = (
    ("jkk.stmb.m1_6", 1, 6),
    ("jkk.stmb.m7_12", 7, 12),
    ("jkk.stmb.m13_on", 13, None),
)
_TRANSPORT = {
    Transport.LAND: "jkk.transport.land",
    Transport.SEA: "jkk.transport.sea",
    Transport.AIR: "jkk.transport.air",
}
_AIDS = {
    Aid.HOME_CARE: "jkk.homecare",
    Aid.DENTURES: "jkk.dentures",
    Aid.HEARING_AID: "jkk.hearing_aid",
    Aid.GLASSES: "jkk.glasses",
}


def wage_steps(accident: Accident, law: Law) -> list[Step]:
    """For a BPU worker: that the base of the paid band counts, not the income."""
    if accident.segment is not Segment.BPU:
        return []
    rule = law.words("jkk.base_wage.bpu").cited(accident.happened_on)
    words = Words(
        f"Upah yang dipakai bagi pekerja BPU: {rule.value}",
        f"The wage used for a BPU worker: {rule.citation.stated_as or 'base of the income band that was paid'}",
    )
    return [Step("jkk.base_wage.bpu", words, rupiah(accident.wage), None, (rule.citation,))]


def medical_step(accident: Accident, law: Law) -> Step:
    """Treatment and care, without a limit: not paid in cash, so without an amount."""
    rule = law.words("jkk.medical").cited(accident.happened_on)
    words = Words(
        f"Pengobatan dan perawatan: {rule.value}",
        f"Treatment and care: {rule.citation.stated_as or 'by medical need'}",
    )
    return Step("jkk.medical", words, "", None, (rule.citation,))


def transport_steps(accident: Accident, law: Law) -> tuple[list[Step], list[Words]]:
    """What carrying the worker cost, up to the limit of each kind of transport.

    With a caution where one limit for all kinds together, the sum of theirs, would pay more: the source can be read
    so too, and the steps then say that they are a reading.
    """
    costs = {mode: accident.transport[mode] for mode in Transport if mode in accident.transport}
    limits = {mode: law.amount(_TRANSPORT[mode]).cited(accident.happened_on) for mode in costs}
    found = [
        _up_to(
            _TRANSPORT[mode],
            Words(f"Pengangkutan {mode.words.id}", f"Transport by {mode.words.en}"),
            cost,
            limits[mode],
        )
        for mode, cost in costs.items()
    ]
    together = min(sum(costs.values()), sum(limit.value for limit in limits.values()))
    if sum(step.amount or 0 for step in found) == together:
        return found, []
    return [replace(step, inferred=True) for step in found], [_EACH_LIMIT]


_EACH_LIMIT = Words(
    "Batas biaya pengangkutan dihitung untuk setiap jenis angkutan; bila batasnya dijumlahkan lebih dahulu, hasilnya "
    "lebih tinggi.",
    "The limit on transport is taken for each kind of transport; added up first, they would pay more.",
)


def stmb_steps(accident: Accident, law: Law) -> list[Step]:
    """The grant for the months in which the worker could not work: a share of the wage that falls with time."""
    found = []
    for key, first, last in _STMB:
        through = accident.months_unable if last is None else min(accident.months_unable, last)
        months = through - first + 1
        if months < 1:
            break
        span_id = f"bulan ke-{first}" if months == 1 else f"bulan ke-{first} sampai ke-{through}"
        span_en = f"month {first}" if months == 1 else f"months {first} to {through}"
        words = Words(
            f"Santunan sementara tidak mampu bekerja (STMB), {span_id}", f"Grant while unable to work (STMB), {span_en}"
        )
        rate = law.rate(key).cited(accident.happened_on)
        found.append(_share_step(key, words, f"{months} bulan × ", accident.wage * months, rate, accident, law))
    return found


def aid_steps(accident: Accident, law: Law) -> list[Step]:
    """Home care, dentures, hearing aid, spectacles, each up to its limit; orthosis and prosthesis by price list."""
    found = []
    for aid in Aid:
        if (cost := accident.aids.get(aid)) is not None:
            key = _AIDS[aid]
            step = _up_to(key, aid.words, cost, law.amount(key).cited(accident.happened_on))
            found.append(step)
            if aid is Aid.HOME_CARE:
                found += _home_care_steps(accident, law)
    return [*found, *_prosthesis_steps(accident, law)]


def _home_care_steps(accident: Accident, law: Law) -> list[Step]:
    years = law.count("jkk.homecare_years").cited(accident.happened_on)
    most = years.value * _MONTHS_A_YEAR
    if accident.home_care_months is None:
        return []
    if accident.home_care_months > most:
        raise HomeCareTooLong(accident.home_care_months, most)
    words = Words(f"Perawatan di rumah paling lama {most} bulan", f"Home care for at most {most} months")
    formula = f"{accident.home_care_months} ≤ {years.value} × {_MONTHS_A_YEAR}"
    return [Step("jkk.homecare_years", words, formula, None, (years.citation,))]


def _prosthesis_steps(accident: Accident, law: Law) -> list[Step]:
    price = accident.prosthesis_price
    if price is None and not (accident.outcome.partial or accident.outcome is Outcome.TOTAL_PERMANENT):
        return []
    on = accident.happened_on
    rule = law.words("jkk.prosthesis").cited(on)
    words = Words(
        f"Orthosis atau prosthesis bila diperlukan: {rule.value}",
        f"Orthosis or prosthesis where needed: {rule.citation.stated_as or 'by the price list'}",
    )
    if price is None:
        return [Step("jkk.prosthesis", words, "", None, (rule.citation,))]
    markup = law.rate("jkk.prosthesis_markup").cited(on)
    whole = Cited(1 + markup.value, markup.citation)
    return [_share_step("jkk.prosthesis", words, "", price, whole, accident, law, rule.citation)]


def total_steps(accident: Accident, law: Law) -> list[Step]:
    """Total permanent disability: 70% × 80 wages, and the periodic benefit paid at once."""
    on = accident.happened_on
    multiple = law.mapping("jkk.disability.total").cited(on)
    months, factor = multiple.value["months"], Decimal(multiple.value["factor"])
    words = Words("Santunan cacat total tetap", "Grant for total permanent disability")
    amount = share(accident.wage * months, factor)
    whole = is_whole(accident.wage * months, factor)
    formula = f"{percent(factor)} × {months} × {rupiah(accident.wage)} {'=' if whole else '≈'} {rupiah(amount)}"
    cited = (multiple.citation, *_rounding(whole, accident, law))
    periodic = law.amount("jkk.periodic").cited(on)
    return [
        Step("jkk.disability.total", words, formula, amount, cited),
        Step(
            "jkk.periodic",
            Words("Santunan berkala, dibayar sekaligus", "Periodic benefit, paid at once"),
            rupiah(periodic.value),
            periodic.value,
            (periodic.citation,),
        ),
    ]


def scholarship_steps(accident: Accident, law: Law) -> list[Step]:
    """Schooling on death or total disability: one lump sum under PP 44/2015, the years left of each child since."""
    if not accident.children:
        return []
    on = accident.happened_on
    if knows_lump_scholarship(accident, law):
        steps = scholarship_pp44(on, children=len(accident.children), law=law).explanation.steps
    else:
        steps = scholarship(on, children=accident.children, law=law).explanation.steps
    # What was read names the scholarship at a death; that total disability opens it too is our reading.
    return [replace(step, inferred=step.inferred or accident.outcome is Outcome.TOTAL_PERMANENT) for step in steps]


def knows_lump_scholarship(accident: Accident, law: Law) -> bool:
    return law.amount(PP44_SCHOLARSHIP).find(accident.happened_on) is not None


def _up_to(code: str, words: Words, cost: Rupiah, limit: Cited[Rupiah]) -> Step:
    """The cost itself, or the limit where it is higher."""
    formula = f"{rupiah(cost)} {'≤' if cost <= limit.value else '>'} {rupiah(limit.value)}"
    said = Words(f"{words.id}, paling banyak {rupiah(limit.value)}", f"{words.en}, at most {rupiah(limit.value)}")
    return Step(code, said, formula, min(cost, limit.value), (limit.citation,))


def _share_step(
    code: str,
    words: Words,
    times: str,
    base: Rupiah,
    rate: Cited[Decimal],
    accident: Accident,
    law: Law,
    *also: Citation,
) -> Step:
    amount, whole = share(base, rate.value), is_whole(base, rate.value)
    one = accident.wage if times else base
    formula = f"{times}{percent(rate.value)} × {rupiah(one)} {'=' if whole else '≈'} {rupiah(amount)}"
    return Step(code, words, formula, amount, (*also, rate.citation, *_rounding(whole, accident, law)))


def _rounding(whole: bool, accident: Accident, law: Law) -> tuple[Citation, ...]:
    return () if whole else (law.words("rounding").cited(accident.happened_on).citation,)


@dataclass(eq=False)
class HomeCareTooLong(Refusal):
    """Home care is paid for a limited time; what a later month cost has to be left out by who asks."""

    code: ClassVar[str] = "home_care_too_long"

    months: int
    most: int

    def said(self) -> Sentence:
        return _(
            "Perawatan di rumah dibayar paling lama %(most)s bulan, bukan %(months)s; isi biaya %(most)s "
            "bulan pertama saja.",
            most=self.most,
            months=self.months,
        )
