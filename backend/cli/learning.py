"""Learns from the example answers of a store, and writes what they teach beside them."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rich.console import Console

from backend.agents.store import AgentStore, load_store
from backend.agents.teaching import Read, teach, written
from backend.errors import ConfigError
from backend.forms.asking import asked_of
from backend.language.asked import Asked
from backend.language.languages import LANGUAGES
from backend.language.learned import Learned
from backend.language.named import language_named
from backend.language.reading import Reading
from backend.tool_store.built_in_names import BUILT_IN

__all__ = ["learn_from"]


def learn_from(agents: Path, prompts: Path, name: str, language: str, console: Console) -> None:
    """Learn from ``learned/NAME.LANGUAGE.txt`` of a store.

    Args:
        agents: the folder agent_store.
        prompts: the folder prompt_store.
        name: what fields call it.
        language: of the examples.
        console: takes how it does.

    Raises:
        ConfigError: there are no such examples, no field has that name, or answers are not read in that language.
        StoreError: the store has faults.
    """
    if language not in LANGUAGES:
        raise ConfigError(f"Answers are read in {', '.join(LANGUAGES)}; there is nothing to learn in {language!r}.")
    place = agents / "learned" / f"{name}.{language}.txt"
    if not place.is_file():
        raise ConfigError(f"There is no file {place}; put one example a line into it, such as: - nobody was hurt")
    store = load_store(agents, prompts, BUILT_IN)
    taught = teach(
        place.read_bytes().decode("utf-8", "surrogateescape"), _reader(_asked(store, name, language), language)
    )
    new = place.with_suffix(".json.tmp")
    new.write_text(written(taught.learned), "utf-8")
    new.replace(place.with_suffix(".json"))
    console.print(
        f"Learned {len(taught.learned.weights)} signs; sure from {taught.learned.sure}. On examples that it was not "
        f"taught: {taught.settled} doubts settled, {len(taught.wrong)} of them wrongly besides; {taught.mended} wrong "
        f"values asked, and {taught.needless} right ones.",
        markup=False,
    )
    for words in taught.wrong:
        console.print(f"  wrong: {words}", markup=False)


def _asked(store: AgentStore, name: str, language: str) -> Asked:
    """The question of the first field that learned this.

    Raises:
        ConfigError: no field did.
    """
    for form in store.forms.values():
        for field in form.fields:
            if field.learned == name:
                return asked_of(form, field, language, datetime.min)
    raise ConfigError(f"No field of a form has learned: {name}.")


def _reader(asked: Asked, language: str) -> Read:
    tongue = language_named(language)

    def read(words: str, learned: Learned | None) -> Reading:
        return tongue.read(words, replace(asked, learned=learned))

    return read
