"""The handover's papers and its history: sheets as files, the searched book, the month's page."""
