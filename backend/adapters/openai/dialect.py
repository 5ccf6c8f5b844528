"""What a deployment does not take: learned from its refusals, because its name tells nothing certain.

Azure lets a deployment be called anything, so a model that wants ``max_completion_tokens`` may stand behind any name.
"""

import re
from typing import Any

import openai

__all__ = ["Dialects"]

_INSTEAD = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
_OPTIONAL = (*_INSTEAD, "temperature", "top_p", "reasoning_effort", "verbosity", "stream_options")
"""What an answer can do without, or can be asked for in another way."""

_UNKNOWN = re.compile(
    r"unsupported|not supported|does not support|unrecognized|unknown|unexpected|not permitted|not allowed",
    re.IGNORECASE,
)


class Dialects:
    """What each deployment has refused so far. One for a process; a deployment refuses a parameter once."""

    def __init__(self) -> None:
        self._refused: dict[str, list[str]] = {}

    def put(self, body: dict[str, Any]) -> dict[str, Any]:
        """A request in the words of its deployment."""
        refused = self._refused.get(body["model"], ())
        for name in refused:
            if name not in body:
                continue
            body = dict(body)
            value, other = body.pop(name), _INSTEAD.get(name)
            if other and other not in refused:
                body[other] = value
        return body

    def learn(self, body: dict[str, Any], error: openai.BadRequestError) -> str:
        """Notes which parameter of this request was refused.

        Returns:
            A sentence for the operator; empty where the request was refused for something else.
        """
        name = _refused(body, error)
        if not name:
            return ""
        refused = self._refused.setdefault(body["model"], [])
        refused.append(name)
        other = _INSTEAD.get(name, "")
        way = f"{other} is sent in its place" if other and other not in refused else "it is left out"
        return f"deployment {body['model']} does not take {name}; {way}"


def _refused(body: dict[str, Any], error: openai.BadRequestError) -> str:
    sent = [name for name in _OPTIONAL if name in body]
    code, message = str(error.code or ""), str(error.message)
    if not _UNKNOWN.search(f"{code.replace('_', ' ')} {message}"):
        return ""
    if error.param in sent:
        return str(error.param)
    named = [(found.start(), name) for name in sent if (found := re.search(rf"\b{name}\b", message))]
    return min(named)[1] if named else ""
