"""What can be asked about contributions: one question for each segment, told apart by `segment`."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field

from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.bpu import BpuContribution
from naung.rules.inquiries.late import LatePenalty
from naung.rules.inquiries.projects import ConstructionContribution, EmployerObligations, PmiContribution
from naung.rules.inquiries.wages import PpuContribution

ContributionInquiry: TypeAlias = Annotated[
    BpuContribution | PpuContribution | ConstructionContribution | PmiContribution | LatePenalty | EmployerObligations,
    Field(discriminator="segment"),
]
CONTRIBUTIONS: Mapping[str, type[Inquiry]] = {
    "bpu": BpuContribution,
    "ppu": PpuContribution,
    "construction": ConstructionContribution,
    "pmi": PmiContribution,
    "penalty": LatePenalty,
    "employer": EmployerObligations,
}
