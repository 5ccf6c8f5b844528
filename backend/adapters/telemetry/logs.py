"""Log set-up: one line, or one JSON object, a record; digits that could be somebody's are masked."""

import json
import logging
import re
import sys

__all__ = ["set_up_logs"]

_NUMBERS = re.compile(r"(?<![\w-])\+?\d[\d ()-]{6,}\d(?![\w-])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class Redact(logging.Filter):
    """The second line of defence: the first is that no code logs what callers say."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask what looks like a phone number or an address in the message."""
        message = record.getMessage()
        masked = _MAIL.sub("***", _NUMBERS.sub("***", message))
        if masked != message:
            record.msg, record.args = masked, ()
        return True


class TextLines(logging.Formatter):
    """``12:00:00 INFO backend.engine.call media broke code=provider.unavailable``."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = super().format(record)
        extra = " ".join(f"{k}={v}" for k, v in record.__dict__.items() if k not in _STANDARD)
        return f"{line} {extra}" if extra else line


class JsonLines(logging.Formatter):
    """One JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        body = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        body |= {k: v for k, v in record.__dict__.items() if k not in _STANDARD}
        if record.exc_info:
            body["exception"] = self.formatException(record.exc_info)
        return json.dumps(body, default=str)


def set_up_logs(level: str, style: str) -> None:
    """Log to stderr from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redact())
    plain = TextLines("%(asctime)s %(levelname)s %(name)s %(message)s", "%H:%M:%S")
    handler.setFormatter(JsonLines() if style == "json" else plain)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("azure", "httpx", "httpx2", "openai", "uvicorn.access", "websockets", "aiosqlite", "alembic"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    for told_by_us in ("azure.identity", "stamina"):  # their failures come as errors of ours, in one line
        logging.getLogger(told_by_us).setLevel(logging.ERROR)
