"""What must not leave the process in a log, a span or a webhook, and how it is taken out.

The first line of defense is that no code logs what callers say. This is the second, for every exporter alike: numbers,
mail, cards and chassis numbers are masked wherever they stand, what an address carries after ``?`` is left out, secrets
in paths are masked, and of errors that others raise only the kind is told, since their text may quote a caller.
"""

import re
import traceback
from collections.abc import Mapping
from types import TracebackType

from backend.domain.storable import visible
from backend.errors import RingmasterError

__all__ = ["ExcInfo", "exception_text", "masked_attributes", "masked_field", "masked_text"]

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

MASK = "***"
_LONGEST = 4000
"""Characters of one text; what is longer is cut, so that no record can grow without bound."""

# Anybody may have a text of theirs masked, such as the path of a request, while calls wait. So a pattern begins where
# a run of its letters begins, and nowhere within it: what it takes grows with the text, and not with its square.
_RUN = re.compile(r"[^\s'\"<>]+")
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@'\"]+@")
_SECRET_PATH = re.compile(r"(?<=/callbacks/)[^/\s?'\"]+|(?<=/media/stream/)[^/\s?'\"]+")
_BEARER = re.compile(r"\b(bearer|basic|apikey|sharedaccesssignature)\s+[\w.~+/=-]{8,}", re.IGNORECASE)
_PAIR = re.compile(r"(?<![\w-])([\w-]+)(\s{0,8}[=:]\s{0,8})(?!\s)[^\s,;&'\")]{3,}")
_SECRET_NAME = re.compile(
    r"key|token|secret|password|passwd|pwd|signature|credential|session|(?:^|-)(?:policy[_-]?id|sig|code)$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_VIN = re.compile(r"\b(?=[A-HJ-NPR-Z0-9]*\d)(?=[A-HJ-NPR-Z0-9]*[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\-–/]{0,2}\d){6,}(?![\w])")
_SHORT_NUMBER = re.compile(r"(?<![\w.:-])\d{3}[- .]\d{2}[- .]\d{4}(?!\w)")
_LONG_TOKEN = re.compile(
    r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{32,}"
    r"|(?<![\w-])(?=[\w-]*eyJ)[\w-]+\.[\w-]+\.[\w-]*"
)
_KEEP_WHOLE = re.compile(
    r"^(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*"  # a time
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a UUID
    r"|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)$"  # an address
)

IDS = frozenset(
    {
        "call_id", "worker", "former", "version", "live_version", "previous", "event", "code", "trace_id", "span_id",
        "ringmaster.call.id", "ringmaster.worker", "gen_ai.conversation.id", "service.instance.id", "service.version",
        "service.name",
    }
)  # fmt: skip
"""Fields that hold ids of ours, which look like numbers now and then and are nobody's."""

_TOLD = (RingmasterError, OSError, ImportError, AttributeError, TypeError, NameError, AssertionError, TimeoutError)
"""Errors whose text names code, files and addresses, or is written by us. What others say may quote what they read."""


def masked_text(text: str) -> str:
    """A text without what could be somebody's or a secret."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "..."
    if _KEEP_WHOLE.match(text):
        return text
    text = _CREDENTIALS.sub(f"{MASK}@", text)
    text = _RUN.sub(_without_query, text)
    text = _SECRET_PATH.sub(MASK, text)
    text = _BEARER.sub(rf"\1 {MASK}", text)
    text = _PAIR.sub(_without_value, text)
    for pattern in (_MAIL, _VIN, _LONG_TOKEN, _SHORT_NUMBER, _NUMBER):
        text = pattern.sub(MASK, text)
    return text


def _without_query(run: re.Match[str]) -> str:
    """An address in a text, without what it carries after ``?``."""
    whole = run[0]
    path = whole.find("/")
    query = whole.find("?", path + 1) if path >= 0 else -1
    return whole[: query + 1] + MASK if 0 < query < len(whole) - 1 else whole


def _without_value(pair: re.Match[str]) -> str:
    return f"{pair[1]}{pair[2]}{MASK}" if _SECRET_NAME.search(pair[1]) else pair[0]


def masked_field(name: str, value: object) -> object:
    """The value of a field of a log record or span, fit to be exported."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10_000_000 or name in IDS or name.endswith(("_ns", "_bytes")) else MASK
    if isinstance(value, str):
        return value if name in IDS else masked_text(value)
    if isinstance(value, Mapping):
        return {str(key): masked_field(str(key), each) for key, each in value.items()}  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, tuple | list | set | frozenset):
        return tuple(masked_field(name, each) for each in value)  # pyright: ignore[reportUnknownArgumentType]
    return masked_text(str(value))


_SPAN_NAMES = (
    "ringmaster.", "http.", "url.path", "url.scheme", "server.", "network.protocol", "network.transport", "error.type",
    "gen_ai.", "db.system", "service.", "telemetry.", "code.", "exception.type", "exception.escaped", "otel.", "host.",
    "process.pid", "microsoft.", "_MS.",
)  # fmt: skip
_NEVER = (
    "gen_ai.input", "gen_ai.output", "gen_ai.system_instructions", "gen_ai.tool.call.", "gen_ai.prompt",
    "gen_ai.completion", "http.request.header", "http.response.header", "http.client_ip",
)  # fmt: skip
"""What the conventions have for words and for whoever asks."""


def masked_attributes(attributes: Mapping[str, object]) -> dict[str, object]:
    """Attributes of a span: those that are known by name, masked; all others are left out."""
    return {
        name: masked_field(name, value)
        for name, value in attributes.items()
        if name.startswith(_SPAN_NAMES) and not name.startswith(_NEVER)
    }


def exception_text(info: ExcInfo) -> str:
    """A traceback with its lines of code, and of each error its kind and what may be told of its text."""
    parts: list[str] = []
    seen: set[int] = set()
    error: BaseException | None = info[1]
    while error is not None and id(error) not in seen and len(seen) < 8:
        seen.add(id(error))
        frames = "".join(traceback.format_tb(error.__traceback__, limit=-30))
        parts.append(f"{frames}{_told(error)}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "Traceback (most recent call last):\n" + "\nbecause of\n".join(parts)


def _told(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if not isinstance(error, _TOLD):
        return f"{name}: {MASK}"
    return f"{name}: {visible(masked_text(str(error)))}"
