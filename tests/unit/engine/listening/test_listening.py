"""A recognizer is replaced without taking words away from anybody."""

import asyncio

from backend.domain.agent import SpeechSpec
from backend.domain.audio import PCM_16K
from backend.engine.listening.listening import Listener
from backend.testing.caller import FakeSpeechToText
from backend.testing.virtual_time import run_virtual


class Loud:
    """Voice activity by the first byte alone."""

    speaking = False

    def feed(self, pcm: bytes) -> bool:
        begins = bool(pcm[0]) and not self.speaking
        self.speaking = bool(pcm[0])
        return begins


def test_it_is_not_replaced_while_the_caller_speaks() -> None:
    async def story() -> None:
        stt = FakeSpeechToText()
        listener = Listener(stt, PCM_16K, Loud(), lambda _: None, lambda _: None)  # pyright: ignore[reportArgumentType]
        listener.tune(SpeechSpec())
        await asyncio.sleep(0.1)
        first = listener._recognition
        listener.hear(b"\1" * 640)
        listener.tune(SpeechSpec(phrases=("yesterday",)))
        await asyncio.sleep(0.5)
        assert listener._recognition is first
        listener.hear(b"\0" * 640)
        await asyncio.sleep(0.1)
        assert listener._recognition is not first
        assert [options.phrases for options in stt.options] == [(), ("yesterday",)]
        await listener.close()

    run_virtual(story())
