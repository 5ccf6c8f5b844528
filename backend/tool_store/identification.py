"""What a call has learned of who is calling: the parts that were said, what is asked next, and what was offered."""

from collections.abc import Mapping
from typing import Any, cast

from backend.domain.hiding import HIDDEN, KnownSecret, note_secret
from backend.domain.session import CallerSaid, CallSession
from backend.domain.spoken.identity import Heard, Part, read_identity, said_numbers
from backend.domain.spoken.names import is_said
from backend.tool_store.context import ToolContext

__all__ = ["PARTS", "Identification", "said_name"]

PARTS: tuple[Part, ...] = ("full_name", "zip_code", "last4")
_FACT = "_identity"


def said_name(session: CallSession) -> str:
    """The name that a caller gave as their own and that nothing has shown to be theirs; empty when they gave none."""
    state = session.facts.get(_FACT, {})
    return "" if state.get("for_another") else str(state.get("said", {}).get("full_name", ""))


class Identification:
    """The state of one call's verification, kept in the session's facts.

    Parts are read from the caller's own words. What a model passes on counts only where the caller has said it, so
    that neither a wrong split nor an invented digit or name opens anything; a model's share is to tell which part
    it is.
    """

    def __init__(self, ctx: ToolContext) -> None:
        self._ctx = ctx
        self._state: dict[str, Any] = ctx.session.facts.setdefault(_FACT, {})
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
    def missing(self) -> Part | None:
        """The part to ask for next."""
        return next((part for part in PARTS if part not in self._said), None)

    @property
    def offer(self) -> str:
        """What the caller was offered instead of being verified, and has not answered; empty for nothing."""
        return str(self._state.get("offer", ""))

    @offer.setter
    def offer(self, what: str) -> None:
        self._state["offer"] = what
        self._state["offered"] = self._ctx.session.turn

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

    def asks(self, part: Part | None) -> None:
        """The caller is about to be asked for this part, or for something else."""
        self._state["asked"] = part

    def forget(self, *parts: Part) -> None:
        """Ask for these anew."""
        for part in parts:
            self._said.pop(part, None)

    def lock(self) -> None:
        """No more tries in this call, and no number is needed any more."""
        self._state["locked"] = True
        self.forget(*PARTS[1:])

    @property
    def for_another(self) -> bool:
        """Has the caller said that the policy is somebody else's? Then no details open it."""
        return bool(self._state.get("for_another"))

    def speaks_for_another(self) -> None:
        """The caller is not the one whose policy it is."""
        self._state["for_another"] = True

    def first_look_at_number(self) -> bool:
        """Is it now looked up for the first time in this call whether the caller's number has tries left?"""
        first = not self._state.get("number_checked")
        self._state["number_checked"] = True
        return first

    def clear(self) -> None:
        """The caller is known."""
        self._ctx.session.facts.pop(_FACT, None)

    def take(self, given: Mapping[Part, str | None]) -> Part | None:
        """Take what the caller's words and the model's arguments hold; gives the part that was not understood."""
        asked = self.asked
        own = read_identity(self._ctx.caller_text, asked, opening=len(self._texts()) <= 1)
        told: dict[Part, Heard] = {
            part: read_identity(text, part) for part, text in given.items() if text and text.strip()
        }
        self.forget(*own.doubt)
        doubts = set(own.doubt)
        for part in PARTS:
            value = "" if part in own.doubt else self._heard(part, own, told) or self._recorded(part)
            if value and part == "full_name":
                value = self._whole_name(value)
            if value:
                if self._said.get(part) != value:
                    self._state["took"] = self._ctx.session.turn
                self._said[part] = value
                self._note_secret(part, value)
            elif part in told or part == asked:
                doubts.add(part)
        halves = own.doubt.union(*(heard.doubt for heard in told.values()))
        if self.took and not halves - self._said.keys():
            return None  # something else was answered than what was asked, which is asked again without blame
        return next((part for part in PARTS if part in doubts | halves and part not in self._said), None)

    def _recorded(self, part: Part) -> str:
        """Of a recorded call that is played again: this part was given in this turn, and not kept."""
        recorded = self._ctx.recorded
        return HIDDEN if recorded is not None and part in recorded.took else ""

    def _note_secret(self, part: Part, value: str) -> None:
        """A zip code is hidden where it shows who is calling; the place of an accident may have the same one."""
        if part != "full_name":
            secret = KnownSecret(self._ctx.session.turn, part, value, lasting=part == "last4")
            note_secret(self._ctx.session.facts, secret)

    @property
    def asked(self) -> Part | None:
        """The part that this turn's words answer; the same however often a model calls in a turn."""
        reading: dict[str, Any] = self._state.setdefault("reading", {"turn": -1, "asked": None})
        if reading["turn"] != self._ctx.session.turn:
            reading |= {"turn": self._ctx.session.turn, "asked": self._state.get("asked")}
        return cast("Part | None", reading["asked"])

    def _heard(self, part: Part, own: Heard, told: Mapping[Part, Heard]) -> str:
        """What was said; of a name that was read by half the whole, where a model has found it in the words."""
        said, passed = own.get(part), self._passed_on(part, told)
        whole = part == "full_name" and said and " " not in said and said in passed.split()
        return passed if whole else said or passed

    def _passed_on(self, part: Part, told: Mapping[Part, Heard]) -> str:
        """What the model passes on for a part, in whichever argument: a number only if the caller has said it."""
        found = [heard.get(part) for heard in (told.get(part), *told.values()) if heard is not None]
        value, texts = next(filter(None, found), ""), self._texts()
        if not value or not texts:
            return value
        said = is_said(value, texts) if part == "full_name" else value in said_numbers(texts)
        return value if said else ""

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
