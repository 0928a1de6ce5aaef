"""Measurements: a file for each question."""
