"""How much an agent says at a time, over every rehearsal of the insurance line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from backend.agents.store import load_store
from backend.rehearsal.rehearse import rehearse
from backend.rehearsal.rehearsed_call import RehearsalParts
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks

ROOT = Path(__file__).resolve().parents[2]
MOST_WORDS = 25
MOST_WORDS_DICTATED = 80
DICTATED = "Your claim number is"
READ_BACK = ("correct?", "right as well?", "is that right?", "Please say yes or no.")


def turns_of(transcript: Sequence[str]) -> Iterator[str]:
    """What the caller hears at a time; without the opening, and without read-backs."""
    said: list[str] = []
    opening = True
    for line in (*transcript, "caller:"):
        if line.startswith("caller:"):
            heard = " ".join(said)
            if heard and not opening and not heard.endswith(READ_BACK):
                yield heard
            said, opening = [], False
        elif not line.startswith(" "):
            said.append(line.partition(": ")[2])


async def test_95_of_100_turns_have_25_words_at_most() -> None:
    store = load_store(ROOT / "agent_store", ROOT / "prompt_store", memory_tools().names)
    (suite,) = load_suites(ROOT / "tests/rehearsals/insurance", store)
    assert suite.policies is not None
    house = RehearsalParts(store, StandInModel(), MemoryBooks.from_yaml(suite.policies))
    every = [turn for outcome in await rehearse(suite, house) for turn in turns_of(outcome.transcript)]
    # A number that is dictated twice is read back by itself; one call has one, and it has a limit of its own.
    dictated = [turn for turn in every if DICTATED in turn]
    assert max(len(turn.split()) for turn in dictated) <= MOST_WORDS_DICTATED
    turns = [turn for turn in every if DICTATED not in turn]
    lengths = sorted(len(turn.split()) for turn in turns)
    assert len(lengths) > 150
    longest = sorted(turns, key=lambda turn: len(turn.split()))[int(0.95 * len(turns))]
    assert lengths[int(0.95 * len(lengths))] <= MOST_WORDS, longest
