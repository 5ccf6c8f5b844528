"""What the synthesizer is given, and the way back from its word boundaries to the plain text."""

import html
import re
from dataclasses import dataclass

from backend.domain.speech import Voice

__all__ = ["Script", "SpokenText", "needs_ssml", "script"]

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids or discourages; one of them would fail the whole synthesis."""

_FAR = 80
"""Characters in which a word is looked for: one that is spoken and not written ("five" for "$5") must not be found
in a later sentence, or the caller would have heard all that lies between."""


class SpokenText:
    """Finds the words of a text in the order in which they are spoken.

    Args:
        text: the plain text; for streamed text, what is known of it so far.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._cursor = 0

    def add(self, piece: str) -> None:
        """More text."""
        self.text += piece

    def locate(self, word: str, hint: int = -1) -> int:
        """Index of ``word`` in the text; -1 when it is not there as spoken ("$5" read as "five dollars").

        ``hint`` is where it should be, if somebody knows.
        """
        if not word:
            return -1
        for spoken in (word, html.unescape(word)):  # the word may come as it stands in the SSML
            if not (hint >= 0 and self.text.startswith(spoken, hint)):
                hint = self.text.find(spoken, self._cursor, self._cursor + _FAR + len(spoken))
            if hint >= 0:
                self._cursor = hint + len(spoken)
                return hint
        return -1


@dataclass(frozen=True, slots=True)
class Script:
    """One synthesis: the SSML and how its characters belong to the text."""

    ssml: str
    text: str
    prefix: int
    """Characters of SSML before the text."""
    body: str
    """The text as it stands in the SSML, escaped."""

    def plain_offset(self, ssml_offset: int) -> int:
        """Index in the text of a character of the SSML; -1 when it is not of the text."""
        inside = ssml_offset - self.prefix
        if inside < 0 or inside >= len(self.body):
            return -1
        return len(html.unescape(self.body[:inside]))


def script(text: str, voice: Voice) -> Script:
    """Write ``text`` for ``voice``.

    Only ``& < >`` are escaped in the text: the SDK looks the words that the service reports up in the SSML,
    and would not find "it's" as "it&apos;s" (1.53.0). Characters that XML cannot hold become spaces.
    """
    spoken = _UNSPEAKABLE.sub(" ", text)
    body = html.escape(spoken, quote=False)
    opening, closing = _frame(voice)
    return Script(opening + body + closing, spoken, len(opening), body)


def needs_ssml(voice: Voice) -> bool:
    """Is there more to say about this voice than its name? Streamed text (v2) has no SSML."""
    manner = (voice.style, voice.style_degree, voice.rate, voice.pitch, voice.volume)
    return any(manner) or not voice.name.startswith(voice.language)


def _frame(voice: Voice) -> tuple[str, str]:
    opening = (
        '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" '
        f'xmlns:mstts="https://www.w3.org/2001/mstts"{_attribute("xml:lang", voice.language)}>'
        f"<voice{_attribute('name', voice.name)}>"
    )
    closing = "</voice></speak>"
    if voice.style:
        degree = f"{voice.style_degree:g}" if voice.style_degree is not None else None
        opening += f"<mstts:express-as{_attribute('style', voice.style)}{_attribute('styledegree', degree)}>"
        closing = "</mstts:express-as>" + closing
    if not voice.name.startswith(voice.language):
        # A multilingual voice speaks the language of its name unless it is told otherwise.
        opening += f"<lang{_attribute('xml:lang', voice.language)}>"
        closing = "</lang>" + closing
    prosody = "".join(_attribute(name, getattr(voice, name)) for name in ("rate", "pitch", "volume"))
    if prosody:
        opening += f"<prosody{prosody}>"
        closing = "</prosody>" + closing
    return opening, closing


def _attribute(name: str, value: str | None) -> str:
    return f' {name}="{html.escape(_UNSPEAKABLE.sub("", value))}"' if value else ""
