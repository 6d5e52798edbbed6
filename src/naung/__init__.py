"""Naung: the chain from village lists to insured months and universal coverage (UCJ)."""

__version__ = "0.4.0"
