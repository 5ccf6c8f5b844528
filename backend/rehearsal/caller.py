"""Somebody who calls as it is written."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from backend.rehearsal.spec import Answer, ConversationSpec, SaysSpec

__all__ = ["WrittenCaller"]


class WrittenCaller:
    """Says what is written, then answers what they are asked.

    Args:
        conversation: what is written.
        known: answers of the person they are, where the conversation has none of its own.
    """

    def __init__(self, conversation: ConversationSpec, known: Mapping[str, Answer]) -> None:
        self._says = list(conversation.says)
        self._own: frozenset[str] = frozenset(conversation.answers)
        self._answers: dict[str, Answer] = {**known, **conversation.answers}
        self._otherwise = conversation.otherwise
        self.asked: Counter[str] = Counter()
        """How often each question came that they have an answer to."""
        self._limits = conversation.must_not.asked_more_than
        self.stuck = False
        """Did they have no answer, though they answer questions?"""

    @classmethod
    def again(cls, conversation: ConversationSpec, known: Mapping[str, Answer]) -> "WrittenCaller | None":
        """The same caller in their second call, where one is written."""
        if (second := conversation.calls_again) is None:
            return None
        return cls(conversation.model_copy(update={"says": second.says, "answers": second.answers}), known)

    def asked_too_often(self) -> list[str]:
        """What they were asked for more often than is written."""
        over = [one for one, most in self._limits.items() if self.asked[one] > most]
        return [f"asked {self.asked[one]} times for {one}" for one in over]

    def next(self, agent_said: str, expects: str | None) -> SaysSpec | None:
        """What they say now; ``None`` when they hang up."""
        if self._says:
            line = self._says.pop(0)
            return SaysSpec(say=line) if isinstance(line, str) else line
        key = self._key(agent_said, expects)
        if key is None:
            self.stuck = self._otherwise is None and bool(self._answers)
            words = self._otherwise
        else:
            words = self._answer(key)
        return SaysSpec(say=words) if words else None

    def _key(self, agent_said: str, expects: str | None) -> str | None:
        """The answer that fits: to the field that is asked for, else to words of the last sentence, else to any.

        What the conversation itself has for the last sentence goes before what the person would say anywhere.
        """
        said = agent_said.casefold()
        last = re.split(r"(?<=[.!?])\s+", said.strip())[-1]
        if expects and expects in self._own:
            return expects
        if own := _longest(self._own, last):
            return own
        if expects and expects in self._answers:
            return expects
        return _longest(self._answers, last) or _longest(self._answers, said)

    def _answer(self, key: str) -> str | None:
        answer, count = self._answers[key], self.asked[key]
        self.asked[key] += 1
        if not isinstance(answer, list):
            return answer
        return answer[min(count, len(answer) - 1)] if answer else None


def _longest(keys: Iterable[str], said: str) -> str | None:
    return max((key for key in keys if key.casefold() in said), key=len, default=None)
