"""People who sign in: their office, their role and their territory."""
