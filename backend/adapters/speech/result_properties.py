"""Which properties the SDK reads of a recognition before anybody has asked for them."""

from collections.abc import Iterator
from types import FunctionType
from typing import Any

from azure.cognitiveservices.speech import PropertyId, RecognitionResult

__all__ = ["WANTED", "read_wanted_properties"]

WANTED = (PropertyId.SpeechServiceConnection_AutoDetectSourceLanguageResult,)
"""All that is asked of a result's ``properties``; its text, times and JSON are none of them."""


class _Names:
    """The SDK's names of properties, of which a result goes through those that are wanted."""

    def __iter__(self) -> Iterator[PropertyId]:
        return iter(WANTED)

    def __getattr__(self, name: str) -> Any:
        return getattr(PropertyId, name)


_names = _Names()


def read_wanted_properties() -> None:
    """Have the SDK read of each result the properties that are wanted. Safe to call twice.

    It looks for all 116, one after the other, in every partial and every final, on a thread of its own (captured from
    1.53.0). For each it calls its library twice and gives Python's lock away both times, so that a partial asks the
    loop for it more than two hundred times. Where a later SDK makes its results in another way nothing changes but
    what they cost.
    """
    init = RecognitionResult.__init__
    if isinstance(init, FunctionType) and init.__globals__.get("PropertyId") is PropertyId:
        names = {**init.__globals__, "PropertyId": _names}
        RecognitionResult.__init__ = FunctionType(
            init.__code__, names, init.__name__, init.__defaults__, init.__closure__
        )
