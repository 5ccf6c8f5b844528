"""How a caller is listened to while a question is open."""

from datetime import datetime

from shipped_store import shipped_store

from backend.domain.session import CallSession
from backend.engine.thinking.expecting import expecting
from backend.tool_store.built_in_names import BUILT_IN

STORE = shipped_store(BUILT_IN)
PLAIN = STORE.agents["fnol_intake"]
AGENT = PLAIN.model_copy(update={"speech": PLAIN.speech.model_copy(update={"expect_answers": True})})
NOON = datetime(2026, 11, 21, 12, 0)
WHEN = {"name": "loss_date", "kind": "date", "ask": "When did it happen?"}


def session(expects: str | None = "loss_date") -> CallSession:
    call = CallSession(call_id="c1", line="insurance", active_agent=AGENT.name)
    call.facts["_question"], call.expects = dict(WHEN), expects
    return call


def test_likely_answers_go_before_the_agents_own_phrases() -> None:
    speech = expecting(AGENT, session(), STORE.forms.values(), NOON)
    assert speech.phrases[0] == "today"
    assert "it was towed" in speech.phrases
    assert len(speech.phrases) <= 500
    assert len(set(speech.phrases)) == len(speech.phrases)


def test_without_an_open_question_the_agents_phrases_are_all() -> None:
    assert expecting(AGENT, session(None), STORE.forms.values(), NOON) is AGENT.speech


def test_an_agent_may_do_without() -> None:
    assert expecting(PLAIN, session(), STORE.forms.values(), NOON) is PLAIN.speech
