"""Verbs on a case, one file per noun; each function works inside one unit of work, audit included."""
