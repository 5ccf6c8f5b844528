"""The recording of a call: what there is of it, its sound, its wave, and its deletion."""

import re
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from backend.api.access import Person, Services
from backend.api.audited import Noted, admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.api.scope import call_seen
from backend.domain.call import CallRecord
from backend.domain.recording import MarkerKind, RecordingState
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.recording.playback import FRAME_BYTES, KeptRecording
from backend.errors import CallNotFound, CallRefused

__all__ = ["router"]

_FAULTS: dict[int | str, dict[str, object]] = {
    401: fault_of("no key, or the wrong one"),
    403: fault_of("another role is needed"),
    404: fault_of("no such call, or no recording of it"),
    409: fault_of("it was sealed with another key, is not what was written, or the call still goes on"),
    503: fault_of("what keeps recordings did not answer"),
}
_WAV: dict[int | str, dict[str, object]] = {
    200: {"description": "The whole of it, as WAV.", "content": {"audio/wav": {}}},
    206: {"description": "The part that was asked for.", "content": {"audio/wav": {}}},
    416: {"description": "It has no such part."},
}

router = APIRouter(
    prefix="/api/v1/calls/{call_id}/recording",
    tags=["recordings"],
    dependencies=[admitted, Depends(known_parameters)],
    responses=_FAULTS,
)


class MarkerView(BaseModel):
    """Something that a listener is to know about a stretch."""

    kind: MarkerKind = Field(
        description="`paused`: a secret was asked for, neither voice is in it. `hidden`: a number was said that is "
        "never kept; the voice that said it is not in it. `gap`: the call went from one link to another. `broke`: it "
        "broke off here."
    )
    start_s: float
    end_s: float | None = Field(description="Empty: to the end.")


class SegmentView(BaseModel):
    """What was recorded over one media link."""

    began_at: datetime
    start_s: float = Field(description="Where it begins in the whole.")
    seconds: float
    complete: bool = Field(description="Does it end as it should? Not where a server died, nor while the call goes on.")


class RecordingView(BaseModel):
    """The recording of a call. Places are in seconds from its beginning."""

    call_id: str
    state: RecordingState
    kept_until: datetime | None
    began_at: datetime | None = Field(description="When its first sound was heard.")
    seconds: float
    segments: list[SegmentView]
    markers: list[MarkerView]


class WaveView(BaseModel):
    """How loud each voice is, ten times a second, from 0 to 100."""

    per_second: int = 10
    caller: list[int]
    agent: list[int]


async def _desk(services: Services) -> RecordingDesk:
    if services.recordings is None:
        raise CallNotFound("this server keeps no recordings")
    return services.recordings


Desk = Annotated[RecordingDesk, Depends(_desk)]


@router.get("", summary="What there is of a recording")
async def get_recording(found: Services, person: Person, note: Noted, desk: Desk, call_id: str) -> RecordingView:
    """How far it came, how long it is, and what is left out of it. Where nothing was recorded, or written, there are no
    segments."""
    call = await call_seen(found, person, call_id)
    note.line = call.line
    if call.recording not in ("on", "broken"):
        return _view(call, None)
    try:
        kept = await desk.find(call_id)
    except CallNotFound:  # it broke off before anything was written
        kept = None
    return _view(call, kept)


@router.get("/audio", summary="Listen to a recording", response_class=Response, responses=_WAV)
async def listen(
    found: Services,
    person: Person,
    note: Noted,
    desk: Desk,
    call_id: str,
    wanted: Annotated[str | None, Header(alias="range", description="Such as `bytes=0-65535`.")] = None,
) -> Response:
    """WAV in stereo, 16 kHz, 16 bits: the caller left, the agent right. Parts of it may be asked for by `Range`.

    Of a call that is over: who wants to hear one that goes on listens in, where its line lets them."""
    call = await call_seen(found, person, call_id)
    note.line = call.line
    _require_over(call)
    kept = await desk.find(call_id)
    wav = _Wav(kept)
    asked = _RANGE.match(wanted.strip()) if wanted else None  # who asks for several parts gets the whole
    part = _part(asked, wav.size) if asked else (0, wav.size - 1)
    if part is None:
        return Response(status_code=416, headers={"content-range": f"bytes */{wav.size}"})
    first, last = part
    headers = {
        "accept-ranges": "bytes",
        "content-length": str(last - first + 1),
        "content-disposition": f'inline; filename="{call_id}.wav"',
        "cache-control": "no-store",
    }
    if asked:
        headers["content-range"] = f"bytes {first}-{last}/{wav.size}"
    pieces = wav.read(desk, first, last + 1)
    return StreamingResponse(pieces, status_code=206 if asked else 200, headers=headers, media_type="audio/wav")


