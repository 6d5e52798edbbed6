"""Where the command line finds what a programme asks of a list: pages ask the same (programmes/intake_rules.py)."""

from naung.programmes.intake_rules import intake_rules

__all__ = ["intake_rules"]
