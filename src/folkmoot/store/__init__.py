"""Rows in, rows out: a module for each family of tables. No decisions; only commands call it."""
