"""Whatever fails and whenever: 3 s after the caller's last word something is heard, or the call is elsewhere."""

import asyncio
from dataclasses import dataclass
from typing import Any

from answering import Answers
from audible import heard_between
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.domain.audio import PCM_16K
from backend.engine.desk.phrase_warmer import emergency_phrases
from backend.errors import PoolExhausted, RateLimited, RingmasterError, TimedOut, Unavailable
from backend.testing.stage import Stage, agent_spec
from backend.testing.virtual_time import run_virtual

LIMIT_S = 3.0
TURNS = {"idle_seconds": 8}
ERRORS: dict[str, RingmasterError] = {
    "away": Unavailable("speech", "503"),
    "too many": RateLimited("speech", "429"),
    "late": TimedOut("speech", "late"),
    "used up": PoolExhausted("none free"),
}


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong so many seconds after the caller has begun with their next words."""

    of: str
    kind: str
    times: int
    after_s: float


FAULTS = st.builds(
    Fault,
    of=st.sampled_from(["model", "voice", "hanging voice", "recognition", "deaf", "slow model", "slow voice"]),
    kind=st.sampled_from(sorted(ERRORS)),
    times=st.sampled_from([1, 2, 3, 99]),
    after_s=st.sampled_from([-0.5, 0.0, 0.4, 1.0, 1.6]),
)
SAYING = st.tuples(st.integers(1, 6), st.lists(FAULTS, max_size=2), st.sampled_from([6.0, 9.0, 14.0]))
SAYINGS = st.lists(SAYING, min_size=1, max_size=4)


class Caller:
    """Says one thing after the other, while things go wrong."""

    def __init__(self, *, kept: bool, transfer: bool) -> None:
        self.responder = Failing(agent=agent_spec(greeting="Hello there.", turns=TURNS), first_token_s=0.3)
        self.stage = Stage(self.responder, transfer=transfer)
        self.kept = kept
        self.gone_at: float | None = None
        self.struck = 0

    async def call(self, sayings: list[tuple[int, list[Fault], float]]) -> None:
        if self.kept:
            agent = self.responder.agent
            for phrase in emergency_phrases(self.responder.phrases):
                await self.stage.phrases.learn(phrase, agent.voice.voice(), PCM_16K)
        running = await self.stage.raise_curtain()
        running.add_done_callback(lambda _: self._gone())
        at, ends = 2.5, list[float]()
        for count, faults, pause in sayings:
            begins = at
            at = self.stage.caller.says(" ".join(f"word{number}" for number in range(count)), at=begins)
            if not self.kept:
                faults = faults[: 1 - self.struck]  # where no phrase is kept, what two faults cost adds up
            for fault in sorted(faults, key=lambda fault: fault.after_s):
                await self.stage.caller.until(begins + fault.after_s)
                self._strike(fault)
            await self.stage.caller.until(at)
            ends.append(at)
            at += pause
            await self.stage.caller.until(at - 1.0)
            if running.done():
                break
        await asyncio.sleep(LIMIT_S)
        for end in ends:
            assert self._is_answered(end), (end, ends, self.stage.dialogue)
        await self.stage.drop_curtain(running)

    def _is_answered(self, end: float) -> bool:
        """Was something heard in time, unless the call was over or the caller with a colleague by then?"""
        gone = self.gone_at is not None and self.gone_at <= end + LIMIT_S
        return gone or heard_between(self.stage, end - 0.05, end + LIMIT_S)

    def _gone(self) -> None:
        self.gone_at = self.stage.caller.now

    def _strike(self, fault: Fault) -> None:
        self.struck = 1
        stage, errors = self.stage, [ERRORS[fault.kind]] * fault.times
        match fault.of:
            case "model":
                self.responder.failures = [*errors]
            case "slow model":
                self.responder.first_token_s = 0.5 * fault.times
            case "voice":
                stage.voice.failures = [error for error in errors if not isinstance(error, PoolExhausted)]  # type: ignore[misc]
            case "hanging voice":
                stage.voice.hangs = fault.times
            case "slow voice":
                stage.voice.first_audio_s = min(1.9, 0.6 * fault.times)
            case "deaf":
                stage.stt.deaf = fault.times
                stage.stt.break_down(TimedOut("speech", "deaf"))
            case _:
                stage.stt.failures = [*errors]  # type: ignore[list-item]
                stage.stt.break_down(TimedOut("speech", "broken"))


class Failing(Answers):
    """A model that fails so often."""

    failures: list[RingmasterError]

    async def respond(self, turn: Any, answer: Any) -> Any:
        await asyncio.sleep(0.1)
        if failures := getattr(self, "failures", None):
            raise failures.pop(0)
        return await super().respond(turn, answer)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(sayings=SAYINGS, kept=st.booleans(), transfer=st.booleans())
def test_nobody_is_left_in_silence(sayings: list[tuple[int, list[Fault], float]], kept: bool, transfer: bool) -> None:
    run_virtual(Caller(kept=kept, transfer=transfer).call(sayings))
