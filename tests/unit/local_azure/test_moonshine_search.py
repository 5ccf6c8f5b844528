"""Which words are taken for a sound, with a phrase list and without."""

import math

import numpy as np

from local_azure.speech.moonshine_search import END, PhraseBias, Search

TOKENS = ["", "<s>", "</s>", "▁For", "▁four", "▁eight", "da"]
FOR, FOUR, EIGHT, DA = 3, 4, 5, 6


def said(*steps: dict[int, float], phrases: tuple[str, ...] = ()) -> tuple[str, float]:
    """What is taken where each step has these probabilities, whatever was said before."""
    search = Search([token.encode() for token in TOKENS], PhraseBias.of(phrases))
    for chances in steps:
        row = [math.log(chances.get(token, 1e-9)) for token in range(len(TOKENS))]
        if not search.advance(np.array([row] * len(search.stories))):
            break
    return "".join(TOKENS[token] for token in search.best.tokens[1:-1]), search.best.confidence


ENDS = {END: 1.0}


def test_without_a_list_it_is_the_likeliest() -> None:
    text, confidence = said({FOR: 0.6, FOUR: 0.4}, {EIGHT: 1.0}, ENDS)
    assert text == "▁For▁eight"
    assert math.isclose(confidence, 0.6 ** (1 / 3), rel_tol=1e-6)


def test_a_pair_of_the_list_outweighs_what_sounds_alike() -> None:
    heard = {FOR: 0.6, FOUR: 0.4}, {EIGHT: 1.0}, ENDS
    assert said(*heard, phrases=("four eight",))[0] == "▁four▁eight"


def test_a_list_does_not_make_its_words_of_others() -> None:
    heard = {FOR: 0.97, FOUR: 0.03}, {EIGHT: 1.0}, ENDS
    assert said(*heard, phrases=("four eight",))[0] == "▁For▁eight"


def test_a_word_counts_when_it_is_whole() -> None:
    heard = {FOR: 0.6, FOUR: 0.4}, {DA: 1.0}, ENDS
    assert said(*heard, phrases=("four eight",))[0] == "▁Forda"


def test_noise_is_nothing_and_a_doubtful_nothing_is_not() -> None:
    assert said({END: 0.95, EIGHT: 0.05}, ENDS)[0] == ""
    assert said({END: 0.6, EIGHT: 0.4}, ENDS)[0] == "▁eight"
