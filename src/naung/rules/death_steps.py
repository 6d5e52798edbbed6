"""The steps in which a death benefit is explained: which grant, how much, why not more, by which article."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from naung.rules.dated import Cited
from naung.rules.death_months import DeathMonths
from naung.rules.english import date_en, month_name_en, plural
from naung.rules.explaining import Decided, Fact, Step, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah, percent, rupiah, share
from naung.rules.periods import add_months, date_id, first_of_month, month_name_id

WAITING = "jkm.bpu.min_months"

_GRANT = Words("Santunan kematian", "Death grant")
_PERIODIC = Words("Santunan berkala, dibayar sekaligus", "Periodic benefit, paid at once")
_FUNERAL = Words("Biaya pemakaman", "Funeral benefit")


def died_fact(died_on: date) -> Fact:
    return Fact("died_on", Words("Tanggal wafat", "Day of death"), Words(date_id(died_on), date_en(died_on)))


def months_fact(months: int) -> Fact:
    return Fact(
        "months_paid",
        Words("Bulan iuran berturut-turut sampai bulan wafat", "Consecutive paid months up to the month of death"),
        Words(f"{months} bulan", plural(months, "month")),
    )


def full_jkm_steps(died_on: date, law: Law) -> tuple[Step, ...]:
    """Death grant, periodic benefit and funeral benefit of JKM, as on the day of death. Raises NotInForce."""
    return (
        amount_step("jkm.death_grant", _GRANT, law.amount("jkm.death_grant").cited(died_on)),
        amount_step("jkm.periodic", _PERIODIC, law.amount("jkm.periodic").cited(died_on)),
        amount_step("jkm.funeral", _FUNERAL, law.amount("jkm.funeral").cited(died_on)),
    )


def first_months_steps(died_on: date, law: Law) -> tuple[Step, ...]:
    """The funeral benefit alone: what a death in the first paid months leaves."""
    only = Words("Biaya pemakaman saja", "Funeral benefit only")
    return (amount_step("jkm.funeral", only, law.amount("jkm.bpu.before_min").cited(died_on)),)


def amount_step(code: str, words: Words, amount: Cited[Rupiah]) -> Step:
    return Step(code, words, rupiah(amount.value), amount.value, (amount.citation,))


def waiting_step(died_on: date, months: int, *, full: bool, law: Law) -> tuple[Step, ...]:
    """Whether the first months are over, in one step; none where no waiting time is written."""
    waiting = law.count(WAITING).find(died_on)
    if waiting is None:
        return ()
    if waiting.value == 0:
        words = Words(
            "Belum ada masa tunggu: JKM penuh sejak bulan lunas pertama",
            "No waiting time yet: JKM is full from the first paid month",
        )
        return (Step("jkm.waiting", words, "", None, (waiting.citation,)),)
    words = _waiting_words(died_on, months, waiting.value, full)
    passed = months > waiting.value
    # A full benefit by a recorded answer does not follow from the months in a row: its own step says why.
    formula = f"{months} {'>' if passed else '≤'} {waiting.value}" if passed == full else ""
    return (Step("jkm.waiting", words, formula, None, (waiting.citation,)),)


def _waiting_words(died_on: date, months: int, waiting: int, full: bool) -> Words:
    if full:
        return Words(
            f"Syarat {waiting} bulan iuran berturut-turut terpenuhi: JKM dibayar penuh",
            f"The condition of {plural(waiting, 'consecutive paid month')} is met: JKM is paid in full",
        )
    full_from = add_months(first_of_month(died_on), waiting - months + 1)
    return Words(
        f"Wafat dalam {waiting} bulan iuran pertama (bulan ke-{months}): hanya biaya pemakaman. JKM baru penuh bagi "
        f"kematian mulai {date_id(full_from)}, bila iuran tidak terputus",
        f"Death within the first {plural(waiting, 'paid month')} (month {months}): the funeral benefit only. JKM would "
        f"be full for a death from {date_en(full_from)} on, if contributions had gone on without a gap",
    )


def months_steps(months: DeathMonths) -> tuple[Step, ...]:
    """The step that says which arrears have to be settled first, if any; one for each answer it rests on."""
    if not months.arrears:
        return ()
    named_id = ", ".join(month_name_id(month) for month in months.arrears)
    named_en = ", ".join(month_name_en(month) for month in months.arrears)
    words = Words(
        f"Bulan wafat belum lunas; manfaat dibayar setelah tunggakan dilunasi ({named_id})",
        f"The month of death is not paid; the benefit is paid once the arrears are settled ({named_en})",
    )
    first, *others = months.decided
    step = Step("jkm.arrears", words, f"{len(months.arrears)} bulan", None, months.citations, decided=first)
    still = Words("Kepesertaan belum berakhir pada bulan itu", "The membership had not ended in that month")
    return (step, *(Step("jkm.membership", still, "", None, months.citations, decided=one) for one in others))


def gap_step(code: str, months: DeathMonths, decided: Decided) -> Step:
    """How months before a gap were counted, by a recorded answer."""
    if decided.answer == "no":
        words = Words(
            f"Bulan sebelum jeda tetap dihitung: {months.with_earlier} bulan",
            f"The months before the gap still count: {plural(months.with_earlier, 'month')}",
        )
    else:
        words = Words(
            f"Hitungan dimulai lagi sesudah jeda: {months.in_a_row} bulan",
            f"The count starts again after the gap: {plural(months.in_a_row, 'month')}",
        )
    return Step(code, words, decided=decided)


def prepaid_step(decided: Decided) -> Step:
    """How months paid in advance were counted, by a recorded answer."""
    if decided.answer == "yes":
        words = Words(
            "Bulan yang dibayar sekaligus di muka langsung dihitung",
            "The months paid in advance at once count at once",
        )
    else:
        words = Words("Bulan yang dibayar di muka dihitung sejalan waktu", "Months paid in advance count as they pass")
    return Step("jkm.prepaid", words, decided=decided)


def unsure_day_note(died_on: date, key: str, law: Law) -> tuple[Words, ...]:
    """A caution for a death just before a change whose exact day in that month was not found."""
    later = next((line for line in law.parameters[key].values if line.start > died_on), None)
    if later is None or first_of_month(later.start) != first_of_month(died_on):
        return ()
    if not later.citation.date_confidence.startswith("latest possible day"):
        return ()
    instrument, start = later.citation.instrument, later.start
    return (
        Words(
            f"Hari mulai berlakunya {instrument} tidak ditemukan; {date_id(start)} adalah hari paling akhir. "
            f"Untuk kematian pada {month_name_id(died_on)} sebelum hari itu, periksa lembaran resminya.",
            f"The day on which {instrument} took effect was not found; {date_en(start)} is the latest possible one. "
            f"For a death in {month_name_en(died_on)} before that day, look at the gazette.",
        ),
    )


def silent_waiting_note(died_on: date, law: Law) -> tuple[Words, ...]:
    """Where no rule on a waiting time was found, the result says that it was computed in full."""
    if law.count(WAITING).find(died_on) is not None:
        return ()
    return (
        Words(
            "Peraturan yang dibaca untuk hari itu tidak memuat masa tunggu JKM; manfaat dihitung penuh.",
            "The regulations read for that day know no waiting time for JKM; the benefit is computed in full.",
        ),
    )


def accident_steps(happened_on: date, base_income: Rupiah, law: Law) -> tuple[Step, ...]:
    """Death grant of JKK (48 wages, not less than that of JKM), periodic and funeral benefit. Raises NotInForce."""
    multiple = law.mapping("jkk.death").cited(happened_on)
    minimum = law.amount("jkk.death.minimum").cited(happened_on)
    months, factor = multiple.value["months"], Decimal(multiple.value["factor"])
    computed = share(base_income * months, factor)
    product = f"{percent(factor)} × {months} × {rupiah(base_income)} = {rupiah(computed)}"
    step = Step("jkk.death", _GRANT, product, computed, (multiple.citation, minimum.citation))
    if computed < minimum.value:
        floor = Words(
            "Santunan kematian, tidak kurang dari santunan kematian JKM", "Death grant, not less than that of JKM"
        )
        step = replace(step, words=floor, formula=f"{product} < {rupiah(minimum.value)}", amount=minimum.value)
    return (
        step,
        amount_step("jkk.periodic", _PERIODIC, law.amount("jkk.periodic").cited(happened_on)),
        amount_step("jkk.funeral", _FUNERAL, law.amount("jkk.funeral").cited(happened_on)),
    )
