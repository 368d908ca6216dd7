"""Who reads pages: this process, which is cheapest, or processes apart, which a page cannot hold up for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Reader(Protocol):
    """The seam between what is to be read and where that is done; ``here`` and ``feedmaker.reading.Apart`` fill it."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function of this package gives for its arguments, a page among them; what it raises is raised.

        Raises ReadingBroken when the page takes too long, or ends the process that reads it.
        """
        ...


def here(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Read in this process and without a deadline: for commands that read a page or two for a person."""
    return function(*args, **kwargs)
