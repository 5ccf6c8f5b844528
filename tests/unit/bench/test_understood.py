"""Who is out of step with the server, and who was answered by halves, by what was said and what the record holds."""

import pytest

from bench.claim_story import Reply
from bench.treatment import Treatment
from bench.understood import understood

ZIP, LAST4 = "my zip code is six zero six zero one", "four eight two one"


@pytest.mark.parametrize(
    ("said", "kept", "halves", "lost", "surplus"),
    [
        ([ZIP, LAST4], ["my zip code is [hidden]", "[hidden]"], [], [], []),
        (["six zero six zero one", LAST4], ["[hidden]", "", "[hidden]"], [], [], []),
        (["yes", ZIP, "yes"], ["yes", "my zip code is [hidden]", "Yes"], [], [], []),
        # by halves
        (["yes that is correct"], ["yes", "that is correct"], ["yes that is correct"], [], ["yes", "that is correct"]),
        ([ZIP], ["my zip code is [hidden]", "[hidden]"], [ZIP], [], ["my zip code is [hidden]", "[hidden]"]),
        ([ZIP], ["my zip code is", "[hidden]"], [ZIP], [], ["my zip code is", "[hidden]"]),
        (["no", LAST4, "yes"], ["no", "[hidden]", "[hidden]", "yes"], [LAST4], [], ["[hidden]", "[hidden]"]),
        # one of two secrets has a turn too many: which, nobody can tell, but one has
        (["six zero", LAST4], ["[hidden]", "[hidden]", "[hidden]"], [LAST4], [], ["[hidden]", "[hidden]"]),
        # out of step in other ways
        (["yes", "no"], ["yes no", "no"], [], ["yes"], ["yes no"]),
        ([ZIP, LAST4], ["my zip code is [hidden]"], [], [LAST4], []),
        ([ZIP, "yes"], ["[hidden]", "yes"], [], [ZIP], ["[hidden]"]),
        (["i was driving"], ["[hidden]"], [], ["i was driving"], ["[hidden]"]),
        (["yes"], ["yes", "yes"], [], [], ["yes"]),
        (["a", "b"], ["b", "a"], [], ["a"], ["a"]),  # each in its turn
        ([], ["[hidden]"], [], [], ["[hidden]"]),
        (["yes"], [], [], ["yes"], []),
    ],
)
def test_who_is_out_of_step(
    said: list[str], kept: list[str], halves: list[str], lost: list[str], surplus: list[str]
) -> None:
    utterances = [(Reply("zip", (text,), ()), Treatment(700.0, 0.0, begun_early=False, pauses_ms=())) for text in said]
    latencies = {"filler_ms": None, "first_frame_ms": 2000.0}
    turns = [{"caller_text": text, "tools": (), "latencies": latencies} for text in kept]
    found = understood(utterances, turns)
    assert (found.halves, found.lost, found.surplus) == (halves, lost, surplus)
    assert len(found.failures) == len(halves) + len(lost) + len(surplus)
    assert len(found.heard) == len(said) - len(halves) - len(lost)
