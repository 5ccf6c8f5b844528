"""The cast: the agents of one call, and who of them is on."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from backend.agents.languages import in_voice, spoken_in
from backend.agents.prompts import PromptVariables
from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec, SpeechSpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.domain.spec import Texts, text_in
from backend.engine.thinking.asides import SLOWER, slower_by, unhurried
from backend.engine.thinking.called_back import about_calling_back, first_words
from backend.engine.thinking.expecting import expecting
from backend.engine.thinking.heard_language import HeardLanguage
from backend.forms.earlier import CALLED_BACK

__all__ = ["Cast"]

_WRITER = msgspec.json.Encoder()


class Cast:
    """Knows what the active agent is, says and is told.

    Args:
        session: the call's memory; the active agent is kept in it.
        line: the phone line the call came in on.
        store: the version of the agents that this call began with.
        channel: ``voice`` or ``text``, for the prompts.
        person_key: the key that leads to a person, on the telephone; empty where none does.
    """

    def __init__(
        self,
        session: CallSession,
        line: LineSpec,
        store: AgentStore,
        now: Callable[[], datetime],
        channel: str,
        person_key: str,
    ) -> None:
        self.session = session
        self.line = line
        self.store = store
        self._now = now
        self._channel = channel
        self._person_key = person_key if channel == "voice" else ""
        self._heard = HeardLanguage(line.languages)
        self._agent: tuple[tuple[object, ...], AgentSpec] | None = None
        self._says: tuple[AgentSpec, Phrases] | None = None
        self._told: tuple[AgentSpec, tuple[datetime, bytes], str] | None = None
        """The last prompt, behind what it was made from."""

    @property
    def agent(self) -> AgentSpec:
        """Who speaks with the caller now."""
        session = self.session
        heard_as = session.active_agent, session.language, session.voice, session.facts.get(SLOWER)
        if self._agent is None or self._agent[0] != heard_as:  # asked for many times in a turn
            agent = self._written
            agent = spoken_in(agent, session.language) or agent
            self._agent = heard_as, unhurried(in_voice(agent, session.voice), slower_by(session))
        return self._agent[1]

    def now(self) -> datetime:
        """In the time of the line."""
        return self._now()

    @property
    def speech(self) -> SpeechSpec:
        """How the caller is to be understood now: as that agent wants it, with what the open question expects."""
        return expecting(self.agent, self.session, self.store.forms.values(), self._now())

    @property
    def phrases(self) -> Phrases:
        """What that agent says in fixed words."""
        agent = self.agent
        if self._says is None or self._says[0] is not agent:
            says = self.store.phrases.of(self.line, self._written, agent.voice.language, self._person_key)
            self._says = agent, says
        return self._says[1]

    def phrases_in(self, language: str) -> Phrases:
        """What that agent would say in another language of its line."""
        return self.store.phrases.of(self.line, self._written, language, self._person_key)

    @property
    def _written(self) -> AgentSpec:
        """That agent as it stands in the store, in its own language."""
        return self.store.agents[self.session.active_agent]

    def hear_language(self, detected: str, text: str) -> None:
        """The caller was heard to speak this; it is gone on in where the line has it and the agent a voice for it."""
        heard = self._heard.hear(detected, text)
        if heard and spoken_in(self._written, heard) is not None:
            self.session.language = heard

    def greeting(self) -> str:
        """What the active agent says when the caller reaches it; empty when it lets the model open."""
        agent = self.agent
        if not self.session.visited and (words := first_words(self.session, self.phrases)):
            self.visit()
            return words
        texts = agent.return_greeting if agent.name in self.session.visited else agent.greeting
        self.visit()
        return self.said(texts)

    def visit(self) -> None:
        """The caller has been with the active agent."""
        if self.agent.name not in self.session.visited:
            self.session.visited.append(self.agent.name)

    def said(self, texts: Texts) -> str:
        """A line of the active agent in the language that is spoken now; empty where it is written in another.

        What is written once is in the agent's own language: a caller who speaks another does not hear it.
        """
        spoken = self.agent.voice.language
        foreign = isinstance(texts, str) and spoken != self._written.voice.language
        text = "" if foreign else text_in(texts, spoken)
        return self.line_of(text) if text else ""

    def line_of(self, template: str) -> str:
        """A fixed line, with what is known of the call put in."""
        return self.store.render_line(template, self._variables(self._now()))

    def prompt(self) -> str:
        """What the active agent is told."""
        agent, now = self.agent, self._now()
        if (known := self._known()) is None:
            return self._prompt(now)
        made_of = now.replace(second=0, microsecond=0), known
        # Most turns change nothing of it, and the same model is asked again after each tool.
        if self._told is None or self._told[0] is not agent or self._told[1] != made_of:
            self._told = agent, made_of, self._prompt(now)
        return self._told[2]

    def _known(self) -> bytes | None:
        """All that a prompt may tell of this call, besides its agent and the minute; ``None`` where it cannot be
        compared. Facts change in place: they are written down, which is quicker than to render a prompt."""
        session = self.session
        told = {key: value for key, value in session.facts.items() if key[:1] != "_" or key == CALLED_BACK}
        try:
            return _WRITER.encode((told, session.verified, session.variables))
        except (TypeError, ValueError, OverflowError, RecursionError):
            return None

    def _prompt(self, now: datetime) -> str:
        prompt, spoken = self.store.render_prompt(self.agent, self._variables(now)), self.agent.voice.language
        if about := about_calling_back(self.session):
            prompt = f"{prompt}\n\n{about}"
        if spoken == self._written.voice.language:
            return prompt
        return f"{prompt}\n\nThe caller speaks {spoken}. Answer in that language, whatever language this is written in."

    def _variables(self, now: datetime) -> PromptVariables:
        return PromptVariables.of(
            session=self.session,
            line=self.line,
            agent=self.agent,
            now=now,
            channel=self._channel,
            attributes=self.store.attributes,
        )
