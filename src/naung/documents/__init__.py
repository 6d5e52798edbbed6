"""Official papers and spreadsheets, as offices write them. Knows no programme."""
