"""What can be asked about benefits: one question for each programme, told apart by `programme`."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field

from naung.rules.inquiries.accidents import JkkBenefit
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.deaths import JkmBenefit, ScholarshipBenefit
from naung.rules.inquiries.heirs import HeirsBenefit, PapersBenefit
from naung.rules.inquiries.savings import JhtBenefit, JhtPartial, JkpBenefit, JpBenefit

BenefitInquiry: TypeAlias = Annotated[
    JkkBenefit
    | JkmBenefit
    | JhtBenefit
    | JhtPartial
    | JpBenefit
    | JkpBenefit
    | ScholarshipBenefit
    | HeirsBenefit
    | PapersBenefit,
    Field(discriminator="programme"),
]
BENEFITS: Mapping[str, type[Inquiry]] = {
    "jkk": JkkBenefit,
    "jkm": JkmBenefit,
    "jht": JhtBenefit,
    "jht_partial": JhtPartial,
    "jp": JpBenefit,
    "jkp": JkpBenefit,
    "scholarship": ScholarshipBenefit,
    "heirs": HeirsBenefit,
    "papers": PapersBenefit,
}
