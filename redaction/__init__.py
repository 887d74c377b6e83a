"""Finds personal data and removes it from PDFs; knows no law, no database and no web."""
