"""Utterances with pauses of 300 to 900 ms inside, two hundred of them, against the delays of a healthy Azure."""

import os
import statistics
from dataclasses import dataclass
from pathlib import Path

import pytest
from answering import Answers

from backend.domain.audio import FRAME_MS, PCM_16K
from backend.engine.desk.phrase_warmer import openers
from backend.testing.pauses import PausedUtterance, note_asked, overlap_ms, paused_utterances
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice

PAUSES = Path(__file__).parents[1] / "pauses"
SETS = [Path(own)] if (own := os.environ.get("PAUSES")) else sorted(PAUSES.glob("*.yaml"))
ANSWER = "All right, I have noted that down for you. What else can you tell me about it, please?"


@dataclass(frozen=True)
class Outcome:
    utterance: PausedUtterance
    talked_over_ms: float
    answered: list[str]
    wait_ms: float
    heard_ms: float
    """How much of an answer was heard before the caller had finished, pauses included."""


async def _one(utterance: PausedUtterance, tool_s: float) -> Outcome:
    responder = Answers(
        *[ANSWER] * 4, first_token_s=0.35, token_s=1 / 60, every_ask=True, tool_s=tool_s, tool_lasts=False
    )
    note_asked(responder.session, utterance.asked)
    stage = Stage(responder, voice=ScriptedVoice(first_audio_s=0.12))
    for words in openers(responder.agent):  # as a server learns them when it starts
        await stage.phrases.learn(words, responder.agent.voice.voice(), PCM_16K)
    spoken = stage.caller.tells(utterance.pieces, utterance.pauses_ms, at=2.0)
    await stage.play(spoken[-1][1] + 8)
    began = stage.began
    speech = [(began + begin, began + end) for begin, end in spoken]
    answered = [line.removeprefix("caller: ") for line in stage.dialogue if line.startswith("caller: ")]
    first = next((at for at, pcm in stage.link.played if at >= speech[-1][1] and any(pcm[:2])), None)
    return Outcome(
        utterance,
        overlap_ms(stage.link, speech),
        answered,
        (first - speech[-1][1]) * 1000 if first is not None else float("inf"),
        sum(FRAME_MS for at, pcm in stage.link.played if speech[0][0] <= at < speech[-1][1] and any(pcm[:2])),
    )


@pytest.fixture(scope="module", params=SETS, ids=lambda path: path.stem)
def utterances(request: pytest.FixtureRequest) -> list[PausedUtterance]:
    return paused_utterances(request.param)


@pytest.fixture(scope="module", params=[0.0, 0.02], ids=["words only", "a draft is saved"])
def outcomes(request: pytest.FixtureRequest, utterances: list[PausedUtterance]) -> list[Outcome]:
    return [run_virtual(_one(utterance, request.param)) for utterance in utterances]


def test_hardly_anybody_is_talked_over_for_more_than_300_ms(outcomes: list[Outcome]) -> None:
    over = [outcome for outcome in outcomes if outcome.talked_over_ms > 300]
    assert len(over) / len(outcomes) < 0.03, over


def test_nobody_is_talked_over_while_dictating_a_number_or_an_address(outcomes: list[Outcome]) -> None:
    assert [o for o in outcomes if o.utterance.dictated and o.talked_over_ms > 0] == []


def test_half_an_utterance_is_never_answered_alone(outcomes: list[Outcome]) -> None:
    assert [o for o in outcomes if o.answered != [o.utterance.text]] == []


def test_hardly_anybody_hears_a_little_of_an_answer_in_a_pause(outcomes: list[Outcome]) -> None:
    """The share stands in docs/benchmarks.md; ``pytest -rP`` prints it."""
    share = sum(outcome.heard_ms > 0 for outcome in outcomes) / len(outcomes)
    print(f"begun in a pause: {share:.0%} of {len(outcomes)} utterances")
    assert share <= 0.08


def test_the_wait_is_that_of_a_conversation(outcomes: list[Outcome]) -> None:
    waits = sorted(outcome.wait_ms for outcome in outcomes)
    assert statistics.median(waits) <= 800, waits
    assert waits[int(len(waits) * 0.95)] <= 1100, waits
