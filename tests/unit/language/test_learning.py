"""What is learned of signs: those of one side speak for it, rare ones say nothing."""

from backend.language.learning import odds_of

TOLD = [({"", "rain"}, True, 1.0), ({"", "sun"}, False, 1.0)] * 20 + [({"", "snow"}, True, 1.0)]


def test_a_sign_speaks_for_the_side_that_has_it_and_a_rare_one_for_none() -> None:
    odds = odds_of(TOLD)
    assert odds["rain"] > 1
    assert odds["sun"] < -1
    assert "snow" not in odds


def test_what_is_left_out_is_learned_nothing_of() -> None:
    assert odds_of(TOLD, lambda sign: sign == "rain").keys() == {"", "sun"}


def test_nothing_teaches_nothing() -> None:
    assert odds_of([]) == {}
