"""The caller's keypad: keys are words in a caller's turn, or one of them asks for a person."""

import asyncio
from collections.abc import Callable

from backend.domain.session import CallSession
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.limits import ConversationLimits
from backend.engine.listening.endpointing import expected_now
from backend.engine.listening.tones import Tones
from backend.engine.turn.words import CallerWords
from backend.language.named import language_named

__all__ = ["Keypad"]


class Keypad:
    """Collects keys and says what they mean.

    Args:
        words: where they are put, behind what was said.
        language: tells the language of the call, in which digits may have been said before the keys.
        on_person: called when the key for a person was meant as such.
        on_words: called when an input is complete and is to be answered.
    """

    def __init__(
        self,
        session: CallSession,
        floor: Floor,
        words: CallerWords,
        limits: ConversationLimits,
        language: Callable[[], str],
        on_person: Callable[[], None],
        on_words: Callable[[], None],
    ) -> None:
        self._session = session
        self._floor = floor
        self._words = words
        self._limits = limits
        self._language = language
        self._on_person = on_person
        self._on_words = on_words
        self._loop = asyncio.get_running_loop()
        self._tones = Tones(
            limits.inter_digit_s,
            limits.terminator,
            self._on_keys,
            missing=self._missing_digits,
            slow_s=limits.slow_digit_s,
        )
        self.used_at = float("-inf")
        """Loop time of the last complete input."""

    @property
    def collecting(self) -> bool:
        """Is an input under way?"""
        return self._tones.collecting

    def press(self, key: str) -> None:
        """A key was pressed."""
        self._tones.press(key)

    def close(self) -> None:
        """Forget what was pressed."""
        self._tones.close()

    def _on_keys(self, keys: str) -> None:
        before, self.used_at = self.used_at, self._loop.time()
        if self._asks_for_person(keys, since_keys=self.used_at - before) and not self._floor.leaving:
            self._on_person()
            return
        self._words.press(keys, self.used_at)
        if self._floor.turn is None and not self._floor.leaving:
            self._on_words()

    def _asks_for_person(self, keys: str, *, since_keys: float) -> bool:
        """The key for a person, once or impatiently; inside a number, asked for or not, it is a digit like others."""
        alone = set(keys) == {self._limits.person_key} and not self._words.text
        expected = expected_now(self._session)
        in_number = expected.digits or expected.number or since_keys < self._limits.slow_digit_s
        return alone and not in_number

    def _missing_digits(self) -> int:
        """Digits of the number that was asked for, less those that were said already; never none where one was."""
        expected = expected_now(self._session)
        if not expected.digits:
            return expected.keys
        said = language_named(self._language()).turns.digits(self._words.text)
        return max(1, expected.digits - len(said))
