"""What processes cost, by proc(5)."""

from __future__ import annotations

import os
import re
from pathlib import Path


def tree(pid: int) -> list[int]:
    """A process and all that it has started, directly or not; nothing for one that has ended."""
    try:
        children = [Path(task, "children").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
    return [pid, *(each for task in children for child in task for each in tree(int(child)))]


def pss(pid: int) -> float:
    """The memory of a process in MiB, of what it shares with others its part (smaps_rollup)."""
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def cpu(pid: int) -> float:
    """The seconds of CPU that a process has used, without its children."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
