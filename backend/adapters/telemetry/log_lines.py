"""What a log record looks like: a line for people, or a JSON object for machines."""

import json
import logging
import re
from datetime import UTC, datetime

from backend.adapters.telemetry.log_gate import fields_of
from backend.domain.storable import UNSEEN, visible

__all__ = ["JsonLines", "TextLines"]

_QUIET = ("worker", "line", "event")
"""Left out of lines for people: at one's own terminal there is one worker and mostly one line."""


class TextLines(logging.Formatter):
    """``12:00:00.123 INFO backend.engine.call.call media broke code=provider.unavailable call_id=...``."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s.%(msecs)03d %(levelname)s %(name)s %(message)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """One line; a traceback follows it."""
        line = super().formatMessage(record)
        extra = " ".join(f"{k}={v}" for k, v in fields_of(record).items() if k not in _QUIET and v not in ("", None))
        return visible(f"{line} {extra}" if extra else line)

    def format(self, record: logging.LogRecord) -> str:
        """The line with its traceback."""
        return visible(super().format(record), kept="\n")


class JsonLines(logging.Formatter):
    """One JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        body: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        body |= {name: value for name, value in fields_of(record).items() if name not in body}
        if record.exc_text:
            body["exception"] = record.exc_text
        if record.stack_info:
            body["stack"] = record.stack_info
        return UNSEEN.sub(_escaped, json.dumps(body, default=str, ensure_ascii=False))


def _escaped(letter: re.Match[str]) -> str:
    """JSON lets these stand as they are; a reader that splits lines, or a terminal, does not."""
    return f"\\u{ord(letter[0]):04x}"
