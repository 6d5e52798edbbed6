"""Official papers and spreadsheets: numbers and dates as offices write them, PDF, XLSX. Knows no programme."""
