"""How long a caller waits for what is looked up, verified with the same words, at the pace of a healthy Azure."""

import json
from datetime import UTC, datetime
from pathlib import Path

from shipped_store import shipped_store

from backend.domain.session import CallSession
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice
from backend.tool_store.context import ToolServices

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FIRST_TOKEN_S, CHARACTERS_A_SECOND = 0.35, 240.0
"""Arguments are written at 60 tokens of four characters a second."""
MOST_MS = 1100.0
WORDS = ("what is my deductible", "john smith", "six zero six zero one", "four eight two one")


async def no_audit(*_: object) -> None:
    return None


def paced(**calls: dict[str, str]) -> Reply:
    """Tool calls that are complete when a model has written their arguments."""
    written = sum(len(json.dumps(arguments)) for arguments in calls.values())
    return Reply(calls=calls, first_token_s=FIRST_TOKEN_S + written / CHARACTERS_A_SECOND)


def stage_of(model: ScriptedModel) -> Stage:
    tools = memory_tools()
    store = shipped_store(tools.names)
    books = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    services = ToolServices(MemoryCases(), books, no_audit, clock=lambda _: NOON)
    session = CallSession(call_id="c1", line="insurance", active_agent="auth")
    thinking = Thinking(model, tools, services)
    orchestrator = Orchestrator(session, store.lines["insurance"], store, thinking, now=lambda: NOON)
    return Stage(orchestrator, voice=ScriptedVoice(first_audio_s=0.12))


def test_the_answer_to_a_question_is_heard_within_a_second_of_the_last_digit() -> None:
    """Verified, handed over and looked up: one round of the model, where it took two and 1.5 seconds."""
    model = ScriptedModel(
        [
            paced(verify_caller={}),
            paced(verify_caller={"full_name": WORDS[1]}),
            paced(verify_caller={"zip_code": WORDS[2]}),
            paced(verify_caller={"last4": WORDS[3]}, hand_off_to_general_info={"question": WORDS[0]}),
        ]
    )
    stage = stage_of(model)

    async def story() -> None:
        for number, words in enumerate(WORDS):
            stage.caller.says(words, at=5 + number * 8)
        await stage.play(5 + len(WORDS) * 8)

    run_virtual(story())
    last = next(turn for turn in stage.turns if turn.caller_text == WORDS[3])
    assert last.tools == ["verify_caller", "hand_off_to_general_info", "policy_question"]
    assert last.said.startswith("Your deductible is 500 dollars.")
    assert len(model.requests) == 4
    assert last.latencies.first_frame_ms is not None
    assert last.latencies.first_frame_ms <= MOST_MS
