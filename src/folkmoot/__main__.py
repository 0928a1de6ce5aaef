"""`python -m folkmoot` is the command line."""

from folkmoot.cli import main

main(prog_name="folkmoot")
