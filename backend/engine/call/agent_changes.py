"""What changes when another agent takes a call over, and with each question."""

from backend.domain.agent import AgentSpec, SpeechSpec
from backend.domain.call_context import CallContext
from backend.engine.call.call_memory import CallMemory
from backend.engine.listening.listening import Listener

__all__ = ["AgentChanges"]


class AgentChanges:
    """Told of each agent that takes the call over; for the orchestrator, which so does not know the call itself."""

    def __init__(self, context: CallContext, memory: CallMemory) -> None:
        self._context, self._memory = context, memory
        self.ear: Listener | None = None
        """Who listens to the caller now; ``None`` while nobody does."""

    def __call__(self, agent: AgentSpec) -> None:
        self._context.agent = agent.name
        self._memory.note_agent(agent)
        if self.ear and not agent.speech.expect_answers:
            self.ear.tune(agent.speech)

    def asked(self, speech: SpeechSpec) -> None:
        """An answer is complete: the caller is listened to like this from now on, while it is still being heard."""
        if self.ear:
            self.ear.tune(speech)
