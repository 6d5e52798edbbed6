"""Workers: identity (NIK) and work; source lists and reference lists; duplicates."""
