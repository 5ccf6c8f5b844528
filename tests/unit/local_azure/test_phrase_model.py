"""The language model of a phrase list."""

import re

from local_azure.speech.phrase_model import phrase_model


def chances(model: str, order: int) -> dict[str, float]:
    part = re.split(r"\\\d-grams:\n", model)[order].split("\n\n")[0]
    rows = [line.split("\t") for line in part.splitlines() if "\t" in line]
    return {row[1]: 10 ** float(row[0]) for row in rows}


def test_counts_in_the_head_are_those_of_the_body() -> None:
    model = phrase_model(["yes the car is drivable", "no thank you"])
    assert int(re.search(r"ngram 1=(\d+)", model)[1]) == len(chances(model, 1))  # type: ignore[index]
    assert int(re.search(r"ngram 2=(\d+)", model)[1]) == len(chances(model, 2))  # type: ignore[index]


def test_words_as_the_phrase_has_them_are_likelier_than_in_another_order() -> None:
    model = phrase_model(["four eight two one", "eight one"])
    singles, pairs = chances(model, 1), chances(model, 2)
    assert pairs["four eight"] > singles["eight"] > 0
    assert "eight four" not in pairs


def test_what_follows_a_word_adds_up_to_less_than_one_and_leaves_room_for_the_rest() -> None:
    pairs = chances(phrase_model(["i was driving", "i was shopping", "i am the owner"]), 2)
    assert 0.5 < sum(chance for pair, chance in pairs.items() if pair.startswith("i ")) < 1.0


def test_empty_phrases_are_left_out() -> None:
    assert chances(phrase_model(["", "  ", "yes"]), 1).keys() == {"<s>", "yes", "</s>"}
