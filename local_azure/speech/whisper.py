"""Better ears for the local Azure: Whisper hears each utterance once more when it has ended.

PocketSphinx goes on to find the utterances and to tell the words so far; only the final words are Whisper's. They come
in the written form, as the real service's do: with capitals, marks and figures.
"""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from local_azure.speech import whisper_worker
from local_azure.speech.whisper_worker import Understood

__all__ = ["WhisperEars"]

_LIMIT_S = 6.0
"""An utterance that takes longer is told as PocketSphinx has heard it."""


class WhisperEars:
    """Owns the process in which Whisper runs; it starts with the first utterance or with :meth:`warm`."""

    def __init__(self) -> None:
        self._worker: ProcessPoolExecutor | None = None

    async def warm(self) -> None:
        """Load the model, so that the first caller does not wait for it."""
        await asyncio.get_running_loop().run_in_executor(self._started(), whisper_worker.ready)

    async def understand(self, pcm: bytes, languages: tuple[str, ...]) -> Understood:
        """What one utterance says; two empty texts where Whisper makes nothing of it, or not in time.

        Args:
            pcm: 16-bit mono PCM of 16 kHz.
            languages: those that may be spoken ("en-US").
        """
        short = tuple(dict.fromkeys(tag.partition("-")[0] for tag in languages))
        work = asyncio.get_running_loop().run_in_executor(self._started(), whisper_worker.understand, pcm, short)
        try:
            return await asyncio.wait_for(work, _LIMIT_S)
        except TimeoutError:
            return "", ""
        except BrokenProcessPool:
            self._worker = None  # the next utterance starts another
            return "", ""

    async def close(self) -> None:
        """End the process."""
        worker, self._worker = self._worker, None
        if worker is not None:
            await asyncio.to_thread(worker.shutdown, wait=True, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._worker is None:
            context = multiprocessing.get_context("spawn")
            self._worker = ProcessPoolExecutor(1, mp_context=context, initializer=whisper_worker.load)
        return self._worker
