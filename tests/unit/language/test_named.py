"""Languages by their tags."""

from datetime import datetime

import pytest

from backend.language.asked import Asked
from backend.language.named import language_named, region_of

ASKED = Asked("date", datetime(2026, 11, 21, 10, 15))


@pytest.mark.parametrize("tag", ["en", "en-US", "en_GB", "EN-gb"])
def test_a_tag_names_its_language_whatever_its_region(tag: str) -> None:
    assert language_named(tag) is language_named("en-US")
    assert language_named(tag).code == "en"


def test_a_language_that_nobody_wrote_readers_for_leaves_every_value_to_be_read_back() -> None:
    language = language_named("sw-KE")
    assert language.code == "sw"
    assert not language.readers
    reading = language.read("jana saa mbili", ASKED)
    assert (reading.outcome, reading.value) == ("ask", None)


@pytest.mark.parametrize(
    ("value", "said"),
    [("4821", "4821"), (7, "7"), (True, "true"), ({"city": "Nairobi", "street": "Moi"}, "Nairobi, Moi"), ("", "-")],
)
def test_a_value_is_said_as_it_is_written_where_there_are_no_words_for_it(value: object, said: str) -> None:
    assert language_named("sw").say("text", value, ASKED) == said


def test_the_region_is_the_second_part_of_a_tag() -> None:
    assert [region_of(tag) for tag in ("en-GB", "es_MX", "zh-Hans-CN", "en")] == ["GB", "MX", "CN", "US"]
