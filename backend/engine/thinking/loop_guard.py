"""Notices that a conversation goes round in circles: the same tool for the same answer, the same question in vain."""

import json
import re
from collections.abc import Callable, Iterable, Sequence

from backend.domain.model import ModelToolCall
from backend.domain.session import AgentSaid, CallerSaid, HistoryItem, ToolAnswered
from backend.language.named import language_named
from backend.language.talk import Beside

__all__ = ["ToolLoop", "canonical", "question_in_vain", "same_words"]

_MOST = 3
"""So often a question may be asked running; the fourth time the way is changed."""

_QUESTION = re.compile(r"[^.!?]*\?\s*$")
_WORD = re.compile(r"[^\W_]+")
_OFFER = re.compile(r"\b(?:else|more|más|mas)\b", re.IGNORECASE)


class ToolLoop:
    """The tool calls of one turn, and what each came to."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], str] = {}

    def goes_on(self, calls: Iterable[ModelToolCall], answers: Iterable[str]) -> bool:
        """Are these nothing but calls that were made before and came to the same?"""
        repeated = True
        for call, answer in zip(calls, answers, strict=True):
            key = call.name, canonical(call.arguments)
            repeated &= self._seen.get(key) == answer
            self._seen[key] = answer
        return repeated


def _beside(language: str, text: str) -> Beside | None:
    return language_named(language).talk.beside(text)


def question_in_vain(
    history: Sequence[HistoryItem], language: str, read: Callable[[str, str], Beside | None] = _beside
) -> str:
    """The question that the last three of the caller's turns have ended in without anything coming of it.

    Its words in small letters; empty where there is none. An offer of more help may follow every answer.

    Args:
        history: of the call.
        language: of the call, as "es-MX".
        read: tells what words of a language say beside the matter.
    """
    question, told = "", dict[int, str]()
    for item in reversed(history):
        if not isinstance(item, CallerSaid) or item.turn in told:
            continue
        said = _said_in_vain(history, item.turn)
        asked = _question(said)
        in_vain = bool(asked) and asked == (question or asked)
        if read(language, item.text):
            continue  # who asks to hear it again, or why it is asked, has not answered in vain
        if not in_vain:
            return ""
        question, told[item.turn] = asked, _words(said)
        if len(told) == _MOST:
            offers = _OFFER.search(question) and len(set(told.values())) > 1
            return "" if offers else question
    return ""


def same_words(text: str, question: str) -> bool:
    """Does ``text`` end in this question?"""
    return bool(question) and _question(text) == question


def _said_in_vain(history: Sequence[HistoryItem], turn: int) -> str:
    """What the agent said in a turn; nothing where a tool has done its work in it."""
    items = [item for item in history if item.turn == turn]
    said = " ".join([item.text for item in items if isinstance(item, AgentSaid)])
    if "?" not in said:
        return said
    worked = any(isinstance(item, ToolAnswered) and _succeeded(item.content) for item in items)
    return "" if worked else said


def _succeeded(content: str) -> bool:
    try:
        return bool(json.loads(content).get("ok"))
    except (ValueError, AttributeError, RecursionError):
        return False


def _question(text: str) -> str:
    """The question that a text ends in; where words of help stand behind it ("For example, the date."), all of it."""
    if "?" not in text:
        return ""
    found = _QUESTION.search(text) if text.rstrip().endswith("?") else None
    return _words(found.group() if found else text)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def canonical(arguments: str) -> str:
    """The arguments of a tool call in one spelling, whatever order they were written in."""
    try:
        return json.dumps(json.loads(arguments or "{}"), sort_keys=True)
    except (ValueError, RecursionError):
        return arguments
