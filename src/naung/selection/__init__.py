"""Rounds, candidates, ranking under quota and budget, waiting list, decrees (SK)."""
