"""One party's end of a call, whatever is at the other end of it just now."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from backend.domain.audio import AudioFormat
from local_azure.pacing import Ticker
from local_azure.telephony import EndReason, Party

__all__ = ["Bridge", "Dialling", "FarEnd", "Leg"]


class FarEnd(Protocol):
    """What a leg is connected to: somebody who rings, a call of the application, another leg."""

    def picked_up(self, leg: "Leg") -> None:
        """The party took the call."""
        ...

    def declined(self, leg: "Leg") -> None:
        """The party refused."""
        ...

    def pressed(self, leg: "Leg", tone: str) -> None:
        """The party pressed a key."""
        ...

    def hung_up(self, leg: "Leg") -> None:
        """The party ended it."""
        ...


class Leg:
    """A :class:`~local_azure.telephony.Line` whose far end can be exchanged (transfers)."""

    def __init__(self, party: Party, far_end: FarEnd, headers: Mapping[str, str] | None = None) -> None:
        self.party = party
        self.far_end = far_end
        self.headers: Mapping[str, str] = headers or {}
        self.over = False

    def pick_up(self) -> None:
        """Take the call that rings."""
        if not self.over:
            self.far_end.picked_up(self)

    def decline(self) -> None:
        """Refuse the call that rings."""
        if not self.over:
            self.far_end.declined(self)

    def press(self, tone: str) -> None:
        """Press a key."""
        if not self.over:
            self.far_end.pressed(self, tone)

    def hang_up(self) -> None:
        """The party ends the call."""
        if not self.over:
            far_end = self.far_end
            self.end("hung_up")
            far_end.hung_up(self)

    def end(self, reason: EndReason) -> None:
        """The call is over for this party."""
        if not self.over:
            self.over = True
            self.party.ended(reason)


class Dialling:
    """Rings a party and says how it went: ``done`` gets the leg, or why there is none."""

    def __init__(
        self,
        party: Party,
        seconds: float,
        done: Callable[[Leg | None, EndReason], None],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._done: Callable[[Leg | None, EndReason], None] | None = done
        self.leg = Leg(party, self, headers)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._nobody)
        loop.call_soon(self._ring)

    def cancel(self) -> None:
        """Stop ringing; ``done`` is not called."""
        self._timer.cancel()
        self._done = None
        self.leg.end("far_end")

    def picked_up(self, leg: Leg) -> None:
        """It was answered."""
        self._finish(leg, "far_end")

    def declined(self, leg: Leg) -> None:
        """It is busy."""
        leg.end("busy")
        self._finish(None, "busy")

    def pressed(self, leg: Leg, tone: str) -> None:
        """Keys mean nothing while it rings."""

    def hung_up(self, leg: Leg) -> None:
        """Refused by hanging up."""
        self._finish(None, "rejected")

    def _ring(self) -> None:
        if self._done is not None:
            self.leg.party.ring(self.leg)

    def _nobody(self) -> None:
        self.leg.end("no_answer")
        self._finish(None, "no_answer")

    def _finish(self, leg: Leg | None, reason: EndReason) -> None:
        self._timer.cancel()
        done, self._done = self._done, None
        if done is not None:
            done(leg, reason)


class Bridge:
    """Two parties who hear each other, without the application: after a transfer or a redirection."""

    def __init__(self, first: Leg, second: Leg, audio: AudioFormat, ticker: Ticker) -> None:
        self._legs = (first, second)
        self._ticker = ticker
        first.far_end = second.far_end = self
        for leg in self._legs:
            leg.party.connected("", audio.sample_rate)
        ticker.join(self.tick)

    def tick(self) -> None:
        """20 ms pass."""
        first, second = (leg.party for leg in self._legs)
        said, answered = first.speak(), second.speak()
        first.hear(answered)
        second.hear(said)

    def picked_up(self, leg: Leg) -> None:
        """They talk already."""

    def declined(self, leg: Leg) -> None:
        """As good as hanging up."""
        self.hung_up(leg)

    def pressed(self, leg: Leg, tone: str) -> None:
        """The other one hears the key."""
        self._other(leg).party.key(tone)

    def hung_up(self, leg: Leg) -> None:
        """The other one's call is over, too."""
        self._ticker.leave(self.tick)
        self._other(leg).end("far_end")

    def _other(self, leg: Leg) -> Leg:
        first, second = self._legs
        return second if leg is first else first
