"""Indicators (UCJ), targets, the coverage cliff, what next year costs."""
