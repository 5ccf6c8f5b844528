"""Weighs the answer to "is anybody hurt or in danger?", whoever asks it, and asks it in other words."""

from backend.domain.phrases import Phrases, fill
from backend.language.consent import consent_in
from backend.language.named import language_named

__all__ = ["DangerQuestion"]


class DangerQuestion:
    """The question whether anybody is in danger, as it is put in one language.

    Args:
        tag: what is spoken with the caller, as ``en-US``.
        phrases: what the agent says in fixed words.
    """

    def __init__(self, tag: str, phrases: Phrases) -> None:
        self._tag = tag
        self._language = language_named(tag)
        self._phrases = phrases

    def is_danger(self, text: str, *, asked: bool, need: bool) -> bool:
        """Any yes counts, whatever else is said: "yes, I smell gas, I'm at home".

        Args:
            text: the caller's words.
            asked: do they answer the question?
            need: do they say so surely, asked or not?
        """
        told = self._language.talk.safety(text, asked)
        if need:
            return True
        if told.urgent or (told.injured and not told.minor) or (asked and told.safe is False):
            return True
        return asked and "yes" in self._answers(text)

    def is_no_danger(self, text: str) -> bool:
        """Denied, and nothing else in it may be danger: not "nobody is hurt, but I smell gas"."""
        talk = self._language.talk
        whole, *clauses = self._answers(text)
        told = self._language.account.plain_clauses(text)
        denials = [
            one == "no" or talk.safety(said, True).injured is False for said, one in zip(told, clauses, strict=True)
        ]
        return whole == "no" or (any(denials) and (all(denials) or not any(map(talk.may_need_help, told))))

    def again(self, asked: int) -> str:
        """The question once more, for who has been asked so many times: in other words, and then with keys."""
        phrases = self._phrases
        if asked == 1:
            return fill(phrases.yes_or_no, {"question": phrases.in_danger_again or phrases.in_danger})
        return fill(phrases.yes_or_no_keys, {"question": phrases.in_danger})

    def _answers(self, text: str) -> list[str]:
        """What the words answer to the question, as a whole and clause by clause."""
        parts = (text, *self._language.account.plain_clauses(text))
        return [consent_in(self._tag, part, asked=self._phrases.in_danger, keys=True) for part in parts]
