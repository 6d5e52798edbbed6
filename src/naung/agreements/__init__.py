"""Nota Kesepakatan, the PKS under it office by office, meetings and what was agreed there."""
