"""What a store learned is told about where it is lacking, cannot be used, or is older than its examples."""

import shutil
from pathlib import Path

import pytest

from backend.agents.store import AgentStore, load_store
from backend.errors import StoreError
from backend.tool_store.built_in_names import BUILT_IN

ROOT = Path(__file__).parents[3]
UNFIT = "cannot be used; make it again: ringmaster learn anybody_hurt en"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "agent_store", tmp_path / "agent_store")
    return tmp_path / "agent_store"


def load(place: Path) -> AgentStore:
    return load_store(place, ROOT / "prompt_store", BUILT_IN)


def told(store: AgentStore) -> list[str]:
    return [str(one) for one in store.warnings if "learn" in str(one) or "is not used" in str(one)]


def test_what_the_shipped_store_learned_is_of_its_examples_as_they_are() -> None:
    store = load(ROOT / "agent_store")
    assert told(store) == []
    form = store.forms["fnol"]
    names = [field.name for field in form.fields if form.learned(field, "en-US") and form.learned(field, "es-MX")]
    assert {"injuries", "vehicle_drivable"} <= set(names)
    assert form.learned(form.fields[0], "en-US") is None


def test_a_file_that_has_not_changed_is_read_once() -> None:
    first, again = (load(ROOT / "agent_store").forms["fnol"] for _ in range(2))
    field = first.field("injuries")
    assert field and first.learned(field, "en-US") is again.learned(field, "en-US") is not None


def test_a_store_goes_on_without_it_and_tells_so(place: Path) -> None:
    shutil.rmtree(place / "learned")
    store = load(place)
    assert "there is no learned/anybody_hurt.LANGUAGE.json" in told(store)[0]
    assert store.forms["fnol"].field("injuries")


def test_beside_a_form_that_cannot_be_read_no_file_is_called_unused(place: Path) -> None:
    (place / "forms" / "fnol.yaml").write_text("name: fnol\nunknown: key\n", "utf-8")
    with pytest.raises(StoreError) as broken:
        load(place)
    assert "is not used" not in str(broken.value) and "unknown" in str(broken.value)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("anybody_hurt.en.json", "{}", UNFIT),
        ("anybody_hurt.en.json", "[" * 100_000, UNFIT),
        ("anybody_hurt.en.json", '{"made_from": "", "sure": -5, "weights": {}}', UNFIT),
        ("anybody_hurt.en.json", '{"made_from": "", "sure": 3, "weights": {"a": [Infinity, 0]}}', UNFIT),
        ("anybody_home.en.json", "{}", "is not used: no field of a form says learned: anybody_home"),
        ("anybody_hurt.en-US.json", "{}", "is not used; expected a name such as NAME.en.json"),
        ("anybody_hurt.de.json", "{}", "is not used: answers are read in en, es"),
        ("anybody_hurt.json", "{}", "is not used; expected a name such as NAME.en.json"),
        ("anybody_hurt.es.txt", "- nadie", "nobody has learned from it as it is now: ringmaster learn anybody_hurt es"),
    ],
)
def test_a_file_that_is_unfit_or_old_is_told(place: Path, file: str, text: str, said: str) -> None:
    (place / "learned" / file).write_text(text, "utf-8")
    assert any(said in one for one in told(load(place)))
