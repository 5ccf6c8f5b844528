"""Phrases: which one a call says, and what the check says of them."""

from pathlib import Path
from typing import Any

import pytest

from backend.agents.files import StoreFiles, read_files
from backend.agents.phrases import PhraseBook
from backend.agents.store import build_store
from backend.domain.phrases import Phrases, gaps_of
from backend.errors import StoreError
from backend.language.phrases import standard_phrases
from backend.testing.stage import agent_spec, line_spec
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]
LINE = "agent_store/lines/insurance.yaml"


def store(**changed: str) -> StoreFiles:
    """The store of this repository, with other texts: ``phrases/es.yaml`` and so on."""
    files = read_files(ROOT / "agent_store", ROOT / "prompt_store")
    return files.changed(files.contents() | changed)


def edited(name: str, old: str, new: str) -> str:
    text = store().contents()[name]
    assert old in text
    return text.replace(old, new)


def faults(**changed: str) -> list[str]:
    with pytest.raises(StoreError) as refused:
        build_store(store(**changed), tool_names())
    return [str(problem) for problem in refused.value.problems]


# -- which phrase is said ---------------------------------------------------------------------------


def test_the_agent_overrules_the_line_and_the_line_the_language() -> None:
    book = PhraseBook({"en": Phrases(goodbye="language", hold_on="language", slow="language", glad="language")})
    line = line_spec(says={"en": {"hold_on": "line", "slow": "line"}})
    agent = agent_spec(says={"en": {"slow": "agent"}})
    said = book.of(line, agent)
    assert (said.goodbye, said.hold_on, said.slow) == ("language", "line", "agent")
    assert said.machine == standard_phrases("en").machine


def test_a_region_overrules_its_language() -> None:
    book = PhraseBook({"es": Phrases(goodbye="Adiós."), "es-MX": Phrases(goodbye="Hasta luego.")})
    assert book.of(line_spec(), agent_spec(), "es-MX").goodbye == "Hasta luego."
    assert book.of(line_spec(), agent_spec(), "es-US").goodbye == "Adiós."


def test_settings_of_an_agent_are_phrases_of_the_language_it_speaks() -> None:
    book, agent = PhraseBook({}), agent_spec(turns={"fillers": ["Just a second."]})
    assert book.of(line_spec(), agent).fillers == ("Just a second.",)
    assert book.of(line_spec(), agent, "es-MX").fillers == standard_phrases("es").fillers


def test_no_notice_is_a_choice_too() -> None:
    line = line_spec(time_limit={"notice": ""})
    assert PhraseBook({}).of(line, agent_spec()).time_is_near == ""


@pytest.mark.parametrize(("key", "told"), [("0", "zero"), ("9", "nine"), ("*", "star")])
def test_the_way_out_names_the_key_that_there_is(key: str, told: str) -> None:
    said = PhraseBook({}).of(line_spec(), agent_spec(), key=key)
    assert f"Press {told} " in said.way_out
    assert f"Press {told} " in said.deaf


def test_where_no_key_leads_to_a_person_none_is_named() -> None:
    said = PhraseBook({}).of(line_spec(), agent_spec(), key="")
    assert "Press" not in said.way_out + said.deaf
    assert said.way_out and said.deaf


def test_the_name_of_the_house_stands_in_its_gap() -> None:
    line = line_spec(company="Bright {Smile}", says={"en": {"goodbye": "Goodbye from {company}."}})
    assert PhraseBook({}).of(line, agent_spec()).goodbye == "Goodbye from Bright {Smile}."


def test_what_an_older_store_lacks_is_said_in_english_rather_than_not_at_all() -> None:
    said = PhraseBook({}).of(line_spec(), agent_spec(), "fr-FR")
    assert said.lacking == ()
    assert said.goodbye == "Goodbye."


@pytest.mark.parametrize("language", ["en", "es"])
def test_languages_that_come_with_phrases_lack_none(language: str) -> None:
    assert standard_phrases(language).lacking == ()
    assert (ROOT / f"backend/language/standard_phrases/{language}.yaml").is_file()


# -- the check --------------------------------------------------------------------------------------


def test_the_store_of_this_repository_passes_and_says_its_own_words() -> None:
    live = build_store(store(), tool_names())
    said = live.phrases.of(live.lines["insurance"], live.agents["auth"])
    assert said.no_person.endswith("I'll stay with you.")
    assert said.goodbye == "Goodbye."


def test_a_line_in_a_language_without_phrases_is_refused_with_place_and_name() -> None:
    line = edited("lines/insurance.yaml", "languages: [en-US, es-US]", "languages: [en-US, fr-FR]")
    agents = {
        f"agents/{name}.yaml": edited(f"agents/{name}.yaml", "languages: [en-US, es-US]", "languages: [en-US, fr-FR]")
        for name in ("auth", "fnol_intake", "general_info")
    }
    told = [fault for fault in faults(**{"lines/insurance.yaml": line}, **agents) if "phrases" in fault]
    number = next(n for n, text in enumerate(line.splitlines(), 1) if text.startswith("languages"))
    assert told == [
        f"{LINE}:{number}: there are no phrases in fr-FR; write phrases/fr.yaml, which lacks closed, opens_again, "
        f"full, in_danger, in_danger_again, danger_unclear and {len(Phrases.model_fields) - 6} others"
    ]


