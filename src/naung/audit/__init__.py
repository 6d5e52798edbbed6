"""Who did what, when, for whom. Holds names, not foreign keys, so that it needs nobody."""
