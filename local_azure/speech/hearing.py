"""Writes what was heard as the service's JSON: ``speech.hypothesis`` and ``speech.phrase``."""

import uuid

from local_azure.speech.engine import Hypothesis, Phrase, RecognitionRequest
from local_azure.speech.usp import ticks

__all__ = ["Hearing"]


class Hearing:
    """One turn's words on the wire.

    Times count from the turn's own first audio, also after a reconnect: the SDK (1.53.0) adds the place in its
    stream at which it went on (``continuation`` of ``speech.context``) by itself.
    """

    def __init__(self, request: RecognitionRequest) -> None:
        self.request = request
        self._quiet_since_ms = 0.0
        self._speaking = False

    def mark(self, at_ms: float) -> dict[str, object]:
        """Body of ``speech.startDetected`` and ``speech.endDetected``."""
        return {"Offset": self._ticks(at_ms)}

    def hypothesis(self, heard: Hypothesis) -> dict[str, object]:
        """Body of ``speech.hypothesis``."""
        place = self._place(heard.offset_ms, heard.duration_ms)
        return {"Id": uuid.uuid4().hex, "Text": heard.text, **place, "Channel": 0, **self._language()}

    def phrase(self, heard: Phrase) -> dict[str, object]:
        """Body of ``speech.phrase``; without words its status is ``NoMatch``."""
        body: dict[str, object] = {"Id": uuid.uuid4().hex}
        place = self._place(heard.offset_ms, heard.duration_ms)
        if not heard.text:
            return {**body, "RecognitionStatus": "NoMatch", **place, "Channel": 0}
        body["RecognitionStatus"] = "Success"
        if self.request.detailed:
            body |= {**place, "Channel": 0, "DisplayText": heard.text, "NBest": [self._best(heard)]}
        else:
            body |= {"DisplayText": heard.text, **place, "Channel": 0}
        return body | self._language(heard.language)

    def end_of_dictation(self, at_ms: float) -> dict[str, object]:
        """The empty phrase that ends a stream."""
        place = self._place(at_ms, 0.0)
        return {"Id": uuid.uuid4().hex, "RecognitionStatus": "EndOfDictation", **place, "Channel": 0}

    def began(self) -> None:
        """Somebody speaks."""
        self._speaking = True

    def ended(self, at_ms: float) -> None:
        """He stopped: the wait for a silent caller begins anew."""
        self._speaking = False
        self._quiet_since_ms = max(self._quiet_since_ms, at_ms)

    def silence(self, now_ms: float) -> dict[str, object] | None:
        """``InitialSilenceTimeout``, once nobody has begun to speak for as long as the client allows."""
        limit = self.request.initial_silence_ms
        if not limit or self._speaking or now_ms - self._quiet_since_ms < limit:
            return None
        self._quiet_since_ms = now_ms
        place = self._place(now_ms, 0.0)
        return {"Id": uuid.uuid4().hex, "RecognitionStatus": "InitialSilenceTimeout", **place, "Channel": 0}

    def _best(self, heard: Phrase) -> dict[str, object]:
        words = [
            {
                "Word": word.text,
                "Confidence": heard.confidence,
                **self._place(word.start_ms, word.end_ms - word.start_ms),
            }
            for word in heard.words
        ]
        forms = dict.fromkeys(("Lexical", "ITN", "MaskedITN", "Display"), heard.text)
        return {"Confidence": heard.confidence, **forms, "Words": words}

    def _place(self, offset_ms: float, duration_ms: float) -> dict[str, int]:
        return {"Offset": self._ticks(offset_ms), "Duration": ticks(max(0.0, duration_ms))}

    def _ticks(self, at_ms: float) -> int:
        return ticks(max(0.0, at_ms))

    def _language(self, found: str = "") -> dict[str, object]:
        if not self.request.identify_language:
            return {}
        return {"PrimaryLanguage": {"Language": found or self.request.languages[0], "Confidence": "High"}}
