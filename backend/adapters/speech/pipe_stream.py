"""An audio stream of the SDK that reads from a pipe, without a line of Python."""

import ctypes

from azure.cognitiveservices.speech.audio import AudioStreamFormat, PullAudioInputStream, PullAudioInputStreamCallback
from azure.cognitiveservices.speech.interop import lib_path

from backend.domain.audio import AudioFormat

__all__ = ["PipeStream"]

_system, _library = ctypes.CDLL(None), ctypes.CDLL(lib_path)
_read = ctypes.cast(_system.read, ctypes.c_void_p)
_nothing = ctypes.cast(_system.abs, ctypes.c_void_p)
"""Whatever it is called with, it touches no memory and comes back at once."""
_set_callbacks = _library.pull_audio_input_stream_set_callbacks
_set_callbacks.argtypes = (ctypes.c_void_p,) * 4
_set_callbacks.restype = ctypes.c_size_t
_set_property_callback = _library.pull_audio_input_stream_set_getproperty_callback
_set_property_callback.argtypes = (ctypes.c_void_p,) * 3
_set_property_callback.restype = ctypes.c_size_t


class PipeStream(PullAudioInputStream):
    """A pull stream whose reader is the system's own ``read``.

    What the SDK calls for audio has a context, a buffer and its size as arguments, and gives how many bytes it has
    filled in: just what ``read`` takes and gives, with the number of a file as context. So a thread of the SDK waits
    for audio in the system and never for Python's lock. A reader in Python takes the lock from the loop, and the thread
    gets a state of the interpreter made and thrown away for each piece.

    For each piece the SDK also asks who speaks in it and when it was recorded. A stream that knows neither leaves the
    buffer as it is; the SDK's own Python does so, too, but takes the lock for it five hundred times a second with
    twenty callers. So a function of the system that does nothing answers. (Without any the process ends: the SDK calls
    whatever it was given. Captured from 1.53.0.)

    Args:
        number: of the pipe's end to read from. At the end of what was written the stream ends.
        audio: format of what comes of it.

    Raises:
        RuntimeError: the SDK refused.
    """

    def __init__(self, number: int, audio: AudioFormat) -> None:
        super().__init__(PullAudioInputStreamCallback(), AudioStreamFormat(audio.sample_rate, 16, 1))
        status = _set_callbacks(self._handle, number, _read, None)
        status = status or _set_property_callback(self._handle, None, _nothing)
        if status:
            raise RuntimeError(f"the stream takes no reader ({status:#x})")
