"""Employers and what they must join; donors and what they pledged."""
