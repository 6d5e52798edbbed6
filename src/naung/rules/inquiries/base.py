"""What every question to the law has in common, and how it is answered."""

from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from naung.rules.decisions import Decision, Decisions
from naung.rules.explaining import Account, Explained, explain
from naung.rules.inquiries.fields import Answers, Part
from naung.rules.law import Law


class Inquiry(Part):
    """One question: the facts, and how open questions of the law are to be answered for it."""

    kind: ClassVar[str]
    """The field that tells the questions of one family apart: `segment` or `programme`."""

    names: ClassVar[tuple[str, ...]] = ()
    """The parts of the result that the answer carries beside its total."""

    decisions: Answers = Field(
        default={},
        description="Jawaban atas hal yang belum diatur, menurut kode pertanyaan (naung law questions).",
    )

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        """The result of the law. Raises Refusal: NotInForce, NeedsDecision, or the facts are impossible."""
        raise NotImplementedError

    def parts(self, result: Any) -> dict[str, Any]:
        """The named parts of a result of `compute`."""
        return {name: getattr(result, name) for name in self.names}

    def decided(self, decisions: Decisions) -> Decisions:
        """Recorded decisions, with the answers that came with the question in their place."""
        others = tuple(one for one in decisions.taken if one.question_code not in self.decisions)
        given = (Decision(code, said, date.min, None, "jawaban penanya") for code, said in self.decisions.items())
        return Decisions((*others, *given))

    def account(self, law: Law, decisions: Decisions) -> Account:
        """The explanation with both ways of every open question it met. Refusals but NeedsDecision are raised."""
        return explain(lambda known: self.compute(law, known), decisions=self.decided(decisions))
