"""Tables of any number of rows: rich's own takes seconds for ten thousand of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

GAP = "  "
NARROWEST = 12  # characters, below which names are not broken however narrow the terminal is

Cell = str | Text  # whose characters take a column of the terminal each


def print_table(out: Console, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, left: int = 1) -> None:
    """Print rows below their head, the first ``left`` columns aligned to the left and the others to the right.

    The first column has names, which are broken into lines on a terminal that is too narrow for them.
    """
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    room_for_others = sum(widths[1:]) + len(GAP) * (len(widths) - 1)
    if out.is_terminal:
        widths[0] = min(widths[0], max(NARROWEST, out.width - room_for_others))
    title = _line(head, widths, left)
    title.stylize("bold")
    rule = Text("─" * (widths[0] + room_for_others))
    lines = [title, rule, *(_line(row, widths, left) for row in rows)]
    out.print(Text("\n").join(lines), soft_wrap=True)


def _line(row: Sequence[Cell], widths: Sequence[int], left: int) -> Text:
    name, room = str(row[0]), widths[0]
    line = Text(name[:room].ljust(room))
    for place, (cell, width) in enumerate(zip(row[1:], widths[1:], strict=True), start=1):
        padding = " " * (width - len(cell))
        before, behind = ("", padding) if place < left else (padding, "")
        line.append(GAP + before).append(cell).append(behind)
    line.rstrip()
    for start in range(room, len(name), room):
        line.append(f"\n{name[start : start + room]}")
    return line
