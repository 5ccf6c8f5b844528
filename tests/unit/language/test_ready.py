"""Languages made ready before a call needs them."""

import subprocess
import sys

import pytest

from backend.language.asked import Asked
from backend.language.language import Language
from backend.language.named import language_named
from backend.language.reading import Reading, nothing
from backend.language.ready import make_ready


def test_a_language_that_is_made_ready_has_read_in_each_of_its_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    language, read = language_named("es"), list[tuple[str, str]]()

    def note(_: Language, words: str, asked: Asked) -> Reading:
        read.append((asked.kind, asked.region))
        return nothing()

    monkeypatch.setattr(type(language), "read", note)
    make_ready(["es-MX", "sw-KE"])
    assert read[: len(language.readers)] == [(kind, "MX") for kind in language.readers]


_LATE = """
import sys
from backend.language import consent, named, parts, standing
from backend.language.reading import Reading, nothing
from backend.language.ready import make_ready
tag = sys.argv[1]
make_ready([tag])
before = set(sys.modules)
parts.parts_reader(tag), standing.obstacle(tag, "ana", standing.StandingWords()), consent.consent_in(tag, "ana")
named.language_named(tag).talk.safety("ana", True)
print(*sorted(set(sys.modules) - before))
"""


@pytest.mark.parametrize("tag", ["en-US", "es-MX", "fr-FR", "sw-KE"])
def test_nothing_of_a_language_is_loaded_after_it_was_made_ready(tag: str) -> None:
    late = subprocess.run([sys.executable, "-c", _LATE, tag], capture_output=True, text=True, timeout=60, check=True)
    assert late.stdout.split() == []
