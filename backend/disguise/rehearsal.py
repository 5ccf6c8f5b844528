"""A rehearsal of a real call, as YAML: the caller disguised, what the agents did kept, and none of their words."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import yaml

from backend.agents.store import AgentStore
from backend.disguise.caller_double import CallerDouble
from backend.disguise.disguise import Disguise
from backend.disguise.vocabulary import Vocabulary
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.hiding import HIDDEN
from backend.domain.line import LineSpec
from backend.domain.timezone import zone

__all__ = ["MadeRehearsal", "personal_fields", "rehearsal_of"]

_HEAD = (
    "# Made from a real call: names, numbers, dates, places and addresses are made up. Look it over: a word that\n"
    "# named nobody may have been replaced, and an answer may not fit any more.\n"
)
_SUITE = "from_calls"
_DIGITS = "four seven one nine"
"""Said in the place of what was hidden and belongs to no identity, such as the number of a card."""
_DECIDED = frozenset({"completed", "transferred"})
_PERSONAL = frozenset({"name", "person", "address", "email", "phone", "postal_code", "code", "digits"})
"""Kinds of fields whose values are of this caller."""


@dataclass(frozen=True, slots=True)
class MadeRehearsal:
    """What was made of a call.

    Attributes:
        name: ``SUITE/NAME``.
        files: to be put into the store, by lasting name: the rehearsal, and a suite for it where there is none.
        replaced: how many names, places, numbers, dates and mails are made up.
        remarks: what to look at, a sentence each.
    """

    name: str
    files: Mapping[str, str] = field(repr=False)
    replaced: Mapping[str, int]
    remarks: tuple[str, ...]


def rehearsal_of(
    call: CallRecord, store: AgentStore, double: CallerDouble | None, known: Iterable[str]
) -> MadeRehearsal:
    """Make it. Takes some milliseconds, the first time more: for a thread.

    Args:
        call: with its turns.
        store: whose agents had it, or would; its words of business may stay.
        double: who stands for the caller.
        known: what the record knows of them: values of personal fields, numbers.
    """
    return _Maker(call, store, double, known).made()


def personal_fields(store: AgentStore, form: str) -> frozenset[str]:
    """Fields of a form whose values are of the caller."""
    spec = store.forms.get(form)
    return frozenset(one.name for one in spec.fields if one.kind in _PERSONAL) if spec else frozenset()


class _Maker:
    def __init__(self, call: CallRecord, store: AgentStore, double: CallerDouble | None, known: Iterable[str]) -> None:
        self._call, self._store, self._double = call, store, double
        self._line: LineSpec = store.lines[call.line]
        self._disguise = Disguise(Vocabulary(store.files, _choices(store), known))
        self._remarks: list[str] = []
        self._name_questions = _name_questions(store)

    def made(self) -> MadeRehearsal:
        turns = [turn for turn in self._call.turns if turn.caller_text]
        says = [self._turn(turn, before) for turn, before in zip(turns, self._before(), strict=True)]
        says = [one for one in says if one["say"]]
        suite, name = self._suite(), f"from_call_{secrets.token_hex(3)}"
        content = self._frame(turns) | {"says": says, "otherwise": "i do not know", "must": self._must(turns)}
        files = {f"rehearsals/{suite}/{name}.yaml": _HEAD + _yaml(content)}
        about = f"rehearsals/{suite}/suite.yaml"
        if about not in self._store.files:
            files[about] = _yaml(self._suite_file())
        replaced = {kind: count for kind, count in self._disguise.replaced.items() if count}
        return MadeRehearsal(f"{suite}/{name}", files, replaced, tuple(dict.fromkeys(self._remarks)))

    def _suite(self) -> str:
        named = self._double.suite if self._double else ""
        return named if f"rehearsals/{named}/suite.yaml" in self._store.files else _SUITE

    def _suite_file(self) -> dict[str, Any]:
        content: dict[str, Any] = {"title": "Made from real calls", "line": self._call.line, "now": self._now()}
        if self._double:
            content["callers"] = {self._double.name: dict(self._double.answers)}
        return content

    def _frame(self, turns: list[TurnRecord]) -> dict[str, Any]:
        frame: dict[str, Any] = {"title": f"Made from a real call of the line {self._call.line}"}
        frame |= {"line": self._call.line, "now": self._now()}
        if self._double:
            frame["caller"] = self._double.name
        return frame | {"at_most": min(200, len(turns) + 10)}

    def _now(self) -> datetime:
        """Another day, at about the same hour; its weekday has moved as those that are said have."""
        local = self._call.started_at.astimezone(zone(self._line.timezone)).replace(tzinfo=None)
        moved = local - timedelta(weeks=4) + timedelta(days=self._disguise.figures.days)
        return moved.replace(minute=0, second=0, microsecond=0)

    def _before(self) -> list[str]:
        """What was asked before each turn of the caller."""
        said: list[str] = []
        last = ""
        for turn in self._call.turns:
            if turn.caller_text:
                said.append(last)
            last = turn.said or last
        return said

    def _turn(self, turn: TurnRecord, asked: str) -> dict[str, Any]:
        says: dict[str, Any] = {"say": self._words(turn, asked)}
        tools = list(dict.fromkeys(turn.tools))
        return says | ({"tools": tools} if tools else {})

    def _words(self, turn: TurnRecord, asked: str) -> str:
        part = next((name for question, name in self._name_questions if question in asked), "")
        answers = self._double.answers if self._double else {}
        took = [name for name in turn.identity.took if name in answers]
        if took and part and part in answers and part not in took:
            took.insert(0, part)
        if took:
            return " ".join(answers[name] for name in took)
        if turn.identity.took or HIDDEN in turn.caller_text:
            self._remarks.append("A secret was said, and nobody of a suite stands for this caller: it is made up.")
        text = turn.caller_text.replace(HIDDEN, _DIGITS)
        if part and part in answers:
            self._disguise.pair(text, answers[part])
        return self._disguise.words(text, names_somebody=bool(part))

    def _must(self, turns: list[TurnRecord]) -> dict[str, Any]:
        must: dict[str, Any] = {}
        agents = [turn.agent for turn in self._call.turns]
        order = [name for index, name in enumerate(agents) if index == 0 or name != agents[index - 1]]
        if order and all(name in self._line.agents for name in order):
            must["agents"] = order
        if self._call.outcome in _DECIDED:
            must["outcome"] = self._call.outcome
        if self._double and any(turn.identity.granted for turn in turns):
            must["verified"] = True
        return must


def _name_questions(store: AgentStore) -> list[tuple[str, str]]:
    """Questions for a caller's name, and the part of the identity that each is for."""
    return [
        (text, part.name)
        for identity in store.identities.values()
        for part in identity.parts
        if part.kind == "name"
        for texts in part.texts.values()
        for text in (texts.ask, texts.again, texts.simple)
        if text
    ]


def _choices(store: AgentStore) -> list[str]:
    """What forms offer to choose from."""
    lists = [one for form in store.forms.values() for one in form.lists.values()]
    return [word for one in lists for name, inside in one.items() for word in (name, *inside)]


def _yaml(content: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=120)
