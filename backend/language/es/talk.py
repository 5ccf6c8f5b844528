"""How people talk in Spanish, put together."""

import re

from backend.language.distress import read_distress
from backend.language.es.answering import is_greeting, sounds_like_machine, sounds_like_person
from backend.language.es.asking_back import asks_back
from backend.language.es.asking_language import asks_for_language
from backend.language.es.bereavement import mourns
from backend.language.es.beside import is_back, is_present, read_beside
from backend.language.es.borrowed import in_own_words
from backend.language.es.despair import despairs
from backend.language.es.instructing import without_instructions
from backend.language.es.leaving import does_not_know, has_goodbye, says_goodbye, withdraws
from backend.language.es.peril import needs_help_now
from backend.language.es.possible_peril import may_need_help
from backend.language.es.safety import read_safety
from backend.language.es.spoken_of import speaks_of
from backend.language.es.standing import denies_to_be
from backend.language.es.starting_over import starts_over
from backend.language.es.unchanged import nothing_to_change
from backend.language.es.waiting import asks_for_time, calls_off, is_hesitation
from backend.language.es.words import folded
from backend.language.talk import Talk, finds

__all__ = ["TALK"]

_KEYS = re.compile(
    r"\b(?:tecla(?:s|do)?|tecle(?:o|ar\w*)|marcar\w*|digitar\w*|boton(?:es)?|(?:apretar|oprimir|presionar|pulsar)\w*)\b"
)


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
    distress=read_distress("es").odds,
    in_own_words=in_own_words,
    without_instructions=without_instructions,
    wants_keys=finds(_KEYS, folded),
    asks_for_language=asks_for_language,
)
