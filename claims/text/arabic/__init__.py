"""Arabic: its words, names, clauses, numbers and dates."""
