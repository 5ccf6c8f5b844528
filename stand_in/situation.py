"""What a chat completions request amounts to: who said what last, what was asked, what tools answered."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from stand_in.told import told_to_say

__all__ = ["Answered", "OpenQuestion", "Situation", "Tool", "last_question", "read_situation"]

_CUT_OFF = "—"
"""Ends the words of an agent who was interrupted."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool on offer."""

    name: str
    description: str
    properties: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]

    def question(self, parameter: str) -> str:
        """What asks a caller for this argument: the description's question, or one made from its name."""
        described = str(self.properties.get(parameter, {}).get("description", ""))
        questions = re.findall(r"[^.?!]*\?", described)
        if questions:
            return questions[0].strip()
        return f"What is the {parameter.replace('_', ' ')}?"


@dataclass(frozen=True, slots=True)
class Answered:
    """One tool's answer, in the envelope if it is one."""

    tool: str
    envelope: Mapping[str, Any]
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What it was called with."""
    turn: int = 0
    """How often the caller had spoken when it answered."""

    def text(self, key: str) -> str:
        """A text of the envelope; empty when it has none."""
        value = self.envelope.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that a tool wants answered, and the tool that takes the answer."""

    ask: str
    field: str
    """What the tool calls the answer."""
    tool: Tool
    asked_by: Answered


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the stand-in decides on."""

    prompt: str
    tools: tuple[Tool, ...]
    exchanges: tuple[tuple[str, str], ...]
    """Pairs of what the agent said before, and what the caller then said; oldest first."""
    caller: str
    """The caller's words to answer now; empty when tools have just answered."""
    said: str
    """What the agent said last."""
    answers: tuple[Answered, ...]
    """All tool answers, oldest first."""
    fresh: tuple[Answered, ...] = field(default=())
    """Tool answers that nothing has been said to yet."""
    told: str = ""
    """What somebody beside the call wants said now."""

    def tool(self, name: str) -> Tool | None:
        """A tool on offer, by name."""
        return next((tool for tool in self.tools if tool.name == name), None)

    @property
    def latest(self) -> tuple[Answered, ...]:
        """What tools answered in the latest turn in which any did, oldest first."""
        turn = self.answers[-1].turn if self.answers else 0
        return tuple(answered for answered in self.answers if answered.turn == turn)

    @property
    def open_question(self) -> OpenQuestion | None:
        """What the newest question of a tool waits for. A tool that was refused beside it asks nothing, and a
        question whose answer is for no tool ("anything else?") is not open."""
        asking = next((one for one in reversed(self.latest) if one.text("ask") and one.text("expects")), None)
        if asking is None:
            return None
        taker = self.tool(asking.text("tool") or asking.tool)
        return OpenQuestion(asking.text("ask"), asking.text("expects"), taker, asking) if taker else None

    @property
    def question_before(self) -> str:
        """What a tool had asked when the caller spoke last, and still waits for."""
        turn = len(self.exchanges) - 1
        earlier = [answered for answered in self.answers if answered.turn == turn]
        return next((one.text("ask") for one in reversed(earlier) if one.text("ask") and one.text("expects")), "")

    @property
    def heard(self) -> list[str]:
        """Everything the caller said, oldest first."""
        return [words for _, words in self.exchanges]


def read_situation(messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]]) -> Situation:
    """Read a request's messages and tools as they came over the wire."""
    prompt = next((_content(m) for m in messages if m.get("role") in {"system", "developer"}), "")
    made: dict[str, tuple[str, Mapping[str, Any]]] = {}
    exchanges: list[tuple[str, str]] = []
    answers: list[Answered] = []
    fresh: list[Answered] = []
    said = caller = ""
    for message in messages:
        match message.get("role"):
            case "assistant":
                made |= {call["id"]: _call(call["function"]) for call in message.get("tool_calls") or ()}
                words = _content(message)
                fresh = fresh if not words or _passed_on(words, fresh) else []
                said, caller = _latest_words(said, words), "" if words else caller
            case "user":
                caller = f"{caller} {_content(message)}".strip()
                exchanges.append((said, _content(message)))
                fresh = []
            case "tool":
                name, arguments = made.get(str(message.get("tool_call_id")), ("", {}))
                answered = Answered(name, _envelope(_content(message)), arguments, len(exchanges))
                answers.append(answered)
                fresh.append(answered)
                caller = ""
            case _:
                pass
    offered = tuple(_tool(entry["function"]) for entry in tools if entry.get("type", "function") == "function")
    return Situation(
        prompt, offered, tuple(exchanges), caller, said, tuple(answers), tuple(fresh), told_to_say(messages)
    )


def _latest_words(before: str, words: str) -> str:
    """What the agent said last. Words that were cut off before they asked anything leave the question before open."""
    if words.endswith(_CUT_OFF) and not last_question(words):
        return f"{before} {words}".strip()
    return words or before


def _passed_on(words: str, fresh: Sequence[Answered]) -> bool:
    """Is this what tools wanted said as it stands? Then their answers still wait for the agent's own words."""
    return words == " ".join(answered.text("said") for answered in fresh if answered.text("said"))


def last_question(text: str) -> str:
    """The last sentence of ``text`` that asks something; empty when none does."""
    questions = re.findall(r"[^.?!]*\?", text)
    return questions[-1].strip() if questions else ""


def _tool(function: Mapping[str, Any]) -> Tool:
    parameters = function.get("parameters") or {}
    return Tool(
        str(function["name"]),
        str(function.get("description", "")),
        parameters.get("properties") or {},
        tuple(parameters.get("required") or ()),
    )


def _call(function: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return str(function["name"]), _object(function.get("arguments") or "{}") or {}


def _envelope(content: str) -> Mapping[str, Any]:
    found = _object(content)
    return {"ok": True, "message": content} if found is None else found


@lru_cache(1024)  # a request tells once more what those before it have told
def _object(text: str) -> Mapping[str, Any] | None:
    """The JSON object that this is, which nobody writes to; ``None`` for anything else."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return MappingProxyType(value) if isinstance(value, dict) else None


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
