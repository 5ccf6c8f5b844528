"""French: a language with a few readers; everything else is read back. And one with none at all."""

from datetime import datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked, Kind
from backend.language.fr.french import FRENCH
from backend.language.named import language_named

NOW = datetime(2026, 11, 21, 10, 15)
ASK = "<ask>"
ROWS: list[tuple[Kind, str, Any, dict[str, Any]]] = [
    ("integer", "quatre-vingt-dix-sept", 97, {}),
    ("integer", "soixante et onze", 71, {}),
    ("integer", "septante-trois", 73, {}),
    ("integer", "nous étions trois", 3, {}),
    ("integer", "deux mille vingt-six", 2026, {}),
    ("integer", "mille", 1000, {}),
    ("integer", "deux cent douze", 212, {}),
    ("integer", "cent", 100, {}),
    ("integer", "12", 12, {}),
    ("integer", "deux ou trois", ASK, {}),
    ("integer", "deux non pardon trois", 3, {}),
    ("integer", "peut-être deux", ASK, {}),
    ("integer", "deux secondes", "wait", {}),
    ("integer", "je ne sais pas", "unknown", {}),
    ("digits", "sept cinq zéro un", "7501", {"digits": 4}),
    ("digits", "soixante-quinze zéro un", "7501", {"digits": 4}),
    ("digits", "les quatre derniers sont 7501", "7501", {"digits": 4}),
    ("digits", "double zéro sept un", "0071", {"digits": 4}),
    ("digits", "sept cinq zéro", ASK, {"digits": 4}),
    ("digits", "quel numéro", "question", {"digits": 4}),
    ("digits", "un instant s'il vous plaît", "wait", {"digits": 4}),
    ("yes_no", "oui", True, {}),
    ("yes_no", "oui c'est ça", True, {}),
    ("yes_no", "non merci", False, {}),
    ("yes_no", "bien sûr que non", False, {}),
    ("yes_no", "pas de problème", True, {}),
    ("yes_no", "ce n'est pas ça", False, {}),
    ("yes_no", "oui mais changez la date", False, {"confirms": True}),
    ("yes_no", "oui mais changez la date", ASK, {}),
    ("yes_no", "je crois que oui", ASK, {}),
    ("yes_no", "je crois", "other", {}),
    ("yes_no", "oui non", ASK, {}),
    ("yes_no", "pourquoi", "question", {}),
    ("yes_no", "je voudrais parler à quelqu'un", "person", {}),
    ("yes_no", "la voiture est bleue", "other", {}),
    ("date", "hier", ASK, {}),
]


@pytest.mark.parametrize(("kind", "words", "want", "more"), ROWS)
def test_it_reads(kind: Kind, words: str, want: Any, more: dict[str, Any]) -> None:
    reading = FRENCH.read(words, Asked(kind, NOW, "FR", **more))
    got = {"value": reading.value, "ask": ASK, "none": reading.nothing}[reading.outcome]
    assert got == want, reading.why


@pytest.mark.parametrize(
    ("kind", "value", "clause"),
    [("digits", "7501", "sept cinq zéro un"), ("yes_no", True, "oui"), ("yes_no", False, "non"), ("integer", 3, "3")],
)
def test_it_says(kind: Kind, value: Any, clause: str) -> None:
    assert FRENCH.say(kind, value, Asked(kind, NOW, "FR")) == clause


@given(words=st.text(max_size=60), kind=st.sampled_from(get_args(Kind)))
def test_no_reader_raises(words: str, kind: Kind) -> None:
    FRENCH.read(words, Asked(kind, NOW, "FR", digits=4))


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("tag", ["de-DE", "pl", "zh-CN", "xx"])
def test_a_language_without_readers_asks_about_everything(tag: str, kind: Kind) -> None:
    language = language_named(tag)
    assert not language.readers
    reading = language.read("60601", Asked(kind, NOW))
    assert (reading.outcome, reading.value) == ("ask", None)
    assert language.say(kind, "60601", Asked(kind, NOW)) == "60601"


def test_french_is_found_by_any_tag() -> None:
    assert language_named("fr-CA") is language_named("fr") is FRENCH
