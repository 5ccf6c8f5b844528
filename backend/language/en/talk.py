"""How people talk in English, put together."""

from backend.language.en.consent import nothing_to_change
from backend.language.en.spoken.answering import is_greeting, sounds_like_machine, sounds_like_person
from backend.language.en.spoken.aside import is_present, read_aside
from backend.language.en.spoken.asking_back import asks_back
from backend.language.en.spoken.farewell import has_goodbye, says_goodbye
from backend.language.en.spoken.safety import read_safety
from backend.language.en.spoken.unsure import does_not_know
from backend.language.en.spoken.waiting_room import asks_for_time, calls_off, is_hesitation
from backend.language.en.spokesman import denies_to_be
from backend.language.talk import Talk

__all__ = ["TALK"]

TALK = Talk(
    beside=read_aside,
    is_present=is_present,
    asks_for_time=asks_for_time,
    is_hesitation=is_hesitation,
    calls_off=calls_off,
    does_not_know=does_not_know,
    asks_back=asks_back,
    says_goodbye=says_goodbye,
    denies_to_be=denies_to_be,
    has_goodbye=has_goodbye,
    nothing_to_change=nothing_to_change,
    is_greeting=is_greeting,
    sounds_like_machine=sounds_like_machine,
    sounds_like_person=sounds_like_person,
    safety=read_safety,
)
