"""What is asked of a model: nothing that an agent sets of it is left out."""

from typing import Any

from backend.domain.agent import ModelSpec
from backend.domain.model import ChatMessage
from backend.domain.model_request import request_of

_SET: dict[str, Any] = {
    "deployment": "gpt-5.1",
    "temperature": 0.1,
    "top_p": 0.9,
    "max_tokens": 99,
    "fallback": ("gpt-5-mini",),
    "reasoning_effort": "low",
    "verbosity": "high",
}
_LIMIT = "deadline_seconds"
"""The one setting that whoever asks weighs against the server's own."""


def test_every_setting_of_the_agent_is_asked_for() -> None:
    assert {*_SET, _LIMIT} == set(ModelSpec.model_fields), "a setting is new: ask for it, too"
    request = request_of(ModelSpec(**_SET), [ChatMessage("user", "Hello.")], deadline_ms=900, forbid_tools=True)
    assert {name: getattr(request, name) for name in _SET} == _SET
    assert (request.deadline_ms, request.forbid_tools) == (900, True)
