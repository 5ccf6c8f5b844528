"""How people talk in English, put together."""

import re

from backend.language.distress import read_distress
from backend.language.en.answering import is_greeting, sounds_like_machine, sounds_like_person
from backend.language.en.asking_back import asks_back
from backend.language.en.asking_language import asks_for_language
from backend.language.en.bereavement import mourns
from backend.language.en.beside import is_back, is_present, read_beside
from backend.language.en.borrowed import in_own_words
from backend.language.en.consent import nothing_to_change
from backend.language.en.despair import despairs
from backend.language.en.instructing import without_instructions
from backend.language.en.leaving import does_not_know, has_goodbye, says_goodbye, withdraws
from backend.language.en.peril import needs_help_now
from backend.language.en.possible_peril import may_need_help
from backend.language.en.safety import read_safety
from backend.language.en.spoken_of import speaks_of
from backend.language.en.spokesman import denies_to_be
from backend.language.en.starting_over import starts_over
from backend.language.en.waiting import asks_for_time, calls_off, is_hesitation
from backend.language.talk import Talk, finds

__all__ = ["TALK"]

_KEYS = re.compile(r"\b(?:type|typing|press|key|keys|keypad|buttons?|punch|dial|enter)\b", re.IGNORECASE)


TALK = Talk(
    beside=read_beside,
    is_present=is_present,
    is_back=is_back,
    asks_for_time=asks_for_time,
    is_hesitation=is_hesitation,
    calls_off=calls_off,
    does_not_know=does_not_know,
    asks_back=asks_back,
    says_goodbye=says_goodbye,
    withdraws=withdraws,
    starts_over=starts_over,
    speaks_of=speaks_of,
    denies_to_be=denies_to_be,
    has_goodbye=has_goodbye,
    nothing_to_change=nothing_to_change,
    is_greeting=is_greeting,
    sounds_like_machine=sounds_like_machine,
    sounds_like_person=sounds_like_person,
    safety=read_safety,
    despairs=despairs,
    needs_help_now=needs_help_now,
    may_need_help=may_need_help,
    mourns=mourns,
    distress=read_distress("en").odds,
    in_own_words=in_own_words,
    without_instructions=without_instructions,
    wants_keys=finds(_KEYS),
    asks_for_language=asks_for_language,
)
