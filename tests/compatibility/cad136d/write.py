"""Writes sessions.jsonl: run it with the code of cad136d, from a checkout of it, with this file's path as the command.

    PYTHONPATH=$PWD python .../tests/compatibility/cad136d/write.py

Every session is as that version kept it between two turns, with the draft of its claim: a live call that a worker of
this version may have to go on with while versions are rolled out.
"""

import asyncio
from pathlib import Path

import msgspec
from backend.rehearsal.room import House, Room

from backend.agents.store import load_store
from backend.rehearsal import rehearse as playing
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks

ROOT = Path.cwd()
EVERY_TURN_OF = ("rear_end",)
KEPT: list[bytes] = []


async def main() -> None:
    """Play every rehearsal and keep what the session is like."""
    store = load_store(ROOT / "agent_store", ROOT / "prompt_store", memory_tools().names)
    (suite,) = load_suites(ROOT / "tests/rehearsals/insurance", store)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    for conversation in suite.conversations:
        states: list[bytes] = []

        class Watched(Room):
            async def say(self, words: str) -> None:
                await super().say(words)
                if self.ending is None:
                    claim = await self.claims.draft(self.session.call_id)
                    known = None
                    if claim:
                        known = {"policy_id": claim.policy_id, "fields": claim.fields, "status": claim.status}
                    self.states.append(msgspec.json.encode({"session": self.session, "claim": known}))

        Watched.states = states
        playing.Room = Watched
        await playing.play(suite, conversation, House(store, StandInModel(), policies))
        KEPT.extend(states if conversation.name in EVERY_TURN_OF else states[len(states) // 2 :][:1])
    (Path(__file__).parent / "sessions.jsonl").write_bytes(b"\n".join(KEPT) + b"\n")
    print(len(KEPT), "sessions")


asyncio.run(main())