@router.get("/wave", summary="How loud both voices are")
async def wave(found: Services, person: Person, note: Noted, desk: Desk, call_id: str) -> WaveView:
    """For a picture of a call that is over; no word can be heard in it."""
    call = await call_seen(found, person, call_id)
    note.line = call.line
    _require_over(call)
    loud = await desk.wave(await desk.find(call_id))
    return WaveView(caller=list(loud.caller), agent=list(loud.agent))


@router.delete("", status_code=204, summary="Delete a recording")
async def delete(found: Services, person: Person, note: Noted, desk: Desk, call_id: str) -> Response:
    """Delete what was recorded of a call that is over, for good. The call itself stays."""
    call = await call_seen(found, person, call_id)
    note.line = call.line
    _require_over(call)
    note.detail = {"segments": await desk.delete(call_id)}
    return Response(status_code=204)


def _require_over(call: CallRecord) -> None:
    if call.outcome is None:
        raise CallRefused("the call goes on; its recording can be heard and deleted when it is over")


def _view(call: CallRecord, kept: KeptRecording | None) -> RecordingView:
    return RecordingView(
        call_id=call.call_id,
        state=call.recording,
        kept_until=call.recording_until,
        began_at=kept.began_at if kept else None,
        seconds=kept.seconds if kept else 0.0,
        segments=_segments(kept) if kept else [],
        markers=_markers(call, kept) if kept else [],
    )


def _segments(kept: KeptRecording) -> list[SegmentView]:
    return [
        SegmentView(
            began_at=one.name.began_at,
            start_s=round(kept.offset(one) / kept.rate, 3),
            seconds=one.seconds,
            complete=one.complete,
        )
        for one in kept.segments
    ]


def _markers(call: CallRecord, kept: KeptRecording) -> list[MarkerView]:
    """Those that were written, and what can be told from the segments: gaps, and where a server died."""
    found = [MarkerView(kind=one.kind, start_s=one.start_s, end_s=one.end_s) for one in kept.markers]
    shown = _segments(kept)
    for one, after in pairwise(shown):
        found.append(MarkerView(kind="gap", start_s=round(one.start_s + one.seconds, 3), end_s=after.start_s))
    if call.outcome is not None and not shown[-1].complete:
        found.append(MarkerView(kind="broke", start_s=kept.seconds, end_s=None))
    return sorted(found, key=lambda marker: marker.start_s)


# -- WAV ------------------------------------------------------------------------------------------

_HEAD_BYTES = 44
_RANGE = re.compile(r"^bytes=(?=\d|-\d)(\d{0,18})-(\d{0,18})$", re.ASCII)
"""A place with more digits is none in any file: such a header is left out of account."""


def _part(found: re.Match[str], size: int) -> tuple[int, int] | None:
    """The first and last byte of what is asked for; ``None`` where there is no such part.

    RFC 9110, 14.1.2: a suffix is the last so many bytes, an end beyond the last byte is that byte.
    """
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else None
    start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (start, end) if start <= end else None


@dataclass(frozen=True, slots=True)
class _Wav:
    """A recording as the bytes of a WAV file, of which any stretch can be made alone."""

    kept: KeptRecording

    @property
    def size(self) -> int:
        return _HEAD_BYTES + self.kept.samples * FRAME_BYTES

    @property
    def head(self) -> bytes:
        rate, sound = self.kept.rate, self.kept.samples * FRAME_BYTES
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, rate, rate * FRAME_BYTES, FRAME_BYTES, 16)
        return struct.pack("<4sI4s", b"RIFF", sound + 36, b"WAVE") + form + struct.pack("<4sI", b"data", sound)

    async def read(self, desk: RecordingDesk, first: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from one place to another."""
        if first < _HEAD_BYTES:
            yield self.head[first:end]
        at = max(first - _HEAD_BYTES, 0)
        until = end - _HEAD_BYTES
        if until <= at:
            return
        skip, left = at % FRAME_BYTES, until - at
        async for sound in desk.sound(self.kept, at // FRAME_BYTES, -(-until // FRAME_BYTES)):
            piece = sound[skip : skip + left]
            skip, left = 0, left - len(piece)
            yield piece
