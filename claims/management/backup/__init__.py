"""A backup: one tar file with the database, the evidence and the keys, and the way back from it."""
