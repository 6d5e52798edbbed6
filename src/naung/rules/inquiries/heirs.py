"""What can be asked about who receives a death benefit, and which papers a claim needs."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from naung.rules.arrears import Segment
from naung.rules.claim_papers import Circumstance, Claim, ClaimPapers, claim_papers
from naung.rules.death import DeathBenefit, accident_death_benefit, death_benefit, death_benefit_of
from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained, Explanation
from naung.rules.heirs import HeirRanking, PartReceived, Receipt, Relation, Relative, heirs_in_order, who_receives
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.deaths import paid_ahead
from naung.rules.inquiries.fields import Count, Day, Flag, Months, Rupiah, by_value, wrong
from naung.rules.law import Law

Relations = Annotated[tuple[Annotated[Relation, by_value(Relation)], ...], Field(max_length=100)]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Who receives which part, behind the steps that say how much it is."""

    receipt: Receipt
    explanation: Explanation


class HeirsBenefit(Inquiry):
    """Siapa ahli waris menurut urutan hukum, dan siapa menerima bagian mana dari manfaat kematian."""

    kind = "programme"

    programme: Literal["heirs"]
    died_on: Day = Field(description="Tanggal meninggal; hukum hari itu yang berlaku.")
    relatives: Relations = Field(description="Kerabat yang masih hidup, satu per satu.")
    months_paid: Count | None = Field(
        default=None, description="Bukan akibat kerja: bulan lunas berturut-turut sampai dengan bulan meninggal."
    )
    paid_months: Months | None = Field(default=None, description="Atau: semua bulan lunas.")
    prepaid: Flag = Field(default=False, description="Beberapa bulan dibayar sekaligus di muka.")
    base_income: Rupiah | None = Field(default=None, description="Akibat kerja: dasar upah yang diiurkan.")

    @model_validator(mode="after")
    def _one_cause(self) -> Self:
        if sum(one is not None for one in (self.months_paid, self.paid_months, self.base_income)) > 1:
            raise wrong("facts", "isi paling banyak satu: months_paid, paid_months atau base_income")
        return self

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        benefit = self._benefit(law, decisions)
        if benefit is None:
            return heirs_in_order(self._relatives(), on=self.died_on, law=law)
        receipt = who_receives(benefit, self._relatives(), on=self.died_on, law=law)
        said = receipt.explanation
        why = tuple(replace(step, amount=None) for step in benefit.explanation.steps)
        notes = (*benefit.explanation.notes, *said.notes)
        return _Shared(receipt, replace(said, steps=(*why, *said.steps), notes=notes))

    def _benefit(self, law: Law, decisions: Decisions) -> DeathBenefit | None:
        if self.base_income is not None:
            return accident_death_benefit(self.died_on, base_income=self.base_income, law=law)
        if self.paid_months is not None:
            told = "prepaid" in self.model_fields_set
            ahead = paid_ahead(self.died_on, self.paid_months, prepaid=self.prepaid, told=told)
            return death_benefit_of(
                self.died_on, paid_months=self.paid_months, law=law, decisions=decisions, prepaid=ahead
            )
        if self.months_paid is not None:
            return death_benefit(self.died_on, months_paid=self.months_paid, law=law)
        return None

    def _relatives(self) -> list[Relative]:
        """Numbered where there are several of one relation: nobody is named."""
        several = Counter(self.relatives)
        seen: Counter[Relation] = Counter()
        found = []
        for relation in self.relatives:
            seen[relation] += 1
            found.append(Relative(relation, str(seen[relation]) if several[relation] > 1 else ""))
        return found

    def parts(self, result: Any) -> dict[str, Any]:
        ranking: HeirRanking = result.receipt.ranking if isinstance(result, _Shared) else result
        received: tuple[PartReceived, ...] = result.receipt.parts if isinstance(result, _Shared) else ()
        return {
            "rank": None if ranking.first is None else ranking.first.number,
            "heirs": [one.relation for one in ranking.heirs],
            "parts": [{"part": one.part, "amount": one.amount, "receiver": one.receiver.code} for one in received],
        }


class PapersBenefit(Inquiry):
    """Berkas yang diperlukan untuk satu klaim."""

    kind = "programme"

    programme: Literal["papers"]
    claim: Annotated[Claim, by_value(Claim)] = Field(description="Klaim apa.")
    on: Day = Field(description="Tanggal kejadian.")
    segment: Annotated[Segment, by_value(Segment)] = Field(default=Segment.BPU, description="Segmen pekerja.")
    circumstances: frozenset[Annotated[Circumstance, by_value(Circumstance)]] = Field(
        default=frozenset(), description="Keadaan yang membuat berkas lain diperlukan."
    )
    heir: Annotated[Relation, by_value(Relation)] | None = Field(default=None, description="Hubungan ahli waris.")
    balance: Rupiah | None = Field(default=None, description="Saldo JHT dalam rupiah.")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return claim_papers(
            self.claim,
            on=self.on,
            law=law,
            segment=self.segment,
            circumstances=self.circumstances,
            heir=self.heir,
            balance=self.balance,
        )

    def parts(self, result: Any) -> dict[str, Any]:
        assert isinstance(result, ClaimPapers)
        return {
            "papers": [
                {"code": one.code, "words": {"id": one.words.id, "en": one.words.en}, "needed": one.needed}
                for one in result.papers
            ]
        }
