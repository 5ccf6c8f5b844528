"""The SSML that is sent, and the way back from its word offsets."""

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.speech.ssml import SpokenText, needs_ssml, script
from backend.domain.speech import Voice

SPEAK = "{http://www.w3.org/2001/10/synthesis}"
MSTTS = "{https://www.w3.org/2001/mstts}"


def said(ssml: str) -> str:
    return "".join(ElementTree.fromstring(ssml).itertext())


@given(st.text())
def test_any_text_is_well_formed_and_said_unchanged_but_for_what_xml_cannot_hold(text: str) -> None:
    plan = script(text, Voice())
    assert len(plan.text) == len(text)
    # XML parsers turn a carriage return into a line feed.
    assert said(plan.ssml) == plan.text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(alphabet="ab &<>'\"é😀", min_size=1), st.data())
def test_every_offset_in_the_ssml_leads_back_to_its_character(text: str, data: st.DataObject) -> None:
    plan = script(text, Voice(style="chat", rate="+5%"))
    index = data.draw(st.integers(0, len(text) - 1))
    escaped = script(text[:index], Voice()).body
    assert plan.plain_offset(plan.prefix + len(escaped)) == index


def test_offsets_outside_the_text_are_unknown() -> None:
    plan = script("hello", Voice())
    assert plan.plain_offset(-1) == -1
    assert plan.plain_offset(plan.prefix - 1) == -1
    assert plan.plain_offset(len(plan.ssml) - 1) == -1


def test_style_rate_pitch_and_language_are_written() -> None:
    voice = Voice("en-US-AvaMultilingualNeural", "es-ES", "empathetic", "+5%", "-2%")
    root = ElementTree.fromstring(script("Hola", voice).ssml)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "es-ES"
    assert root.find(f".//{SPEAK}voice").get("name") == "en-US-AvaMultilingualNeural"
    assert root.find(f".//{MSTTS}express-as").get("style") == "empathetic"
    assert root.find(f".//{SPEAK}lang") is not None
    assert root.find(f".//{SPEAK}prosody").attrib == {"rate": "+5%", "pitch": "-2%"}


def test_a_plain_voice_has_no_frills() -> None:
    ssml = script("Hello", Voice()).ssml
    assert "express-as" not in ssml and "prosody" not in ssml and "<lang" not in ssml


def test_attributes_cannot_break_out() -> None:
    voice = Voice(name="x\"/><evil a='", style='"&<>')
    root = ElementTree.fromstring(script("Hello", voice).ssml)
    assert root.find(f".//{SPEAK}voice").get("name") == "x\"/><evil a='"
    assert root.find(f".//{MSTTS}express-as").get("style") == '"&<>'


def test_apostrophes_stay_as_they_are_so_that_the_sdk_finds_the_word() -> None:
    assert '>it\'s "so"</voice>' in script('it\'s "so"', Voice()).ssml


@pytest.mark.parametrize(
    ("word", "hint", "expected"),
    [("the", -1, 0), ("the", 8, 8), ("the", 3, 0), ("AT&amp;T", -1, 12), ("five", -1, -1), ("", -1, -1)],
)
def test_a_word_is_found_by_hint_or_by_looking(word: str, hint: int, expected: int) -> None:
    assert SpokenText("the cat the AT&T").locate(word, hint) == expected


def test_repeated_words_are_found_one_after_the_other() -> None:
    text = SpokenText("no no no")
    assert [text.locate("no") for _ in range(4)] == [0, 3, 6, -1]


def test_words_of_streamed_text_count_over_all_pieces() -> None:
    text = SpokenText()
    text.add("Hello ")
    assert text.locate("Hello") == 0
    text.add("there")
    assert text.locate("there") == 6


def test_a_word_that_is_not_written_is_not_found_in_a_later_sentence() -> None:
    text = SpokenText("That is $5. " + "And it goes on about something else for quite a while. " * 2 + "Five dollars.")
    assert [text.locate(word) for word in ("That", "is", "Five", "dollars", "And")] == [0, 5, -1, -1, 12]


@pytest.mark.parametrize(
    ("voice", "needed"),
    [
        (Voice(), False),
        (Voice("es-MX-DaliaNeural", "es-MX"), False),
        (Voice(language="es-ES"), True),
        (Voice(style="chat"), True),
        (Voice(rate="+5%"), True),
        (Voice(pitch="-2%"), True),
        (Voice(volume="+10%"), True),
    ],
)
def test_only_a_voice_without_a_manner_can_do_without_ssml(voice: Voice, needed: bool) -> None:
    assert needs_ssml(voice) is needed
