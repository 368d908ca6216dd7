"""What the program writes to standard error while it works: lines for people on a terminal, JSON lines elsewhere.

All other rooms log by the standard library and know nothing of this.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from enum import StrEnum
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import Processor

from feedmaker.settings.masking import Mask

FIRST = ("timestamp", "level", "event")

mask = Mask()
"""Hides the secrets of all settings that were loaded, in everything that is logged."""


class LogForm(StrEnum):
    """How lines of the log look."""

    AUTO = "auto"  # text on a terminal, JSON elsewhere
    TEXT = "text"
    JSON = "json"


def configure(form: LogForm = LogForm.AUTO, *, is_verbose: bool = False) -> None:
    """Let all that is logged, by structlog and by the standard library, go to standard error in one form."""
    is_json = form is LogForm.JSON or (form is LogForm.AUTO and not sys.stderr.isatty())
    when = structlog.processors.TimeStamper("iso") if is_json else structlog.processors.TimeStamper("%X", utc=False)
    common: list[Processor] = [structlog.stdlib.add_log_level, when]
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = _StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=common,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                masked,
                structlog.processors.JSONRenderer(ensure_ascii=False) if is_json else _for_people(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, _StandardError)] + [handler]
    logging.getLogger("feedmaker").setLevel(logging.DEBUG if is_verbose else logging.INFO)


def _for_people() -> Processor:
    traces = structlog.dev.plain_traceback  # they are text by then
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), sort_keys=False, pad_event_to=0, exception_formatter=traces
    )


def report_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what nobody expected, with its trace and without secrets; a hook for ``sys.excepthook``."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("feedmaker").critical("a bug in Feedmaker", exc_info=(kind, error, trace))


def masked(_logger: object, _name: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
    """A processor of structlog that replaces secrets wherever they stand, and puts first what every line has."""
    first = {key: event[key] for key in FIRST if key in event}
    return {key: _masked(value) for key, value in (first | dict(event)).items()}


def _masked(value: object) -> object:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {key: _masked(each) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_masked(each) for each in value]
    return value if isinstance(value, int | float | None) else mask(str(value))


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever standard error is at the moment. A line that cannot be written ends nothing."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Pass over a line for which the disk has no room or nobody listens."""
