"""The law: pure functions and dated parameters. No Django, no clock, no network."""
