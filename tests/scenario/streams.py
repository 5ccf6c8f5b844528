"""A story that is spoken in one stream, and what of it was heard."""

import asyncio

from answering import Answers

from backend.domain.session import AgentSaid
from backend.domain.tool import Directive
from backend.engine.speaking.speaking import Answer
from backend.engine.turn.turn import Turn
from backend.testing.link import FakeLink
from backend.testing.stage import Stage
from backend.testing.voice import ScriptedVoice

__all__ = ["FIRST", "REST", "STORY", "Stumbles", "heard_words", "keep_fillers", "remembered", "streaming"]

FIRST = "Once upon a time there was a car."
REST = [
    "It stood at a red light and waited there for a very long time.",
    "Then a truck came round the corner.",
    "Nobody was hurt, but the bumper was gone.",
]
STORY = " ".join([FIRST, *REST])


def streaming(**scripted: float) -> ScriptedVoice:
    return ScriptedVoice(streaming=True, **scripted)  # type: ignore[arg-type]


def heard_words(stage: Stage) -> list[str]:
    """Words that the caller heard to their end, or all but one frame of."""
    runs = stage.voice.runs_in(stage.link.heard_frames())
    return [word for word, missing, _ in runs if missing <= 1]


def remembered(stage: Stage) -> list[str]:
    return " ".join(item.text for item in stage.session.history if isinstance(item, AgentSaid)).split()


async def keep_fillers(stage: Stage) -> None:
    """As a server does before its first call."""
    agent = stage.responder.agent
    for filler in stage.responder.phrases.fillers:
        await stage.phrases.learn(filler, agent.voice.voice(), FakeLink().audio)


class Stumbles(Answers):
    """A model that falls silent in the middle of its answer."""

    async def _respond(self, turn: Turn, answer: Answer) -> Directive | None:
        answer.begin(turn.passage(self.agent.name))
        answer.write(f"{FIRST} {REST[0]} ")
        await asyncio.sleep(10)
        answer.write(" ".join(REST[1:]))
        answer.end_passage()
        return None
