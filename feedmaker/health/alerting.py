"""What there is to tell of sources that break and recover, and in which words: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from feedmaker.health.words import count
from feedmaker.model import Problem, Watch
from feedmaker.version import VERSION

MOST_LINES = 50  # of a message to people; the JSON has everything


@dataclass(frozen=True, slots=True)
class News:
    """A source has broken, and these are its problems; or it has recovered, there are none, and the last one has
    ``ended`` then, as far as that is known.
    """

    source: str
    url: str
    problems: tuple[Problem, ...] = ()
    ended: datetime | None = None

    @property
    def is_broken(self) -> bool:
        """Whether it is bad news."""
        return bool(self.problems)

    @property
    def id(self) -> str:
        """The same when the same is told again: a kill between telling and noting that makes it come twice."""
        when = min((problem.since for problem in self.problems), default=self.ended)
        what = "broken" if self.is_broken else "recovered"
        return str(uuid5(NAMESPACE_URL, f"feedmaker-alert:{self.source}/{what}/{when and when.isoformat()}"))


def heeded(watch: Watch) -> Watch:
    """The watch with how many refreshes in a row, with this one, have found the source other than was told."""
    is_as_told = bool(watch.problems) == watch.is_told_broken
    return replace(watch, streak=0 if is_as_told else watch.streak + 1)


@dataclass(frozen=True, slots=True)
class Message:
    """Some news at once, as people and as programs read it."""

    news: tuple[News, ...]
    at: datetime

    @property
    def id(self) -> str:
        """The same for the same news, whenever and in whichever order they are told."""
        return str(uuid5(NAMESPACE_URL, f"feedmaker-alerts:{' '.join(sorted(each.id for each in self.news))}"))

    @property
    def subject(self) -> str:
        """The news in a few words."""
        broken, recovered = self._split()
        if len(self.news) == 1:
            return f"Feedmaker: {self.news[0].source} {'is broken' if broken else 'has recovered'}"
        parts = [f"{count(len(broken), 'source is', 'sources are')} broken"] if broken else []
        parts += [f"{count(len(recovered), 'source has', 'sources have')} recovered"] if recovered else []
        return f"Feedmaker: {' and '.join(parts)}"

    @property
    def text(self) -> str:
        """The news in lines, the broken sources first."""
        broken, recovered = self._split()
        lines = [line for news in broken for line in _lines(news)]
        lines += [f"{news.source}: recovered" for news in recovered]
        left = len(lines) - MOST_LINES
        more = [f"… and {count(left, 'line', 'lines')} more; see `feedmaker status --problems`"] if left > 0 else []
        return "\n".join([f"{self.subject}.", "", *lines[:MOST_LINES], *more])

    def payload(self) -> dict[str, object]:
        """The news as JSON. ``text`` is what Slack and Mattermost show, ``content`` what Discord does."""
        broken, recovered = self._split()
        return {
            "text": self.text,
            "content": self.text[:2000],  # the most that Discord takes
            "program": f"feedmaker {VERSION}",
            "id": self.id,
            "at": self.at.isoformat(),
            "broken": [_told(each) | {"problems": _plain(each.problems)} for each in broken],
            "recovered": [_told(each) for each in recovered],
        }

    def _split(self) -> tuple[Sequence[News], Sequence[News]]:
        return [each for each in self.news if each.is_broken], [each for each in self.news if not each.is_broken]


def _lines(news: News) -> Iterable[str]:
    for problem in news.problems:
        yield f"{news.source}: {problem.name}: {problem.evidence} (since {problem.since:%Y-%m-%d %H:%M} UTC)"


def _told(news: News) -> dict[str, object]:
    return {"id": news.id, "source": news.source, "url": news.url}


def _plain(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [
        {"stage": each.stage, "subject": each.subject, "evidence": each.evidence, "since": each.since.isoformat()}
        for each in problems
    ]
