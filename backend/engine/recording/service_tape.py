"""The recording of one call by the telephone service: asked for, paused, resumed and ended in the background."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

from backend.domain.call import CallRecord
from backend.domain.recording import SegmentName
from backend.domain.service_recording import CUT, ServiceRecording, Span
from backend.engine.recording.service_segment import ServiceSegment
from backend.errors import CallNotFound, ProviderRejected, RingmasterError
from backend.ports import ServiceRecorder, ServiceRecordings

__all__ = ["ServiceTape"]

log = logging.getLogger(__name__)

_State = Literal["on", "paused", "stopped"]
_OURS = "ringmaster.failed"
_NOTE_AGAIN_S = (1.0, 5.0, 30.0, 120.0)
"""What is to be left out is written down in the end, wherever the database is away: without it no file is fetched."""


class ServiceTape:
    """One call's recording at the service; over all of its media links, and over workers.

    The file leaves out what was paused, and is laid out again when it is fetched (``file_keeper``). What is not to be
    kept is noted here, in seconds since the recording was asked for: what is said while a pause is on its way, too.

    Args:
        record: of the call.
        token: by which reports of the service find their way to the call.
        recorder: the service.
        book: where recordings are noted until their files are here.
        over: told once: why it broke off, or nothing where it ended as it should.
        spawn: has something done in the background.
        goes_on: has another worker begun it?
    """

    def __init__(
        self,
        record: CallRecord,
        token: str,
        recorder: ServiceRecorder,
        book: ServiceRecordings,
        over: Callable[[str], None],
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        *,
        goes_on: bool = False,
    ) -> None:
        self._record = record
        self._token = token
        self._recorder = recorder
        self._book = book
        self._over = over
        self._spawn = spawn
        self._goes_on = goes_on
        self._time = asyncio.get_running_loop().time
        self._zero = self._time()
        self._on_broken: Callable[[], None] = _nobody
        self._wanted: _State = "on"
        self._is: _State = "paused"
        self._cut_from = 0.0
        self._closing = self._look = self._unwanted = self._handed_on = False
        self._refused: set[str] = set()
        """Recordings that the service could not begin; empty for one that it did not name."""
        self._gap_from: float | None = None
        self._spans: list[Span] = []
        self._noted: tuple[Span, ...] = ()
        self._recording: ServiceRecording | None = None
        self._wake = asyncio.Event()
        self._begun = False

    @property
    def now_s(self) -> float:
        """Seconds since it was asked for."""
        return self._time() - self._zero

    # -- what the call says ---------------------------------------------------------------

    def open(self, name: SegmentName, on_broken: Callable[[], None]) -> ServiceSegment:
        """The call's sound goes over a link from now on: begin, or go on."""
        self._on_broken, self._closing = on_broken, False
        if not self._begun:
            self._begun = True
            self._spawn(self._run(name))
        if self._gap_from is not None:
            self.leave_out(Span("gap", self._gap_from, self.now_s))
            self._gap_from = None
        self.want("on")
        return ServiceSegment(self, self._time)

    def want(self, state: _State) -> None:
        """Have it so, as soon as the service can."""
        if self._wanted != "stopped":
            self._wanted = state
            self._wake.set()

    def leave_out(self, span: Span) -> None:
        """This is not to be kept."""
        self._spans.append(span)
        self._wake.set()

    def left(self) -> None:
        """The link is done with: until there is another one, nobody listens whether something is not to be kept."""
        self._closing, self._gap_from = True, self.now_s
        self.want("paused")

    def reported(self, *, failed: bool, recording_id: str = "") -> None:
        """The service says that its state has changed, or that it could not begin.

        That may be said late, of one that the caller has taken their consent back from since: ``recording_id`` says so.
        """
        if failed:
            self._refused.add(recording_id)
        self._look = True
        self._wake.set()

    def discard(self) -> None:
        """The caller has taken their consent back: end it, and keep nothing."""
        self._unwanted, self._on_broken = True, _nobody
        self.end()

    def hand_on(self) -> None:
        """Another worker goes on with the call, and with this."""
        self._handed_on = True
        self._wake.set()

    def end(self) -> None:
        """The call is over."""
        self._closing = True
        self.want("stopped")

    # -- in the background ----------------------------------------------------------------

    async def _run(self, name: SegmentName) -> None:
        code, hung_up = "", False
        try:
            await self._begin(name)
            while self._is != "stopped":
                await self._wake.wait()
                self._wake.clear()
                await self._settle()
                if self._handed_on and self._is == "paused":
                    self._over("")
                    return
        except RingmasterError as error:
            code, hung_up = error.code, self._closing and isinstance(error, CallNotFound)
        except Exception:  # the edge of the task: a fault of ours must cost no call, and must not go unnoticed
            log.exception("a recording failed unexpectedly", extra={"event": "recording.failed"})
            code = _OURS
        self._wanted = "stopped"
        self._over("" if hung_up else code)
        if code:
            self._on_broken()
        self._on_broken = _nobody  # lets go of the call
        await self._end()

    async def _begin(self, name: SegmentName) -> None:
        if self._goes_on and await self._went_on():
            return
        caller, paused = self._record.other_side.reveal(), self._wanted != "on"
        started = await self._recorder.start(
            self._record.connection_id, token=self._token, caller=caller, paused=paused
        )
        self._is, self._cut_from = "paused" if paused else "on", self.now_s
        begun = ServiceRecording(
            started, name.call_id, name.began_ms, lead_s=round(self.now_s, 3), wanted=not self._unwanted
        )
        try:
            await self._book.begun(begun, datetime.now(UTC))
        except RingmasterError:
            await self._silently(self._recorder.stop(started))  # nobody would ever fetch it
            raise
        self._recording = begun
        self._wake.set()

    async def _went_on(self) -> bool:
        """Take over the one that another worker began: its seconds are counted from its own beginning."""
        found = await self._book.of_call(self._record.call_id)
        if found is None:
            return False
        known, open_cut = _without_open_cut(found.spans)
        # by the clocks of two machines, or of one that was set back, it might go on before what is known already
        least = max([one.end_s for one in known] + [open_cut or 0.0])
        earlier = max(least, time.time() - found.began_ms / 1000 - self.now_s)
        moved = [replace(one, start_s=one.start_s + earlier, end_s=one.end_s + earlier) for one in self._spans]
        self._zero -= earlier
        self._is = "on" if await self._recorder.active(found.recording_id) else "paused"
        self._cut_from = self.now_s if open_cut is None else open_cut
        self._spans = [*known, *moved, *([] if open_cut is None else [Span("gap", open_cut, self.now_s)])]
        self._recording, self._noted = found, ()
        self._wake.set()
        return True

    async def _settle(self) -> None:
        """Have the service do what is wanted, and write down what is left out."""
        assert self._recording is not None
        if self._refused & {"", self._recording.recording_id}:
            raise ProviderRejected("recording", "the service could not begin to record")
        while self._is != self._wanted != "stopped":
            await self._change(self._recording.recording_id, self._wanted)
        if self._wanted == "stopped":
            self._is = "stopped"
            return
        looks, self._look = self._look, False
        active = not (looks and self._is == "on") or await self._recorder.active(self._recording.recording_id)
        if not active and self._wanted == "on":
            raise CallNotFound("it is not recorded any more")
        await self._note(ended=False)

    async def _change(self, recording_id: str, wanted: _State) -> None:
        """Pause, or go on. Where the call is over, both are the same."""
        before = self.now_s
        try:
            await (self._recorder.pause if wanted == "paused" else self._recorder.resume)(recording_id)
        except CallNotFound:
            if not self._closing:
                raise
        middle = (before + self.now_s) / 2
        if wanted == "paused":
            self._cut_from = middle
        else:
            self._spans.append(Span(CUT, self._cut_from, middle))
        self._is = wanted

    async def _end(self) -> None:
        """Write down what is left out, end it at the service, and write it down yet if that could not be done."""
        if self._recording is None:
            return
        noted = await self._noted_in_the_end()
        await self._silently(self._recorder.stop(self._recording.recording_id))
        for pause in _NOTE_AGAIN_S:
            if noted:
                return
            await asyncio.sleep(pause)
            noted = await self._noted_in_the_end()

    async def _noted_in_the_end(self) -> bool:
        try:
            await self._note(ended=True)
        except RingmasterError as error:
            log.warning(
                "what is to be left out of a recording is not noted yet; its file is not fetched before",
                extra={"event": "recording.not_noted", "call_id": self._record.call_id, "code": error.code},
            )
            return False
        return True

    async def _note(self, *, ended: bool) -> None:
        """A pause that goes on is noted as one without length, for whoever may have to end it."""
        paused = [Span(CUT, self._cut_from, self._cut_from)] if self._is == "paused" else []
        spans = (*self._spans, *paused)
        if self._recording is not None and (spans != self._noted or ended):
            self._recording = replace(self._recording, spans=spans, wanted=not self._unwanted, ended=ended)
            await self._book.noted(self._recording)
            self._noted = spans

    async def _silently(self, asked: Awaitable[None]) -> None:
        """What cannot be done any more need not be: the service ends a recording with its call."""
        try:
            await asked
        except CallNotFound:
            return
        except RingmasterError as error:
            log.warning(
                "the service did not end a recording when it was asked to; it ends with its call",
                extra={"event": "recording.not_stopped", "call_id": self._record.call_id, "code": error.code},
            )


def _nobody() -> None:
    """Nobody is told any more."""


def _without_open_cut(spans: tuple[Span, ...]) -> tuple[list[Span], float | None]:
    """What was left out so far, and since when it is paused."""
    open_cuts = [one.start_s for one in spans if one.kind == CUT and one.start_s == one.end_s]
    return [one for one in spans if one.kind != CUT or one.start_s != one.end_s], open_cuts[-1] if open_cuts else None
