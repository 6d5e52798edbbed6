"""One folder or module per outside system. They speak our words and import no app."""
