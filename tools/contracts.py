"""`python -m tools.contracts`: import-linter, whose own package cannot be run as a module."""

from importlinter.cli import lint_imports_command

lint_imports_command()
