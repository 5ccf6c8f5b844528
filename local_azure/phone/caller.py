"""A persona on the phone: listens, answers, gives up in the end, never hangs."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from local_azure.phone.choice import Chooser, Reply
from local_azure.phone.persona import PERSONA_RATE, Persona, Utterance
from local_azure.phone.phone import Phone

__all__ = ["CallLimits", "CallReport", "PersonaCaller"]

EndedBy = Literal["agent", "caller", "limit", "silence", "transferred", "not_connected"]

_POLL_SECONDS = 0.05
_OWN_NUMBER = re.compile(
    r"\b(?:what|which|tell|say|give|key)\b.*\b(?:phone|telephone|call.?back|callback) ?number\b"
    r"|\bnumber\b.*\b(?:call|reach) you\b|\bnumber (?:can|should|shall|do) (?:we|i)\b"
)
"""A caller knows the number that they call from."""
_DONT_KNOW = "i don't know"
_SENTENCE_ENDS = (".", "?", "!", ":")
_LATE_WORDS_MS = 3000.0
_GRACE_SECONDS = 20.0
"""A call whose clock stands still ends, too."""


@dataclass(frozen=True, slots=True)
class CallLimits:
    """How patient a caller is. Seconds."""

    call: float = 300.0
    """The whole call."""
    connect: float = 40.0
    """Until somebody answers."""
    answer_after: float = 0.7
    """The agent has been silent for so long: the caller's turn."""
    perhaps_after: float = 3.0
    """Nothing was asked, but the caller has something that fits: he says it then."""
    silence: float = 10.0
    """A silence that is counted."""
    give_up: float = 45.0
    """A silence that ends the call."""
    after_goodbye: float = 8.0
    """So long the agent may take to hang up after both have said goodbye."""
    with_person: float = 1.5
    """A transferred caller stays so long."""
    dont_know: int = 3
    """So often the caller says that he does not know."""


@dataclass(slots=True)
class CallReport:
    """How the call went, seen from the phone."""

    ended_by: EndedBy = "agent"
    connection_id: str = ""
    unanswered: list[str] = field(default_factory=list[str], repr=False)
    """What the persona was asked and has no answer for."""
    silences: int = 0
    """Times that the agent said nothing for ten seconds."""
    transferred_to: str | None = None
    turns: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]], repr=False)

    def as_json(self) -> dict[str, Any]:
        """For the phone's WebSocket."""
        return {
            "ended_by": self.ended_by,
            "connection_id": self.connection_id,
            "unanswered": self.unanswered,
            "silences": self.silences,
            "transferred_to": self.transferred_to,
            "turns": self.turns,
        }


class PersonaCaller:
    """Plays one persona on one phone for one call."""

    def __init__(self, phone: Phone, persona: Persona, limits: CallLimits) -> None:
        self._phone = phone
        self._persona = persona
        self._limits = limits
        self._chooser = Chooser(persona)
        self._report = CallReport()
        self._silence_counted = False
        self._goodbye = False
        self._settled = ""
        """What of the agent's words has been decided upon."""

    async def run(self) -> CallReport:
        """Wait for the connection, talk, and hang up when there is nothing more to be had. Always returns."""
        report = self._report
        try:
            await self._phone.until_connected(self._limits.connect)
            async with asyncio.timeout(self._limits.call + _GRACE_SECONDS):
                report.ended_by = await self._talk()
        except TimeoutError:
            report.ended_by = "limit" if self._phone.turns else "not_connected"
        finally:
            self._phone.hang_up()
        report.connection_id = self._phone.connection_id
        report.transferred_to = self._phone.moved_to
        report.turns = [turn.as_json() for turn in self._phone.turns if turn.caller or turn.said]
        return report

    async def _talk(self) -> EndedBy:
        phone, limits = self._phone, self._limits
        while phone.state != "ended":
            if phone.moved_to is not None:
                await self._rest(limits.with_person)
                return "transferred"
            if phone.now_ms > limits.call * 1000:
                return "limit"
            silent = phone.silent_ms / 1000
            quiet = phone.quiet_ms / 1000
            if quiet > (limits.after_goodbye if self._goodbye else limits.give_up):
                return "caller" if self._goodbye else "silence"
            self._count_silence(quiet)
            if silent >= limits.answer_after and not self._waits_for_words():
                await self._turn(silent)
            await asyncio.sleep(_POLL_SECONDS)
        return "transferred" if phone.moved_to is not None else "agent"

    async def _turn(self, silent: float) -> None:
        text = self._phone.answer
        if not text:
            return
        if text == self._settled:
            return
        reply = self._chooser.choose(text)
        if reply.want == "perhaps" and silent < self._limits.perhaps_after:
            return
        if reply.want == "wait" and len(self._phone.turns) == 1 and not reply.farewell:
            if silent < self._limits.perhaps_after:
                return
            reply = Reply("say", self._chooser.opening())
        if (
            reply.want == "unknown"
            and not text.rstrip().endswith(_SENTENCE_ENDS)
            and silent < self._limits.perhaps_after
        ):
            return  # half a sentence: whoever broke off is going to go on
        self._settled = text
        await self._do(reply, text)

    async def _do(self, reply: Reply, text: str) -> None:
        keys = reply.keys or (reply.utterance.press if reply.utterance is not None else "")
        if reply.utterance is not None and keys:
            self._chooser.said(reply.utterance)
            self._settled = ""
            await self._within_call(self._phone.press_keys(keys, name=reply.utterance.id))
        elif reply.utterance is not None:
            await self._say(reply.utterance)
        elif reply.want == "unknown" and _OWN_NUMBER.search(text.lower()):
            await self._within_call(self._phone.say_text(" ".join(self._phone.number[-10:]), name="phone"))
        elif reply.want == "unknown":
            self._report.unanswered.append(text)
            if len(self._report.unanswered) <= self._limits.dont_know:
                await self._within_call(self._phone.say_text(_DONT_KNOW, name="unknown"))
        self._goodbye = self._goodbye or reply.farewell

    async def _say(self, utterance: Utterance) -> None:
        text, pcm = utterance.form(self._chooser.times(utterance))
        self._chooser.said(utterance)
        self._settled = ""
        if pcm:
            speech = self._phone.say(pcm, text, name=utterance.id, sample_rate=PERSONA_RATE)
        else:
            speech = self._phone.say_text(text, name=utterance.id)
        await self._within_call(speech)

    async def _within_call(self, speech: Any) -> None:
        """Speak, but not beyond the limit of the call."""
        left = self._limits.call - self._phone.now_ms / 1000
        try:
            await asyncio.wait_for(speech, max(0.1, left))
        except TimeoutError:
            self._phone.hush()

    async def _rest(self, seconds: float) -> None:
        try:
            await self._phone.until_ended(seconds)
        except TimeoutError:
            return

    def _waits_for_words(self) -> bool:
        """The ear knows that something was said, but not what; it is given a while."""
        ear = self._phone.ear
        return ear is not None and ear.words.pending and self._phone.silent_ms < _LATE_WORDS_MS

    def _count_silence(self, quiet: float) -> None:
        if quiet < self._limits.silence:
            self._silence_counted = False
        elif not self._silence_counted:
            self._silence_counted = True
            self._report.silences += 1
