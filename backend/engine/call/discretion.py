"""What of a call may be kept: secrets and card numbers are taken out of everything that leaves its memory.

The call itself goes on with the words as they were said: to verify somebody, to ask again, to witness what a model
passes on. What is stored of it, in SQL, in Redis or elsewhere, comes from here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from backend.domain.call import RecordedIdentity, TurnRecord
from backend.domain.hiding import (
    HIDDEN,
    SECRETS,
    Utterance,
    hide,
    hide_alone,
    hide_in,
    known_secrets,
    lasting_secrets,
)
from backend.domain.session import (
    AgentSaid,
    CallerSaid,
    CallSession,
    HandedOver,
    HistoryItem,
    ToolAnswered,
    ToolCallsMade,
    ToolRequest,
)
from backend.domain.veil import Veil

__all__ = ["Discretion", "asks_secret"]

_WINDOW = 8
"""A card number that is said in parts is told within so many utterances of the caller."""
_QUESTION, _IDENTITY = "_question", "_identity"


class Discretion:
    """One call's way out of memory.

    Args:
        session: the call's memory, as it was said.
        veil: what shows who is calling is stored under.
        credentials: arguments of tools by which callers show who they are; nothing of them is kept.
    """

    def __init__(self, session: CallSession, veil: Veil, credentials: frozenset[str] = frozenset()) -> None:
        self._credentials = credentials
        self._session = session
        self._veil = veil
        self._asked: dict[int, bool] = {}
        """By turn: did its words answer a question for a secret?"""
        self._settled = session.turn
        """Turns up to this one are settled, here or before it was restored."""
        self._is_secret_asked = asks_secret(session)
        self._known_before = session.subject is not None
        self._records: list[tuple[TurnRecord, Utterance]] = []
        self._kept: list[tuple[HistoryItem, HistoryItem]] = []
        """Items of the history, as they are and as they may be kept."""
        self._known = self._values()

    def settle(self, record: TurnRecord) -> Sequence[TurnRecord]:
        """Hide what is secret in a turn that is over; gives the turns before it in which more is hidden now."""
        values = self._values_in(record.index)
        self._asked[record.index], self._settled = self._is_secret_asked, record.index
        raw = Utterance(record.caller_text, self._is_secret_asked, values)
        record.said, record.heard = hide_alone(record.said, values), hide_alone(record.heard, values)
        record.identity = RecordedIdentity(self._taken_in(record.index), self._granted())
        self._records.append((record, raw))
        self._is_secret_asked = asks_secret(self._session)
        changed = self._hide_again(record)
        del self._records[:-_WINDOW]
        return changed

    def recognized(self, turn: int, text: str) -> str:
        """What may be kept of words that were recognized in a turn that is settled: none where it was asked for a
        secret, which a word on the way may tell although the last one did not."""
        return HIDDEN if self._asked.get(turn, True) else hide_alone(text, self._values_in(turn))

    def stored(self, session: CallSession) -> CallSession:
        """A session as it may be stored. Of what was said for a secret it has only what can be compared with a book."""
        self._learn()
        same = 0
        for (item, _), now in zip(self._kept, session.history, strict=False):
            if item is not now:
                break
            same += 1
        del self._kept[same:]
        for item in session.history[same:]:
            self._kept.append((item, self._hidden(item)))
        self._hide_parts()
        history = [kept for _, kept in self._kept]
        return msgspec.structs.replace(session, history=history, facts=self._facts(session.facts))

    # -- turns ----------------------------------------------------------------------------

    def _hide_again(self, newest: TurnRecord) -> list[TurnRecord]:
        """Hide what the newest words have shown to be part of something secret in those before them."""
        changed: list[TurnRecord] = []
        known = self._values()
        again = [replace(one, text=record.caller_text, values=one.values | known) for record, one in self._records]
        texts = hide(again)
        for (record, _), text in zip(self._records, texts, strict=True):
            if record.caller_text != text:
                record.caller_text = text
                changed += [record] if record is not newest else []
        return changed

    def _taken_in(self, turn: int) -> tuple[str, ...]:
        found = [secret.name for secret in known_secrets(self._session.facts) if secret.turn == turn]
        return tuple(dict.fromkeys(found))

    def _granted(self) -> str:
        subject, before = self._session.subject, self._known_before
        self._known_before = subject is not None
        return subject.id if subject is not None and not before else ""

    # -- the session ----------------------------------------------------------------------

    def _learn(self) -> None:
        """Where there is a new secret, everything is looked at once more."""
        if (known := self._values()) != self._known:
            self._known = known
            self._kept.clear()

    def _hidden(self, item: HistoryItem) -> HistoryItem:
        values = self._values_in(item.turn)
        match item:
            case CallerSaid():
                return item  # together with those before it
            case AgentSaid(text=text):
                return msgspec.structs.replace(item, text=hide_alone(text, values))
            case ToolCallsMade(calls=calls):
                return msgspec.structs.replace(
                    item, calls=tuple(_without_secrets(call, values, self._credentials) for call in calls)
                )
            case ToolAnswered(content=content):
                return msgspec.structs.replace(item, content=hide_alone(content, values))
            case HandedOver(summary=summary):
                return msgspec.structs.replace(item, summary=hide_alone(summary, values))

    def _hide_parts(self) -> None:
        """The caller's words: the newest together with those before, of which they may be a part."""
        places = [place for place, (item, _) in enumerate(self._kept) if isinstance(item, CallerSaid)]
        fresh = next((n for n, place in enumerate(places) if self._kept[place][0] is self._kept[place][1]), len(places))
        for end in range(fresh + 1, len(places) + 1):
            window = places[max(0, end - _WINDOW) : end]
            texts = hide([self._utterance(self._kept[place][1]) for place in window])  # what is hidden stays so
            for place, text in zip(window, texts, strict=True):
                item = self._kept[place][0]
                assert isinstance(item, CallerSaid)
                kept = CallerSaid(text, item.turn, item.withheld)  # a new one: it has been looked at
                self._kept[place] = (item, kept)

    def _utterance(self, item: HistoryItem) -> Utterance:
        assert isinstance(item, CallerSaid)
        secret = self._asked.get(item.turn, self._is_secret_asked and item.turn > self._settled)
        return Utterance(item.text, secret, self._values_in(item.turn))

    def _facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in facts.items() if name != SECRETS}
        if (identity := kept.get(_IDENTITY)) is not None:
            kept[_IDENTITY] = identity | {"said": self._veiled(identity.get("said", {}))} | self._unread(identity)
        return hide_in(kept, self._values())

    def _unread(self, identity: Mapping[str, Any]) -> dict[str, Any]:
        """Answers in which no name was read, without what else of who is calling may be in them."""
        if "unread" not in identity:
            return {}
        every = frozenset(secret.value for secret in known_secrets(self._session.facts))
        return {"unread": hide_in(identity["unread"], every)}

    def _veiled(self, said: Mapping[str, str]) -> dict[str, str]:
        call_id = self._session.call_id
        return {
            part: self._veil.over(call_id, part, value) if part in self._credentials else value
            for part, value in said.items()
        }

    def _values(self) -> frozenset[str]:
        return lasting_secrets(self._session.facts)

    def _values_in(self, turn: int) -> frozenset[str]:
        """Secrets to hide in one turn."""
        found = known_secrets(self._session.facts)
        return frozenset(secret.value for secret in found if secret.lasting or secret.turn == turn)


def asks_secret(session: CallSession) -> bool:
    """Is what the caller was asked last a secret of theirs?"""
    return bool(session.facts.get(_QUESTION, {}).get("secret"))


def _without_secrets(call: ToolRequest, values: frozenset[str], credentials: frozenset[str]) -> ToolRequest:
    try:
        hidden = hide_in(json.loads(call.arguments or "{}"), values)
        if isinstance(hidden, dict):
            hidden |= dict.fromkeys(credentials & hidden.keys(), HIDDEN)
        return ToolRequest(call.id, call.name, json.dumps(hidden, ensure_ascii=False))
    except (ValueError, RecursionError):  # no JSON, or nested too deeply to be gone through
        return ToolRequest(call.id, call.name, hide_alone(call.arguments, values))
