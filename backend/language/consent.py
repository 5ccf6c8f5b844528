"""What words say to a question for a yes, in the language of the call."""

from collections.abc import Callable
from datetime import datetime

from backend.language.asked import Asked
from backend.language.consent_kind import Consent
from backend.language.languages import code_of, loaded
from backend.language.named import language_named, region_of
from backend.language.turn_memory import remembered

__all__ = ["Consent", "consent_in"]

_KEYS: dict[str, Consent] = {"1": "yes", "2": "no"}


@remembered
def consent_in(
    language: str, text: str, *, asked: str = "", keys: bool = False, negative: bool = False, plainly: bool = False
) -> Consent:
    """What ``text`` says to a question for a yes; never a yes in a language that has no reader for it.

    Args:
        language: of the call, as "es-MX".
        text: the caller's words.
        asked: the question; its own words are harmless in the answer.
        keys: 1 was offered for yes and 2 for no.
        negative: the question denies something, so that a bare yes or no may mean either.
        plainly: a refusal, too, has to be plain: one that may deny a fault or a doubt ("no question about it") is
            ``hedged``.
    """
    reader: Callable[..., Consent] | None = loaded(code_of(language), "consent")
    if reader is not None:
        found = reader(text, asked=asked, keys=keys, negative=negative)
        own = language_named(language).talk.in_own_words(text) if found == "unclear" else text
        if own and own != text:
            text, found = own, reader(own, asked=asked, keys=keys, negative=negative)
        by_key = keys and text.strip() in _KEYS
        refuses: Callable[..., bool] | None = loaded(code_of(language), "refusal") if plainly and not by_key else None
        doubted = (
            refuses is not None
            and found in ("no", "correction")
            and not refuses(text, asked, negative=negative or None)
        )
        return "hedged" if doubted else found
    if keys and text.strip() in _KEYS:
        return _KEYS[text.strip()]
    question = Asked("yes_no", datetime.min, region_of(language), question=asked, confirms=True)
    reading = language_named(language).read(text, question)
    if reading.outcome != "value":
        return "hedged" if reading.outcome == "ask" and reading.value is not None else "unclear"
    if reading.value:
        return "unclear" if negative else "yes"
    return "correction" if reading.unread else "unclear" if negative else "no"
