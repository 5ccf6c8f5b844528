"""Whatever callers, recognizer, model and voice do, in whatever order: no word of the caller is lost, one turn runs
at a time, and the history is what was heard."""

import asyncio
from typing import Any

from answering import Answers
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend.domain.session import AgentSaid, CallerSaid
from backend.testing.stage import Stage, agent_spec
from backend.testing.virtual_time import VirtualTimeLoop
from backend.testing.voice import ScriptedVoice

WORDS = st.integers(1, 6)
PAUSE = st.sampled_from([0.05, 0.12, 0.2, 0.3, 0.45, 0.5, 0.55, 0.65, 0.8, 1.0, 1.5, 2.5, 4.0])
DELAY = st.sampled_from([0.0, 0.05, 0.2, 0.35, 0.8, 1.6])


def _between(least: list[str], told: list[str], most: list[str]) -> bool:
    """Is ``told`` all of ``least`` and some of the other words of ``most``, in order?"""
    rest, must = iter(most), iter(told)
    return all(word in rest for word in told) and all(word in must for word in least)


class EndlessAnswers(Answers):
    """Every answer is new, with words of its own, so that what was heard can be told apart."""

    longest = 15

    def _next(self, turn: Any) -> str:
        self.told = getattr(self, "told", 0) + 1
        count = 3 + self.told * 7 % self.longest
        return " ".join(f"a{self.told}.{number}{self._stop(number)}" for number in range(count)) + "."

    def _stop(self, number: int) -> str:
        return "." if number % 6 == 5 else ""


class ConversationMachine(RuleBasedStateMachine):
    """One call; time stands still between the rules."""

    streaming = False

    def __init__(self) -> None:
        super().__init__()
        self.loop = VirtualTimeLoop()
        self.spoken: list[str] = []
        self.busy_until = 0.0

    @initialize(endpointing=st.sampled_from(["smart", "local", "service"]), hears=st.booleans(), early=st.booleans())
    def call(self, endpointing: str, hears: bool, early: bool) -> None:
        agent = agent_spec(greeting="Hello there.", turns={"endpointing": endpointing, "early_thinking": early})
        self.responder = EndlessAnswers(agent=agent, first_token_s=0.35, token_s=1 / 60)
        self.responder.longest = 60 if self.streaming else 15
        voice = ScriptedVoice(first_audio_s=0.12, streaming=self.streaming)
        self.stage = Stage(self.responder, voice=voice, hears_voice=hears)
        self.running = self.loop.run_until_complete(self.stage.raise_curtain())

    @rule(count=WORDS, after=st.sampled_from([0.0, 0.1, 0.35]), reworded=st.booleans())
    def speak(self, count: int, after: float, reworded: bool) -> None:
        words = self._words(count)
        final = " ".join([*words[:-1], words[-1] + "x"]) if reworded else None
        self._run(self._speak([" ".join(words)], [], after, final))

    @rule(first=WORDS, second=WORDS, pause=st.integers(3, 9))
    def speak_with_a_pause(self, first: int, second: int, pause: int) -> None:
        pieces = [" ".join(self._words(first)), " ".join(self._words(second))]
        self._run(self._speak(pieces, [pause * 100], 0.0, None))

    @rule(lasts=st.sampled_from([0.1, 0.25, 0.6]))
    def cough(self, lasts: float) -> None:
        async def make_noise() -> None:
            at = max(self.stage.caller.now, self.busy_until)
            self.stage.caller.coughs(at=at, lasts=lasts)
            self.busy_until = at + lasts

        self._run(make_noise())

    @rule(seconds=PAUSE)
    def time_passes(self, seconds: float) -> None:
        self._run(asyncio.sleep(seconds))

    @rule(first=DELAY, tool=DELAY, lasts=st.booleans(), sound=st.sampled_from([0.02, 0.12, 0.6]))
    def services_change(self, first: float, tool: float, lasts: bool, sound: float) -> None:
        self.responder.first_token_s, self.responder.tool_s = first, tool
        self.responder.tool_lasts = lasts
        self.stage.voice.first_audio_s = sound

    @invariant()
    def one_turn_at_a_time(self) -> None:
        if hasattr(self, "responder"):
            assert self.responder.most_running <= 1

    def teardown(self) -> None:
        if not hasattr(self, "running"):
            self.loop.close()
            return
        try:
            self._run(asyncio.sleep(max(0.0, self.busy_until - self._now()) + 1.0))
            self._run(self._hang_up())
        finally:
            self.loop.close()

    async def _hang_up(self) -> None:
        await self.stage.drop_curtain(self.running)
        assert self.stage.voice.open == 0
        history = self.stage.session.history
        caller = " ".join(item.text for item in history if isinstance(item, CallerSaid)).split()
        assert [word.removesuffix("x") for word in caller] == self.spoken
        agent = " ".join(item.text for item in history if isinstance(item, AgentSaid)).split()
        runs = self.stage.voice.runs_in(self.stage.link.heard_frames())
        whole = [word for word, missing, _ in runs if not missing]
        nearly = [word for word, missing, _ in runs if missing <= 1]
        assert agent in (whole, nearly) or _between(whole, agent, nearly)

    def _words(self, count: int) -> list[str]:
        begin = len(self.spoken)
        words = [f"w{begin + number}" for number in range(count)]
        self.spoken += words
        return words

    async def _speak(self, pieces: list[str], pauses: list[int], after: float, final: str | None) -> None:
        caller = self.stage.caller
        at = max(caller.now + after, self.busy_until + 0.7)
        if final is None:
            self.busy_until = caller.tells(pieces, pauses, at=at)[-1][1]
        else:
            self.busy_until = caller.says(pieces[0], at=at, final=final)

    def _now(self) -> float:
        return self.loop.time() - self.stage.caller._began

    def _run(self, coroutine: Any) -> None:
        self.loop.run_until_complete(coroutine)


class StreamingMachine(ConversationMachine):
    """The same with answers whose text is streamed into the voice, over a service that does not always let it."""

    streaming = True

    @rule(question=WORDS, later=st.integers(15, 90), words=WORDS)
    def interrupt_in_mid_answer(self, question: int, later: int, words: int) -> None:
        """The answer is streamed from about its third second on."""
        self.speak(question, 0.0, False)
        self._run(asyncio.sleep(max(0.0, self.busy_until - self._now()) + later / 10))
        self.speak(words, 0.0, False)

    @rule(breaks=st.booleans(), patience=st.sampled_from([None, 0.3, 3.0]), token=st.sampled_from([0.0, 1 / 60, 0.2]))
    def streams_change(self, breaks: bool, patience: float | None, token: float) -> None:
        self.stage.voice.breaks = [0] if breaks else []
        self.stage.voice.patience_s = patience
        self.responder.token_s = token


ConversationMachine.TestCase.settings = StreamingMachine.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=18,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestConversation = ConversationMachine.TestCase
TestStreamedConversation = StreamingMachine.TestCase
