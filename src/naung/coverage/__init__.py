"""Enrolments: who is covered by a decree, from which month to which; who left and why."""
