"""A caller at a telephone of the local Azure who reports a claim: he waits for questions and answers them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.claim_story import ClaimStory, Reply
from local_azure.phone.loudness import is_loud
from local_azure.phone.phone import Phone
from local_azure.voices import Voices

__all__ = ["Said", "asks", "converse"]

Samples = NDArray[np.int16]

_HEARD_OUT_MS = 700.0
"""The caller answers when the agent has been silent for so long."""
_ASKED_S, _ENDED_S, _PAUSED_S = 60.0, 30.0, 5.0


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance as it went out."""

    reply: Reply
    speech: tuple[tuple[float, float], ...]
    """Beginning and end of each piece, in milliseconds of the call."""


async def converse(phone: Phone, voices: Voices, story: ClaimStory, said: list[Said]) -> None:
    """Answer every question with words of ``voices``, to the goodbye, and note in ``said`` what went out.

    Raises:
        TimeoutError: the agent asked nothing that the caller knows, or did not hang up after the goodbye.
        ConnectionError: it hung up before.
    """
    await phone.until_connected()
    while not (said and said[-1].reply.last):
        try:
            await phone.until(lambda: phone.state == "ended" or asks(phone, story), _ASKED_S)
        except TimeoutError as error:
            raise TimeoutError(f"no question that the caller knows in ...{phone.answer[-80:]!r}") from error
        if phone.state == "ended" or (reply := story.reply_to(phone.answer)) is None:
            raise ConnectionError("the call ended before the goodbye")
        said.append(await _say(phone, voices, reply))
    await phone.until_ended(_ENDED_S)


def asks(phone: Phone, story: ClaimStory) -> bool:
    """The agent has spoken since the caller did, to its end, and asked something.

    What was heard of the agent while the caller still spoke is no answer: it was begun too early and taken back.
    """
    spoken = phone.turns[-1].response_ms is not None and not phone.speaking
    return spoken and phone.silent_ms >= _HEARD_OUT_MS and story.knows(phone.answer)


async def _say(phone: Phone, voices: Voices, reply: Reply) -> Said:
    """Say all pieces. They are made before the first is said, so that the pauses are as long as they should be."""
    rate = phone.audio.sample_rate
    sounds = [await voices.speak(piece, "caller", rate) for piece in reply.pieces]
    speech = list[tuple[float, float]]()
    for number, (piece, pcm) in enumerate(zip(reply.pieces, sounds, strict=True)):
        if number:
            silent = _quiet_ms(_samples(sounds[number - 1])[::-1], rate) + _quiet_ms(_samples(pcm), rate)
            resume_ms = phone.now_ms + max(0.0, reply.pauses_ms[number - 1] - silent)
            await phone.until(lambda until=resume_ms: phone.now_ms >= until or phone.state == "ended", _PAUSED_S)
        began = phone.now_ms
        await phone.say(pcm, piece, sample_rate=rate)
        speech.append((began, phone.now_ms))
    return Said(reply, tuple(speech))


def _samples(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, np.int16)


def _quiet_ms(sound: Samples, rate: int) -> float:
    """Silence at the beginning of a sound."""
    size = rate // 50
    frames = sound[: len(sound) // size * size].reshape(-1, size)
    return 20.0 * next((n for n, frame in enumerate(frames) if is_loud(frame.tobytes())), len(frames))
