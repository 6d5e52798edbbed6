"""Settings, URLs and the command line. Imports everyone; nobody imports it."""
