"""What a server and the process that plays a run for it say to each other: JSON, a line each.

The server sends the job and keeps the pipe open: when it closes, because the server is gone, the process ends itself.
The process answers ``{"total": N}``, then ``{"result": {...}}`` for each conversation or call, and at last ``{"done":
true}`` or ``{"fault": "one sentence"}``.
"""

import json
from dataclasses import asdict
from typing import Any

from backend.domain.store_run import RunJob, RunResult
from backend.errors import ProtocolError

__all__ = ["job_in", "message_in", "written"]


def written(value: RunJob | RunResult | int | str | None) -> bytes:
    """A message: the job, how many there are, a result, a fault in a sentence, or (``None``) that all is done."""
    match value:
        case RunJob():
            content: dict[str, Any] = asdict(value)
        case RunResult():
            content = {"result": asdict(value)}
        case int():
            content = {"total": value}
        case str():
            content = {"fault": value}
        case None:
            content = {"done": True}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape") + b"\n"


def job_in(line: bytes) -> RunJob:
    """The job that the server sends.

    Raises:
        ProtocolError: it is none.
    """
    try:
        content = json.loads(line.decode("utf-8", "surrogateescape"))
        names = content.pop("names")
        ids = content.pop("call_ids")
        return RunJob(**content, names=None if names is None else tuple(names), call_ids=tuple(ids))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProtocolError("a run's job cannot be read") from error


def message_in(line: bytes) -> RunResult | int | str | None:
    """What the process says: as ``written`` takes it.

    Raises:
        ProtocolError: it says nothing that is known.
    """
    try:
        content = json.loads(line.decode("utf-8", "surrogateescape"))
        match content:
            case {"result": dict(result)}:
                return RunResult(**result)
            case {"total": int(total)}:
                return total
            case {"fault": str(fault)}:
                return fault
            case {"done": True}:
                return None
            case _:
                raise ProtocolError("a run's process said something unknown")
    except (ValueError, TypeError) as error:
        raise ProtocolError("a run's process said something unknown") from error
