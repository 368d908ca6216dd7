"""``python -m feedmaker``: the command line."""

from feedmaker.cli import main

main()
