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
from naung.rules.law import Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import date_id

LENGTHS = (6, 12, 24)


@dataclass(eq=False)
class ContractLengthNotOffered(Refusal):
    """The tariff is printed for three lengths of contract; what lies between has no rule that we read."""

    code: ClassVar[str] = "contract_length_not_offered"

    contract_months: int

    def __str__(self) -> str:
        offered = ", ".join(str(months) for months in LENGTHS)
        return f"Tidak ada tarif untuk perjanjian {self.contract_months} bulan. Yang ada: {offered} bulan."


@dataclass(eq=False)
class SavingsTooSmall(Refusal):
    """The optional JHT of a migrant worker has a lowest amount."""

    code: ClassVar[str] = "pmi_jht_too_small"

    jht: Rupiah
    lowest: Rupiah

    def __str__(self) -> str:
        return f"JHT pekerja migran paling sedikit {rupiah(self.lowest)}, bukan {rupiah(self.jht)}."


@dataclass(frozen=True, slots=True)
class MigrantContribution:
    """What a migrant worker pays for one contract; `jht` is a monthly saving, one month of it counts in the total."""

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


def pmi_contribution(
    on: date,
    *,
    contract_months: int,
    extension_months: int = 0,
    jht: Rupiah | None = None,
    before_work: bool = True,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> MigrantContribution:
    """The JKK and JKM contribution of a migrant worker who registers on `on`, in whole rupiah.

    `before_work` False leaves out the part paid before departure. `jht` is one month of the optional saving.

    Raises ContractLengthNotOffered, SavingsTooSmall, NotInForce before 22 February 2023.

    Source: Permenaker 4/2023.
    """
    if contract_months not in LENGTHS:
        raise ContractLengthNotOffered(contract_months)
    if extension_months < 0:
        raise ContractLengthNotOffered(extension_months)
    steps: list[Step] = []
    before = 0
    if before_work:
        first = law.amount("pmi.before").cited(on)
        before = first.value
        steps.append(Step("before", Words("Sebelum bekerja", "Before work"), "", before, (first.citation,), "worker"))
    main = law.amount(f"pmi.during{contract_months}").cited(on)
    steps.append(
        Step(
            "during",
            Words(
                f"Selama dan sesudah bekerja, perjanjian {contract_months} bulan",
                f"During and after work, contract of {contract_months} months",
            ),
            "",
            main.value,
            (main.citation,),
            "worker",
        )
    )
    extension = 0
    if extension_months:
        each = law.amount("pmi.extension").cited(on)
        extension = each.value * extension_months
        steps.append(
            Step(
                "extension",
                Words(f"Perpanjangan {extension_months} bulan", f"Extension of {plural(extension_months, 'month')}"),
                f"{extension_months} × {rupiah(each.value)} = {rupiah(extension)}",
                extension,
                (each.citation,),
                "worker",
            )
        )
    if jht is not None:
        lowest = law.amount("pmi.jht.min").cited(on)
        if jht < lowest.value:
            raise SavingsTooSmall(jht, lowest.value)
        words = Words("JHT pilihan, sebulan", "Optional JHT, one month")
        steps.append(Step("jht", words, "", jht, (lowest.citation,), "worker"))
    title = Words(f"Iuran pekerja migran, {date_id(on)}", f"Migrant worker's contribution, {date_en(on)}")
    months = Words(f"{contract_months} bulan", f"{contract_months} months")
    fact = Fact("contract_months", Words("Lama perjanjian kerja", "Length of the contract"), months)
    return MigrantContribution(before, main.value, extension, jht or 0, Explanation(title, on, tuple(steps), (fact,)))
