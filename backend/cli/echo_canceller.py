"""Takes what the loudspeaker plays out of what the microphone hears, so that an agent does not interrupt itself.

WebRTC's own canceller, which comes with the LiveKit SDK. It works on 10 ms of 16-bit mono PCM at a time.
"""

from typing import Any

__all__ = ["EchoCanceller"]

_CHUNK_S = 0.01


class EchoCanceller:
    """For one microphone and one loudspeaker of the same rate.

    Args:
        rate: samples a second.
        delay_ms: how long after it was played a sound comes back by the microphone, about.
    """

    def __init__(self, rate: int, delay_ms: int = 60) -> None:
        from livekit import rtc  # loads a native library: only whoever speaks needs it

        self._rtc, self._rate = rtc, rate
        self._samples = int(rate * _CHUNK_S)
        self._module = rtc.AudioProcessingModule(
            echo_cancellation=True, noise_suppression=True, high_pass_filter=True, auto_gain_control=False
        )
        self._module.set_stream_delay_ms(delay_ms)

    def played(self, pcm: bytes) -> None:
        """This is played now; whole chunks of 10 ms."""
        for frame in self._frames(pcm):
            self._module.process_reverse_stream(frame)

    def clean(self, pcm: bytes) -> bytes:
        """What the microphone heard, without what was played; whole chunks of 10 ms."""
        cleaned = bytearray()
        for frame in self._frames(pcm):
            self._module.process_stream(frame)
            cleaned += bytes(frame.data)
        return bytes(cleaned)

    def _frames(self, pcm: bytes) -> list[Any]:
        size = self._samples * 2
        return [
            self._rtc.AudioFrame(bytearray(pcm[at : at + size]), self._rate, 1, self._samples)
            for at in range(0, len(pcm) - size + 1, size)
        ]
