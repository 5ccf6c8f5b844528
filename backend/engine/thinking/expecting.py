"""What the recognizer is told while a question waits: the agent's own phrases, and before them likely answers."""

from collections.abc import Iterable
from datetime import datetime

from backend.domain.agent import AgentSpec, SpeechSpec
from backend.domain.form_spec import FormSpec
from backend.domain.session import CallSession
from backend.forms.expected import expected_answers
from backend.tool_store.repair import OPEN_QUESTION

__all__ = ["expecting"]

_MOST_PHRASES = 500
"""The most that one list should have (learn.microsoft.com: improve recognition accuracy with phrase list)."""


def expecting(agent: AgentSpec, session: CallSession, forms: Iterable[FormSpec], now: datetime) -> SpeechSpec:
    """How the caller is to be understood now.

    Args:
        agent: who speaks with them; only its ``expect_answers`` changes anything.
        session: the call, with the question that is open.
        forms: the forms of the store.
        now: the caller's local time.
    """
    speech, noted = agent.speech, session.facts.get(OPEN_QUESTION)
    if not speech.expect_answers or not noted or session.expects is None:
        return speech
    likely = expected_answers(forms, noted, agent.voice.language, now)
    phrases = tuple(dict.fromkeys((*likely, *speech.phrases)))[:_MOST_PHRASES]
    return speech.model_copy(update={"phrases": phrases}) if likely else speech
