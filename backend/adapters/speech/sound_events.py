"""What the SDK reads of a piece of the voice's sound before it says that there is one."""

import ctypes

from azure.cognitiveservices.speech import SpeechSynthesizer
from azure.cognitiveservices.speech.interop import lib_path

__all__ = ["SoundEvent", "read_wanted_sound"]

_CALLBACK = "_SpeechSynthesizer__synthesizing_callback"
"""Where the SDK's Python keeps what its threads call for each piece (captured from 1.53.0)."""
_ID_BYTES = 1024

_library = ctypes.CDLL(lib_path)
"""Each call gives Python's lock away: kept, it might be waited for by who has locked the library's table of handles."""
_Id = ctypes.c_char * (_ID_BYTES + 1)
_handle = ctypes.c_void_p
_kept: list[object] = []
"""The SDK's own callback: a synthesizer that was made before may still call it."""


def _arranged() -> bool:
    for name, *arguments in (
        ("synthesizer_synthesis_event_get_result", _handle, _handle),
        ("synth_result_get_result_id", _handle, _handle, ctypes.c_uint32),
        ("synth_result_get_audio_length_duration", _handle, _handle, _handle),
        ("synth_result_get_audio_data", _handle, _handle, ctypes.c_uint32, _handle),
        ("synthesizer_result_handle_release", _handle),
        ("synthesizer_event_handle_release", _handle),
    ):
        function = getattr(_library, name, None)
        if function is None:
            return False
        function.argtypes = arguments
        function.restype = ctypes.c_size_t
    return True


class SoundEvent:
    """A piece of sound and the request to which it belongs; itself the ``result`` that an event of the SDK has.

    Args:
        event: the SDK's handle of the event, which stays its giver's.

    Raises:
        RuntimeError: the SDK refused.
    """

    def __init__(self, event: int) -> None:
        result = _handle()
        _check(_library.synthesizer_synthesis_event_get_result(event, ctypes.byref(result)))
        try:
            name = _Id()
            _check(_library.synth_result_get_result_id(result, name, _ID_BYTES))
            self.result_id = name.value.decode()
            self.audio_data = _audio(result)
        finally:
            _library.synthesizer_result_handle_release(result)

    @property
    def result(self) -> "SoundEvent":
        """Where the SDK's event has what this one has itself."""
        return self


def _audio(result: ctypes.c_void_p) -> bytes:
    size, duration, filled = ctypes.c_uint32(), ctypes.c_uint64(), ctypes.c_uint32()
    _check(_library.synth_result_get_audio_length_duration(result, ctypes.byref(size), ctypes.byref(duration)))
    if not size.value:
        return b""
    audio = bytearray(size.value)
    first = ctypes.c_char.from_buffer(audio)
    _check(_library.synth_result_get_audio_data(result, ctypes.byref(first), size, ctypes.byref(filled)))
    return bytes(audio)


def _check(status: int) -> None:
    if status:
        raise RuntimeError(f"a piece of sound cannot be read ({status:#x})")


@ctypes.CFUNCTYPE(None, _handle, _handle, _handle)
def _on_sound(_: int, event: int, context: int) -> None:
    try:
        synthesizer: SpeechSynthesizer | None = ctypes.cast(context, ctypes.py_object).value.get()
        if synthesizer is not None:
            synthesizer.synthesizing.signal(SoundEvent(event))
    finally:
        _library.synthesizer_event_handle_release(event)


def read_wanted_sound() -> None:
    """Have the SDK read of each piece of sound its bytes and its request. Safe to call twice.

    Of itself it asks its library for the reason, the length in time and the properties too, and for each handle
    whether it is one before it frees it: eleven calls a piece (captured from 1.53.0), on a thread of its own. In each
    it gives Python's lock away and asks the loop for it again. Here it is six.

    Where a later SDK keeps its callback elsewhere nothing changes but what a piece costs.
    """
    before = vars(SpeechSynthesizer).get(_CALLBACK)
    if before is not None and before is not _on_sound and _arranged():
        _kept.append(before)
        setattr(SpeechSynthesizer, _CALLBACK, _on_sound)
