"""``python -m feedmaker``: the command line."""

from feedmaker.cli import main

if __name__ == "__main__":  # the processes that read pages import this module as well
    main()
