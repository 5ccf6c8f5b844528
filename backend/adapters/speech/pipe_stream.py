"""An audio stream of the SDK that reads from a pipe, without a line of Python."""

import ctypes

from azure.cognitiveservices.speech.audio import AudioStreamFormat, PullAudioInputStream, PullAudioInputStreamCallback
from azure.cognitiveservices.speech.interop import lib_path

from backend.domain.audio import AudioFormat

__all__ = ["PipeStream"]

_read = ctypes.cast(ctypes.CDLL(None).read, ctypes.c_void_p)
_set_callbacks = ctypes.CDLL(lib_path).pull_audio_input_stream_set_callbacks
_set_callbacks.argtypes = (ctypes.c_void_p,) * 4
_set_callbacks.restype = ctypes.c_size_t


class PipeStream(PullAudioInputStream):
    """A pull stream whose reader is the system's own ``read``.

    What the SDK calls for audio has a context, a buffer and its size as arguments, and gives how many bytes it has
    filled in: just what ``read`` takes and gives, with the number of a file as context. So a thread of the SDK waits
    for audio in the system and never for Python's lock. A reader in Python takes the lock from the loop, and the thread
    gets a state of the interpreter made and thrown away for each piece.

    Args:
        number: of the pipe's end to read from. At the end of what was written the stream ends.
        audio: format of what comes of it.

    Raises:
        RuntimeError: the SDK refused.
    """

    def __init__(self, number: int, audio: AudioFormat) -> None:
        super().__init__(PullAudioInputStreamCallback(), AudioStreamFormat(audio.sample_rate, 16, 1))
        if status := _set_callbacks(self._handle, number, _read, None):
            raise RuntimeError(f"the stream takes no reader ({status:#x})")
