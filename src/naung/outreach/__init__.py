"""Who was reached by meetings and outreach, and who of them joined."""
