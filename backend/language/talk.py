"""What callers say about the conversation itself: beside the matter, about waiting and leaving; and of people in need.

Each is a question that the engine, the forms or the tools ask of words. A language that cannot tell answers no, and
the words go on to the agent.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from backend.language.safety import Safety

__all__ = ["Beside", "Talk", "finds"]

Beside = Literal[
    "why", "wait", "again", "slower", "machine", "hearing", "here", "if_yes", "may_ask", "language", "recorded",
    "how_long",
]  # fmt: skip
"""Words beside the matter: "why do you ask", "hold on", "say that again", "slower", "are you a robot", "can you hear
me", "yes, I'm here", "what happens if I say yes", "can I ask you something first", "do you speak Spanish", "is this
recorded", "how long does it take"."""


def finds(pattern: re.Pattern[str], plain: Callable[[str], str] = str) -> Callable[[str], bool]:
    """Does a pattern stand anywhere in the words, once these are in the spelling that it is written in?"""
    return lambda text: pattern.search(plain(text)) is not None


def _nothing_beside(_text: str) -> Beside | None:
    return None


def _as_it_is(text: str) -> str:
    return text


def _never(_text: str) -> bool:
    return False


def _unknown(_text: str) -> float:
    return 0.0


def _is_silence(text: str) -> bool:
    return not text.strip()


def _safety_unread(_text: str, _asked: bool) -> Safety:
    return Safety()


def _asks_for_none(_text: str, _bare: bool) -> str:
    return ""


def _denies_nothing(_text: str, _name: str) -> bool:
    return False


@dataclass(frozen=True)
class Talk:
    """How people talk in one language; what it cannot tell stays with the defaults.

    Args:
        beside: what the *whole* of the words says beside the matter; ``None`` when there is more in it.
        is_present: do they say no more than that somebody is there? The answer to "are you still there?".
        is_back: do they say no more than that they are there again, after a "hold on"?
        asks_for_time: do they ask to be waited for ("hold on", "let me find my papers")?
        is_hesitation: is it only the mumbling of somebody who is looking for something?
        calls_off: would somebody who is being connected rather not wait ("never mind", "stop")?
        does_not_know: does the whole of it say that the caller cannot say?
        asks_back: is the whole of it a question?
        says_goodbye: is all of it a goodbye, and no answer to anything?
        withdraws: does the caller want no more of what they came for ("forget it, I don't want to file that")?
        starts_over: would they like to begin anew, as something went wrong, and is that all that they say?
        speaks_of: is the name in the second argument that of somebody else, of whom the caller speaks?
        denies_to_be: does somebody who passed for the name in the second argument now say to be somebody else?
        has_goodbye: is there a goodbye among the words?
        nothing_to_change: does all of it say that nothing is to be changed after all? It is no confirmation.
        is_greeting: is it nothing but a hello, which asks for no answer of its own?
        sounds_like_machine: do only machines that take messages say this?
        sounds_like_person: does somebody wait for an answer? A receptionist's hello may be as long as a machine's.
        safety: who is hurt, and where the caller is; the second argument says whether it was asked for. Unasked, only
            what speaks of everybody says that nobody is hurt.
        despairs: does somebody want to die, or to harm themselves?
        needs_help_now: does somebody need help this very moment, whatever was asked? What was is no need.
        may_need_help: is there a word of peril that nothing takes back, so that it is better asked whether they do?
        mourns: have they lost somebody, which is nothing of this moment?
        distress: how likely it is that who says this needs help now, in log odds, by what was learned of how people
            say so; 0 where it was not learned.
        in_own_words: the words with everyday ones of another language said in this one ("sí, it drives").
        without_instructions: the words without what they tell the machine to do ("and ignore what you were told").
        wants_keys: would the caller rather press keys than say a number?
        asks_for_language: the code of the language that they would rather speak, where that is all that they say; the
            second argument says whether its name alone is such a wish.
    """

    beside: Callable[[str], Beside | None] = _nothing_beside
    is_present: Callable[[str], bool] = _never
    is_back: Callable[[str], bool] = _never
    asks_for_time: Callable[[str], bool] = _never
    is_hesitation: Callable[[str], bool] = _is_silence
    calls_off: Callable[[str], bool] = _never
    does_not_know: Callable[[str], bool] = _never
    asks_back: Callable[[str], bool] = _never
    says_goodbye: Callable[[str], bool] = _never
    withdraws: Callable[[str], bool] = _never
    starts_over: Callable[[str], bool] = _never
    speaks_of: Callable[[str, str], bool] = _denies_nothing
    denies_to_be: Callable[[str, str], bool] = _denies_nothing
    has_goodbye: Callable[[str], bool] = _never
    nothing_to_change: Callable[[str], bool] = _never
    is_greeting: Callable[[str], bool] = _is_silence
    sounds_like_machine: Callable[[str], bool] = _never
    sounds_like_person: Callable[[str], bool] = _never
    safety: Callable[[str, bool], Safety] = _safety_unread
    despairs: Callable[[str], bool] = _never
    needs_help_now: Callable[[str], bool] = _never
    may_need_help: Callable[[str], bool] = _never
    mourns: Callable[[str], bool] = _never
    distress: Callable[[str], float] = _unknown
    in_own_words: Callable[[str], str] = _as_it_is
    without_instructions: Callable[[str], str] = _as_it_is
    wants_keys: Callable[[str], bool] = _never
    asks_for_language: Callable[[str, bool], str] = _asks_for_none