def test_a_language_that_an_operator_writes_is_as_good_as_one_that_comes_with_the_server() -> None:
    phrases = (ROOT / "agent_store/phrases/en.yaml").read_text("utf-8")
    line = edited("lines/insurance.yaml", "languages: [en-US, es-US]", "languages: [en-US, fr-FR]")
    agents = {
        f"agents/{name}.yaml": edited(f"agents/{name}.yaml", "languages: [en-US, es-US]", "languages: [en-US, fr-FR]")
        for name in ("auth", "fnol_intake", "general_info")
    }
    told = store(**{"lines/insurance.yaml": line, "phrases/fr.yaml": phrases}, **agents)
    found = _phrase_faults(told)
    assert found == []


def _phrase_faults(files: StoreFiles) -> list[str]:
    try:
        build_store(files, tool_names())
    except StoreError as error:
        return [str(problem) for problem in error.problems if "phrase" in str(problem)]
    return []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("goodbye: Goodbye.\n", "", "phrases/en.yaml: lacks goodbye"),
        ("goodbye: Goodbye.\n", "godbye: Goodbye.\n", "unknown key 'godbye'; did you mean 'goodbye'?"),
        ("goodbye: Goodbye.\n", 'goodbye: ""\n', "goodbye: expected some text"),
        ("goodbye: Goodbye.\n", 'goodbye: " "\n', "expected words, got only spaces"),
        ("goodbye: Goodbye.\n", "goodbye: Goodbye from {compny}.\n", "unknown gap {compny}; did you mean 'company'?"),
        ("goodbye: Goodbye.\n", "goodbye: Goodbye, {{ name }}.\n", "is said as it stands"),
        ("goodbye: Goodbye.\n", "goodbye: Goodbye.\ngoodbye: Bye.\n", "the key 'goodbye' is written twice"),
        ("way_out: Press {key} to", "way_out: Press zero to", "expected {key} in it"),
        ('"0": zero, ', "", "expected a name for 0 too"),
        ('"9": nine', '"12": twelve', "'12' is no key of a telephone"),
        ("  - Are you still there?\n", "  - Are you there, {caller}?\n", "unknown gap {caller}"),
    ],
)
def test_what_is_wrong_in_a_file_of_phrases(old: str, new: str, told: str) -> None:
    found = faults(**{"phrases/en.yaml": edited("phrases/en.yaml", old, new)})
    assert len(found) == 1
    assert told in found[0]
    assert found[0].startswith("agent_store/phrases/en.yaml")


@pytest.mark.parametrize("file", ["lines/insurance.yaml", "agents/auth.yaml"])
@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("{en: {godbye: Bye.}}", "unknown key 'godbye'; did you mean 'goodbye'?"),
        ("{en: {goodbye: 'Bye from {compny}.'}}", "unknown gap {compny}"),
        ("{english: {goodbye: Bye.}}", "expected a language such as es or es-MX"),
    ],
)
def test_what_is_wrong_in_the_words_of_a_line_or_an_agent(file: str, says: str, told: str) -> None:
    text = store().contents()[file]
    before = text.partition("says:")[0] if "says:" in text else text
    after = text.partition("recording:")[2] if "says:" in text else ""
    rest = f"recording:{after}" if after else ""
    found = faults(**{file: f"{before}says: {says}\n{rest}"})
    assert any(told in fault and file in fault for fault in found), found


def test_one_phrase_is_not_given_in_two_places() -> None:
    text = edited("lines/insurance.yaml", "recording:", "says: {en-US: {connecting: Wait.}}\nrecording:")
    told = faults(**{"lines/insurance.yaml": text})
    assert any("'connecting' is given in the settings already" in fault for fault in told)


def test_a_version_that_was_live_before_goes_on_without_a_phrase_that_is_new() -> None:
    text = edited("phrases/en.yaml", "goodbye: Goodbye.\n", "")
    live = build_store(store(**{"phrases/en.yaml": text}), tool_names(), was_live=True)
    assert any("lacks goodbye" in warning.message for warning in live.warnings)
    assert live.phrases.of(live.lines["insurance"], live.agents["auth"]).goodbye == "Goodbye."


@pytest.mark.parametrize("key", sorted(Phrases.model_fields))
def test_english_and_spanish_leave_the_same_gaps(key: str) -> None:
    def gaps(language: str) -> set[str]:
        found: Any = getattr(standard_phrases(language), key)
        return {gap for gap in (*gaps_of(key), "company") if f"{{{gap}}}" in str(found)}

    assert gaps("en") == gaps("es")
