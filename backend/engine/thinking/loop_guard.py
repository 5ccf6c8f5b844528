"""Notices that a conversation goes round in circles: the same tool for the same answer, the same question in vain."""

import json
import re
from collections.abc import Iterable, Sequence

from backend.domain.model import ModelToolCall
from backend.domain.session import AgentSaid, CallerSaid, HistoryItem, ToolAnswered
from backend.language.named import language_named

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


def question_in_vain(history: Sequence[HistoryItem], language: str) -> str:
    """The question that the last three of the caller's turns have ended in without anything coming of it.

    Its words in small letters; empty where there is none. An offer of more help may follow every answer.

    Args:
        history: of the call.
        language: of the call, as "es-MX".
    """
    turns = _last_turns(history, language)
    questions = {_question(said) for said, _ in turns}
    if len(turns) < _MOST or len(questions) != 1 or any(worked for _, worked in turns):
        return ""
    question = questions.pop()
    if _OFFER.search(question) and len({_words(said) for said, _ in turns}) > 1:
        return ""
    return question


def same_words(text: str, question: str) -> bool:
    """Does ``text`` end in this question?"""
    return bool(question) and _question(text) == question


def _last_turns(history: Sequence[HistoryItem], language: str) -> list[tuple[str, bool]]:
    """Of each of the last turns that answer the caller: what was said, and whether a tool has done its work.

    No more is read of a long call than these turns: it is asked before every answer.
    """
    # Who asks to hear it again, or why it is asked, has not answered in vain.
    beside = language_named(language).talk.beside
    newest: list[int] = []
    for item in reversed(history):
        if isinstance(item, CallerSaid) and item.turn not in newest and not beside(item.text):
            newest.append(item.turn)
            if len(newest) == _MOST:
                break
    answering = newest[::-1]
    said, worked = dict.fromkeys(answering, ""), dict.fromkeys(answering, False)
    for item in history:
        if item.turn not in said:
            continue
        if isinstance(item, AgentSaid):
            said[item.turn] += f" {item.text}"
        elif isinstance(item, ToolAnswered):
            worked[item.turn] |= _succeeded(item.content)
    return [(said[turn], worked[turn]) for turn in answering]


def _succeeded(content: str) -> bool:
    try:
        return bool(json.loads(content).get("ok"))
    except (ValueError, AttributeError, RecursionError):
        return False


def _question(text: str) -> str:
    found = _QUESTION.search(text) if text.rstrip().endswith("?") else None
    return _words(found.group()) if found else ""


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def canonical(arguments: str) -> str:
    """The arguments of a tool call in one spelling, whatever order they were written in."""
    try:
        return json.dumps(json.loads(arguments or "{}"), sort_keys=True)
    except (ValueError, RecursionError):
        return arguments
