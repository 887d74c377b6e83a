"""The law as plain Python: no database, no clock, no files. Every rule can be read beside its article."""
