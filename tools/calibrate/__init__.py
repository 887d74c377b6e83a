"""Fits the scores of the detector: 0.9 must mean that nine of ten finds are right."""
