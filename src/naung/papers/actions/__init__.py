"""Writes: a paper is issued, withdrawn; a region's template and pattern are set. One verb, one transaction."""

from naung.papers.actions.issuing import issue_paper
from naung.papers.actions.keeping import opened, withdraw_paper
from naung.papers.actions.wording import (
    drop_proposed_template,
    propose_template,
    set_pattern,
    set_template,
    use_proposed_template,
    use_shipped_template,
)

__all__ = [
    "drop_proposed_template",
    "issue_paper",
    "opened",
    "propose_template",
    "set_pattern",
    "set_template",
    "use_proposed_template",
    "use_shipped_template",
    "withdraw_paper",
]
