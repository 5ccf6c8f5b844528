"""What a call has learned of who is calling: the parts that were said, what is asked next, and what was offered."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from backend.domain.hiding import HIDDEN, KnownSecret, note_secret
from backend.domain.identity_spec import IdentitySpec, SecretPartSpec
from backend.domain.session import CallerSaid
from backend.identities.hearing import Hearing
from backend.language.named import language_named
from backend.language.parts import Parts
from backend.tool_store.context import ToolContext
from backend.tool_store.said_name import IDENTITY

__all__ = ["Progress"]

_MOST_ANSWERS, _LONGEST_ANSWER = 3, 200
"""Answers without a name that are kept to compare with, and characters of each."""


class Progress:
    """The state of one call's verification, kept in the session's facts.

    Parts are read from the caller's own words. What a model passes on counts only where the caller has said it, so
    that neither a wrong split nor an invented digit or name opens anything; a model's share is to tell which part
    it is.
    """

    def __init__(self, ctx: ToolContext, identity: IdentitySpec, hearing: Hearing) -> None:
        self._ctx = ctx
        self._identity = identity
        self._hearing = hearing
        self._state: dict[str, Any] = ctx.session.facts.setdefault(IDENTITY, {})
        if self._state.get("of", identity.name) != identity.name:  # another identity was asked for before
            locked = self._state.get("locked", False)
            self._state.clear()
            self._state["locked"] = locked
        self._state |= {"of": identity.name, "name_part": hearing.name_part}
        self._said: dict[str, str] = self._state.setdefault("said", {})

    @property
    def said(self) -> Mapping[str, str]:
        """The parts that are known."""
        return self._said

    @property
    def took(self) -> bool:
        """Did this turn bring any part that was not known?"""
        return self._state.get("took") == self._ctx.session.turn

    @property
    def missing(self) -> SecretPartSpec | None:
        """The part to ask for next."""
        return next((part for part in self._identity.parts if part.name not in self._said), None)

    @property
    def offer(self) -> str:
        """What the caller was offered instead of being verified, and has not answered; empty for nothing."""
        return str(self._state.get("offer", ""))

    @offer.setter
    def offer(self, what: str) -> None:
        self._state["offer"] = what
        self._state["offered"] = self._ctx.session.turn

    def declines(self) -> int:
        """The caller does not want to be put through; how often that was so in this call."""
        self._state["declined"] = int(self._state.get("declined", 0)) + 1
        return int(self._state["declined"])

    @property
    def offered_now(self) -> bool:
        """Was it offered in this turn, so that these words can't be the answer?"""
        return self._state.get("offered") == self._ctx.session.turn

    @property
    def locked(self) -> bool:
        """Have there been too many failed tries?"""
        return bool(self._state.get("locked"))

    @property
    def judged(self) -> bool:
        """Was this turn's identity judged already?"""
        return self._state.get("judged") == self._ctx.session.turn

    def judge(self) -> None:
        """This turn's identity is being judged."""
        self._state["judged"] = self._ctx.session.turn

    @property
    def failed(self) -> bool:
        """Did a try of this call fail?"""
        return bool(self._state.get("failed"))

    def fail(self) -> None:
        """Nobody was found by what was said."""
        self._state["failed"] = True

    def asks(self, part: SecretPartSpec | None) -> None:
        """The caller is about to be asked for this part, or for something else."""
        self._state["asked"] = part.name if part else None

    @property
    def unread(self) -> tuple[str, ...]:
        """The answers to the question for the name in which none could be read, as they were heard."""
        return tuple(self._state.get("unread", ()))

    @property
    def has_no_name(self) -> bool:
        """Was the name asked for until there was no other way to ask?"""
        return self._said.get(self._hearing.name_part) == "" or len(self.unread) == _MOST_ANSWERS

    def leave_name(self, part: SecretPartSpec) -> None:
        """Go on without a name that could not be read: everything exact may still point to one who sounds like it."""
        self._said[part.name] = ""

    def forget(self, parts: Sequence[SecretPartSpec]) -> None:
        """Ask for these anew."""
        for part in parts:
            self._said.pop(part.name, None)
            if part.name == self._hearing.name_part:
                self._state.pop("unread", None)

    def lock(self) -> None:
        """No more tries in this call, and nothing secret is needed any more."""
        self._state["locked"] = True
        self.forget(self._identity.exact)

    @property
    def for_another(self) -> bool:
        """Has the caller said that it is all somebody else's? Then no details open it."""
        return bool(self._state.get("for_another"))

    def spoke_of_another(self) -> bool:
        """Did the caller speak of whoever has the name that they gave for their own as of somebody else?"""
        name = self._said.get(self._hearing.name_part, "")
        speaks_of = language_named(self._ctx.language).talk.speaks_of
        return bool(name) and any(speaks_of(text, name) for text in self._texts())

    def speaks_for_another(self) -> None:
        """The caller is not the one whose record it is."""
        self._state["for_another"] = True

    def first_look_at_number(self) -> bool:
        """Is it now looked up for the first time in this call whether the caller's number has tries left?"""
        first = not self._state.get("number_checked")
        self._state["number_checked"] = True
        return first

    def clear(self) -> None:
        """The caller is known."""
        self._ctx.session.facts.pop(IDENTITY, None)

    def take(self, given: Mapping[str, str | None]) -> SecretPartSpec | None:
        """Take what the caller's words and the model's arguments hold; gives the part that was not understood."""
        asked = self.asked
        own = self._hearing.hear(self._ctx.caller_text, asked, opening=len(self._texts()) <= 1)
        told = {part: self._hearing.hear(text, part) for part, text in given.items() if text and text.strip()}
        for part in own.doubt:
            self._said.pop(part, None)
        doubts = set(own.doubt)
        for part in self._identity.parts:
            value = "" if part.name in own.doubt else self._heard(part, own, told) or self._recorded(part)
            if value and part.name == self._hearing.name_part:
                value = self._whole_name(value)
            if value:
                self._keep(part, value)
            elif part.name in told or part.name == asked:
                doubts.add(part.name)
        read = own.values.keys() | own.doubt | {part for heard in told.values() for part in heard.values}
        if not self.took and not read - {asked}:
            self._note_unread(doubts)
        halves = own.doubt.union(*(heard.doubt for heard in told.values()))
        if self.took and not halves - self._said.keys():
            return None  # something else was answered than what was asked, which is asked again without blame
        unclear = (doubts | halves) - self._said.keys()
        return next((part for part in self._identity.parts if part.name in unclear), None)

    @property
    def asked(self) -> str | None:
        """The part that this turn's words answer; the same however often a model calls in a turn."""
        reading: dict[str, Any] = self._state.setdefault("reading", {"turn": -1, "asked": None})
        if reading["turn"] != self._ctx.session.turn:
            reading |= {"turn": self._ctx.session.turn, "asked": self._state.get("asked")}
        return cast("str | None", reading["asked"])

    def _keep(self, part: SecretPartSpec, value: str) -> None:
        if self._said.get(part.name) != value:
            self._state["took"] = self._ctx.session.turn
        self._said[part.name] = value
        if part.name == self._hearing.name_part:
            self._state.pop("unread", None)
        if part.is_exact:
            # Every part is hidden where it shows who is calling; only what is a secret is hidden wherever it is said.
            secret = KnownSecret(self._ctx.session.turn, part.name, value, lasting=part.secret)
            note_secret(self._ctx.session.facts, secret)

    def _note_unread(self, doubts: Collection[str]) -> None:
        """Keep the words of an answer to the question for the name; once a turn, however often a model tries.

        Not of an answer that told anything else: what opens a record is no name, and is not kept with one.
        """
        asked = next((part for part in self._identity.parts if part.name == self.asked), None)
        words = self._ctx.caller_text.strip()[:_LONGEST_ANSWER]
        if asked is None or not asked.misheard or asked.name not in doubts or not words or self._tells_exact(words):
            return
        heard: list[str] = self._state.setdefault("unread", [])
        if words not in heard:
            heard.append(words)
            del heard[:-_MOST_ANSWERS]

    def _tells_exact(self, words: str) -> bool:
        exact = (part.name for part in self._identity.exact)
        return any(self._hearing.hear(words, part).values.get(part) for part in exact)

    def _recorded(self, part: SecretPartSpec) -> str:
        """Of a recorded call that is played again: this part was given in this turn, and not kept."""
        recorded = self._ctx.recorded
        return HIDDEN if recorded is not None and part.name in recorded.took else ""

    def _heard(self, part: SecretPartSpec, own: Parts, told: Mapping[str, Parts]) -> str:
        """What was said; of a name that was read by half the whole, where a model has found it in the words."""
        said, passed = own.values.get(part.name, ""), self._passed_on(part, told)
        whole = part.kind == "name" and said and " " not in said and said in passed.split()
        return passed if whole else said or passed

    def _passed_on(self, part: SecretPartSpec, told: Mapping[str, Parts]) -> str:
        """What the model passes on for a part, in whichever argument: only if the caller has said it."""
        found = [heard.values.get(part.name, "") for heard in (told.get(part.name), *told.values()) if heard]
        value, texts = next(filter(None, found), ""), self._texts()
        if not value or not texts:
            return value
        return value if self._hearing.was_said(part.name, value, texts) else ""

    def _texts(self) -> list[str]:
        session = self._ctx.session
        before = [item.text for item in session.history if isinstance(item, CallerSaid) and item.turn < session.turn]
        return [text for text in (*before, self._ctx.caller_text) if text]

    def _whole_name(self, name: str) -> str:
        """A first and a last name. One word is asked about once; the other half may come with the next answer."""
        if " " in name:
            self._state.pop("half", None)
            return name
        half = self._state.setdefault("half", {"name": name, "turn": self._ctx.session.turn})
        if half["turn"] == self._ctx.session.turn:
            return ""
        self._state.pop("half")
        return name if half["name"].casefold() == name.casefold() else f"{half['name']} {name}"
