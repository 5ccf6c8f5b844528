"""What a model writes that is not meant for an ear never gets to one, wherever its stream is cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.engine.thinking.unspeakable import Unspeakable
from backend.engine.turn.speakable import speakable

ANSWER = "I am sorry. When did it happen?"


def let(*pieces: str) -> str:
    filter_ = Unspeakable()
    return speakable("".join([*map(filter_.feed, pieces), filter_.finish()]))


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        (f"<think>They are upset.</think>{ANSWER}", ANSWER),
        (f"<Thinking about='it'>They are\n\nupset.</Thinking>\n{ANSWER}", ANSWER),
        (f"<reasoning_step>one < two</reasoning_step> {ANSWER}", ANSWER),
        (f"{ANSWER}<think>never closed: what now", ANSWER),
        (f"</think>{ANSWER}", ANSWER),
        (f"<!-- a note -->{ANSWER}", ANSWER),
        (f"<blurp>unknown to all</blurp>{ANSWER}", ANSWER),
        ("Dear <name>, good evening.", "Dear, good evening."),
        ("<speak><prosody rate='slow'>Good evening.</prosody></speak>", "Good evening."),
        ("<answer>Good evening.</answer>", "Good evening."),
        ('<tool_call>{"name": "end_call", "arguments": {}}</tool_call>', ""),
        ('<function=end_call>{"reason": "done"}</function>', ""),
        ('functions.end_call({"reason": "they said \\"bye :)\\""})', ""),
        ('Goodbye. end_call(reason="done")', "Goodbye."),
        ('{"name": "end_call", "arguments": {"a": {"b": "}"}}} Goodbye.', "Goodbye."),
        ('[TOOL_CALLS] [{"name": "end_call"}]', ""),
        ("<|channel|>analysis<|message|>upset<|end|><|start|>assistant<|channel|>final<|message|>Hello.", "Hello."),
        ("<|channel|>commentary to=functions.end_call<|message|>{}<|call|>", ""),
        ("```json\n{}\n```\nHello.", "Hello."),
        ("[sighs] Well.", "Well."),
        ("*clears throat* Well, it is *very* late (pauses).", "Well, it is very late."),
        ("See [our page](https://a.example/b) today.", "See our page today."),
        ("See https://a.example/b?c=d&e.", "See a link."),
        ("| Day | Hours |\n|:---|---:|\n| Monday | 9 |", "Day, Hours Monday, 9"),
        ("It is 5 < 6, and a <", "It is 5 < 6, and a <"),
        ("[not closed\nand on it goes", "not closed and on it goes"),
        ("Your vehicle(s), john_smith@example.com, $5.50 (five fifty), 3:45 p.m.", "Your vehicle(s), john_smith@example.com, $5.50 (five fifty), 3:45 p.m."),  # noqa: E501
    ],
)  # fmt: skip
def test_what_is_not_meant_for_an_ear_is_taken_out(written: str, spoken: str) -> None:
    assert let(written) == spoken
    assert let(*written) == spoken


SECRET = "zebra"
HIDDEN = st.sampled_from(
    [
        "<think>{}</think>",
        "<thinking>{}\n</thinking>",
        "<scratchpad id='1'>{}</scratchpad>",
        "<tool_call>{}</tool_call>",
        "<|channel|>analysis<|message|>{}<|end|>",
        "```python\n{}\n```",
        '{{"name": "{}"}}',
        '[{{"name": "{}"}}]',
        'functions.find_it({{"a": "{}"}})',
        "<!-- {} -->",
    ]
)
INSIDE = st.lists(st.sampled_from([SECRET, " ", "I am", "?", ".", "\n", "5", "it's"]), max_size=6).map("".join)
PLAIN = st.lists(st.sampled_from(["Hello", " ", ". ", "you", "-", "5", "\n", "< ", "a_b", "x.y "]), max_size=6).map(
    "".join
)
PARTS = st.lists(st.one_of(PLAIN, st.tuples(HIDDEN, INSIDE).map(lambda of: of[0].format(of[1] + SECRET))), max_size=5)


@given(parts=PARTS, cuts=st.lists(st.integers(0, 400), max_size=20))
def test_nothing_of_a_thought_is_let_through_however_the_stream_is_cut(parts: list[str], cuts: list[int]) -> None:
    text = "\n".join(parts)
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert SECRET not in let(*pieces)
    assert let(*pieces) == let(text)


@given(st.text(alphabet="ab <>{}[]()`~|/_.=!-\n\"'", max_size=60))
def test_any_text_comes_to_an_end(text: str) -> None:
    assert let(*text) == let(*text)


@given(st.text(alphabet="abc ,.?!'5$%\n", max_size=80), st.integers(1, 9))
def test_plain_words_are_let_through_whole(text: str, size: int) -> None:
    filter_ = Unspeakable()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join([*map(filter_.feed, pieces), filter_.finish()]) == text
