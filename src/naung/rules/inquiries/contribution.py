"""What can be asked about contributions: one question for each segment, told apart by `segment`."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field

from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.bpu import BpuContribution

ContributionInquiry: TypeAlias = Annotated[BpuContribution, Field()]
CONTRIBUTIONS: Mapping[str, type[Inquiry]] = {"bpu": BpuContribution}
