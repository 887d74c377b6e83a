"""Fuzzing of the reader of PDF content by coverage; needs atheris, which is no dependency of the product."""
