"""How many words of an utterance are the agent's own, come back."""

import random
from difflib import SequenceMatcher

import pytest

from backend.engine.conversation import own_voice
from backend.engine.conversation.own_voice import _echoed, _likeliest  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("said", "spoken", "echoed"),
    [
        ("can you tell me what my policy covers", "that down for you please tell me what else you know", 0),
        ("tell me what else", "that down for you please tell me what else you know", 4),
        ("welcome to the clay mine of meridian", "hello welcome to the claims line of meridian", 7),
        ("how can i help you i had an accident", "how can i help you today", 5),
        ("i had an accident", "how can i help you today", 1),
        ("nothing in common", "how can i help you today", 0),
    ],
)
def test_echoed(said: str, spoken: str, echoed: int) -> None:
    assert _echoed(said.split(), spoken.split()) == echoed


def test_a_misheard_word_is_the_first_that_is_as_like_it_by_the_slow_measure_and_few_are_put_to_it() -> None:
    draw = random.Random(7)
    words = [
        "".join(draw.choices("aeinrst", k=draw.randint(1, 9))) for _ in range(300)
    ]  # of few letters, so that many are alike

    def plainly(word: str, spoken: list[str]) -> str:
        if word in spoken or len(word) < 4:
            return word
        return next((one for one in spoken if SequenceMatcher(None, word, one).ratio() >= 0.7), word)

    changed = 0
    for _ in range(2000):
        word, spoken = draw.choice(words), draw.sample(words, 20)
        assert _likeliest(word, spoken) == plainly(word, spoken)
        changed += _likeliest(word, spoken) != word
    assert changed > 100


def test_an_utterance_that_begins_with_a_word_of_the_caller_s_own_is_not_compared_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    likeliest = own_voice._likeliest
    monkeypatch.setattr(own_voice, "_likeliest", lambda word, spoken: asked.append(word) or likeliest(word, spoken))
    assert _echoed("where is my order number".split(), "your order number is on its way".split()) == 0
    assert asked == ["where"]
