"""The program with shorter pauses, as a process of its own: for tests that wait until one is over.

usage: impatient.py OPTIONS... (those of ``feedmaker``)
"""

from __future__ import annotations

if __name__ == "__main__":  # the processes that read pages import this module as well
    from feedmaker.cli import main
    from feedmaker.health import bulletin
    from feedmaker.refresh import overview
    from feedmaker.schedule import trouble

    trouble.PAUSE = overview.PAUSE_AFTER_TROUBLE = 1.0
    bulletin.GATHERING = 0.5
    main()
