"""Everything that reads what callers say. None of it may fail, whatever is said; what cannot be read is refused."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from backend.agents.yaml_file import parse_yaml
from backend.domain.form_spec import FormSpec
from backend.forms.about import About
from backend.forms.form import Form
from backend.forms.reading import read as read_answer
from backend.forms.spotting import spot
from backend.language.asked import Asked, Choice, Kind
from backend.language.en import answering, asking_back, beside, clauses, consent, leaving, number_runs, safety, waiting
from backend.language.en.account import ACCOUNT
from backend.language.en.alike_names import sound_of
from backend.language.en.told_name import ToldNames
from backend.language.en.turn_words import TURN_WORDS
from backend.language.named import language_named

__all__ = ["READERS", "SENTENCES", "read"]

SENTENCES = (
    "my name is Ann O'Neill and the zip code is six zero six zero one", "four eight two one", "it was double five oh two",
    "yesterday at about half past eight in the morning", "last Friday the thirteenth of November", "no, nobody was hurt, my neck is sore",
    "my wife drove the two thousand nineteen Honda Civic", "I want to report an accident", "there is smoke and I can't get out",
    "corner of Fifth and Main in Springfield Illinois", "two cars and a truck", "it is drivable but was towed away",
    "my son Tom who lives with me and his friend Bill", "yes, but it was the other day", "I was on my way to work",
    "S M I T H, Smith", "could you say that again please", "hold on a second", "goodbye and thank you", "I don't know",
)  # fmt: skip


ROOT = Path(__file__).resolve().parents[2]
FORM = Form(FormSpec.model_validate(parse_yaml((ROOT / "agent_store/forms/fnol.yaml").read_bytes()).content), "en-US")


def _fields() -> list[tuple[str, Callable[[str, About], Any]]]:
    made: list[tuple[str, Callable[[str, About], Any]]] = []
    for one in FORM.spec.fields:
        made.append((f"{one.name}.read", lambda text, about, one=one: read_answer(one, text, about)))
        made.append((f"{one.name}.spot", lambda text, about, one=one: spot(one, text, about)))
    return made


_CHOICES = (Choice("accident", ("crash", "choque")), Choice("other", ("something else", "otra cosa")))


def _asked(kind: Kind, now: datetime) -> Asked:
    parts = {"year": Asked("integer", now, digits=4), "place": Asked("address", now)} if kind == "group" else {}
    return Asked(kind, now, choices=_CHOICES if kind == "choice" else (), parts=parts)


def _of_languages() -> list[tuple[str, Callable[[str, About], Any]]]:
    """Every reader of every language, as forms and identities ask it."""
    return [
        (
            f"{language.code}.{kind}",
            lambda text, about, language=language, kind=kind: language.read(text, _asked(kind, about.now)),
        )
        for language in map(language_named, ("en", "es", "fr"))
        for kind in sorted(language.readers)
    ]


def _plain(function: Callable[[str], Any]) -> Callable[[str, About], Any]:
    return lambda text, _: function(text)


_PLAIN: tuple[Callable[[str], Any], ...] = (
    answering.sounds_like_machine, answering.sounds_like_person, answering.is_greeting, beside.read_beside, beside.is_present,
    asking_back.asks_back, clauses.clauses_of, clauses.hedges, consent.read_consent, consent.nothing_to_change, number_runs.read_numbers,
    number_runs.read_digits, leaving.says_goodbye, ToldNames().told, ToldNames().opening,
    sound_of,
    safety.read_safety, leaving.does_not_know, TURN_WORDS.is_only_a_year, TURN_WORDS.ends_in_place,
    waiting.asks_for_time, waiting.calls_off, waiting.is_hesitation,
    ACCOUNT.second_person, ACCOUNT.is_no_account, ACCOUNT.plain_clauses, ACCOUNT.people, ACCOUNT.companions, ACCOUNT.place_in,
    ACCOUNT.names_another, ACCOUNT.wants_a_new_one, ACCOUNT.without_answer,
)  # fmt: skip

READERS: list[tuple[str, Callable[[str, About], Any]]] = [
    *((function.__name__, _plain(function)) for function in _PLAIN),
    *_of_languages(),
    *_fields(),
]


def read(number: int, text: str, today: date) -> None:
    """Have one of them read something."""
    _, reader = READERS[number]
    reader(text, About(FORM, datetime.combine(today, time(12))))
