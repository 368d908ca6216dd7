"""Tables on terminals of any width, and in pipes."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from feedmaker.cli.tables import print_table

HEAD = ("source", "result", "entries")
ROWS = (("a", "changed", "5"), ("a-source-with-a-long-name", Text("failed", style="red"), "1000"))


def lines(*, width: int, is_terminal: bool) -> list[str]:
    out = io.StringIO()
    print_table(Console(file=out, width=width, force_terminal=is_terminal, color_system=None), HEAD, ROWS, left=2)
    return out.getvalue().splitlines()


def test_in_a_pipe_a_row_is_a_line() -> None:
    assert lines(width=20, is_terminal=False) == [
        "source                     result   entries",
        "───────────────────────────────────────────",
        "a                          changed        5",
        "a-source-with-a-long-name  failed      1000",
    ]


def test_on_a_narrow_terminal_names_are_broken() -> None:
    assert lines(width=33, is_terminal=True) == [
        "source           result   entries",
        "─────────────────────────────────",
        "a                changed        5",
        "a-source-with-a  failed      1000",
        "-long-name",
    ]


@pytest.mark.parametrize("width", [1, 20, 30])
def test_on_the_narrowest_terminal_names_keep_some_room(width: int) -> None:
    assert "a-source-wit  failed      1000" in lines(width=width, is_terminal=True)


def test_without_rows_there_is_the_head() -> None:
    out = io.StringIO()
    print_table(Console(file=out), HEAD, ())
    assert out.getvalue().splitlines()[0] == "source  result  entries"
