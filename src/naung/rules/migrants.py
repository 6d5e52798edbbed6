"""Contributions of migrant workers (PMI): before, during and after the work abroad. In whole rupiah.

See `docs/algorithms/construction-and-migrants.md`.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import date_en, plural
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Citation, Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import date_id
from naung.saying import Either, Rp, Sentence
from naung.saying import sentence as _

_DURING = "pmi.during"


@dataclass(eq=False)
class ContractLengthNotOffered(Refusal):
    """The tariff is printed for three lengths of contract; what lies between has no rule that we read."""

    code: ClassVar[str] = "contract_length_not_offered"

    contract_months: int
    offered: tuple[int, ...]

    def said(self) -> Sentence:
        return _(
            "Tidak ada tarif untuk perjanjian %(contract_months)s bulan; yang ada %(offered)s bulan.",
            contract_months=self.contract_months,
            offered=Either(self.offered),
        )


@dataclass(eq=False)
class NegativeMonths(Refusal):
    """Months below zero are a mistake of whoever typed them."""

    code: ClassVar[str] = "pmi_months_negative"

    months: int

    def said(self) -> Sentence:
        return _(
            "Perpanjangan atau masa JHT %(months)s bulan tidak mungkin: angka harus nol atau lebih.",
            months=self.months,
        )


@dataclass(eq=False)
class SavingsTooSmall(Refusal):
    """The optional JHT of a migrant worker has a lowest amount."""

    code: ClassVar[str] = "pmi_jht_too_small"

    jht: Rupiah
    lowest: Rupiah

    def said(self) -> Sentence:
        return _(
            "JHT pekerja migran paling sedikit %(lowest)s, bukan %(jht)s.",
            lowest=Rp(self.lowest),
            jht=Rp(self.jht),
        )


@dataclass(frozen=True, slots=True)
class MigrantContribution:
    """What a migrant worker pays for one contract, in whole rupiah. `jht` is the optional saving of `jht_months`."""

    before: Rupiah
    during: Rupiah
    extension: Rupiah
    jht: Rupiah
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return self.before + self.during + self.extension + self.jht

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


def contract_lengths(on: date, *, law: Law) -> tuple[int, ...]:
    """The lengths of contract, in months, for which the law of that day has a tariff."""
    keys = (key for key in law.parameters if key.startswith(_DURING))
    return tuple(sorted(int(key.removeprefix(_DURING)) for key in keys if law.amount(key).find(on) is not None))


def pmi_contribution(
    on: date,
    *,
    contract_months: int,
    extension_months: int = 0,
    jht: Rupiah | None = None,
    jht_months: int = 1,
    before_work: bool = True,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> MigrantContribution:
    """The JKK and JKM contribution of a migrant worker who registers on `on`, in whole rupiah.

    `before_work` False leaves out the part paid before departure. `jht` is the optional saving of one month, for
    `jht_months` of them: no source read says how many a contract has. No open question is met here.

    Raises ContractLengthNotOffered, NegativeMonths, SavingsTooSmall, NotInForce before 22 February 2023.

    Source: Permenaker 4/2023.
    """
    first = law.amount("pmi.before").cited(on)
    offered = contract_lengths(on, law=law)
    if contract_months not in offered:
        raise ContractLengthNotOffered(contract_months, offered)
    if (fewest := min(extension_months, jht_months)) < 0:
        raise NegativeMonths(fewest)
    steps: list[Step] = []
    if before_work:
        words = Words("Sebelum bekerja", "Before work")
        steps.append(Step("before", words, rupiah(first.value), first.value, (first.citation,), "worker"))
    main = law.amount(f"pmi.during{contract_months}").cited(on)
    words = Words(
        f"Selama dan sesudah bekerja, perjanjian {contract_months} bulan",
        f"During and after work, contract of {plural(contract_months, 'month')}",
    )
    steps.append(Step("during", words, rupiah(main.value), main.value, (main.citation,), "worker"))
    if extension_months:
        each = law.amount("pmi.extension").cited(on)
        words = Words(f"Perpanjangan {extension_months} bulan", f"Extension of {plural(extension_months, 'month')}")
        steps.append(_monthly_step("extension", words, extension_months, each.value, each.citation))
    if jht is not None:
        lowest = law.amount("pmi.jht.min").cited(on)
        if jht < lowest.value:
            raise SavingsTooSmall(jht, lowest.value)
        words = Words(
            f"Tabungan JHT pilihan, {jht_months} bulan (paling sedikit {rupiah(lowest.value)} sebulan)",
            f"Optional JHT saving, {plural(jht_months, 'month')} (at least {rupiah(lowest.value)} a month)",
        )
        steps.append(_monthly_step("jht", words, jht_months, jht, lowest.citation))
    amounts = {step.code: step.amount or 0 for step in steps}
    title = Words(f"Iuran pekerja migran, {date_id(on)}", f"Migrant worker's contribution, {date_en(on)}")
    facts = (
        Fact("on", Words("Didaftarkan pada", "Registered on"), Words(date_id(on), date_en(on))),
        Fact(
            "contract_months",
            Words("Lama perjanjian kerja", "Length of the contract"),
            Words(f"{contract_months} bulan", plural(contract_months, "month")),
        ),
    )
    return MigrantContribution(
        amounts.get("before", 0),
        amounts["during"],
        amounts.get("extension", 0),
        amounts.get("jht", 0),
        Explanation(title, on, tuple(steps), facts),
    )


def _monthly_step(code: str, words: Words, months: int, each: Rupiah, citation: Citation) -> Step:
    amount = months * each
    return Step(code, words, f"{months} bulan × {rupiah(each)} = {rupiah(amount)}", amount, (citation,), "worker")
