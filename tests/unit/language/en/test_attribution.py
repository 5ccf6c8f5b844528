"""English days, times, sums and numbers that are told of something else are asked."""

from datetime import datetime

import pytest

from backend.language.asked import Asked, Kind
from backend.language.named import language_named

NOW = datetime(2026, 9, 16, 12, 30)
QUESTIONS: dict[Kind, str] = {
    "date": "When did it happen?",
    "time": "About what time was that?",
    "money": "How much is the damage?",
    "postal_code": "What is your zip code?",
}


@pytest.mark.parametrize(
    ("kind", "words", "outcome"),
    [
        ("date", "the appointment at the shop is friday", "ask"),
        ("date", "i got the letter yesterday", "ask"),
        ("date", "i noticed it on monday", "ask"),
        ("date", "the police came on the tenth", "ask"),
        ("date", "my vacation started on the fifth", "ask"),
        ("date", "the accident was on friday", "value"),
        ("date", "i got hit last night leaving the bar", "value"),
        ("date", "i was on my way home friday", "value"),
        ("time", "the ambulance got there at ten p m", "ask"),
        ("time", "i only found it at noon", "ask"),
        ("time", "the bars close at two a m", "ask"),
        ("time", "we left the house at seven a m", "ask"),
        ("time", "i was driving home at five p m", "value"),
        ("time", "the sun was setting it was around seven p m", "value"),
        ("money", "i paid twelve thousand for it", "ask"),
        ("money", "it is only worth three thousand", "ask"),
        ("money", "my rent is nine hundred", "ask"),
        ("money", "the damage is about three thousand", "value"),
        ("money", "the estimate was nineteen hundred dollars", "value"),
        ("postal_code", "my po box is one two three four five", "ask"),
        ("postal_code", "my zip code here is eight five oh oh four", "value"),
    ],
)
def test_whose_it_is_decides(kind: Kind, words: str, outcome: str) -> None:
    asked = Asked(kind, NOW, question=QUESTIONS[kind], past=kind == "date")
    assert language_named("en-US").read(words, asked).outcome == outcome
