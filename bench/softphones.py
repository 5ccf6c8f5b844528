"""Softphones at once on the whole server: what their owners live through, and what it costs.

    python -m bench.softphones [--calls 20] [--ears scripted] [--seconds 120]

Recorded callers talk over ``/api/v1/realtime`` without a browser. With the ears ``scripted`` they announce their words
to the local Azure, which gives them back at the service's pace; ``sphinx`` hears them. The local Azure, its ears and
the softphones share the machine's cores with the server.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from bench.capacity import Work
from bench.figures import summary
from bench.machine import Neighbors
from bench.moments import House, house_of
from bench.plan import ROOT
from bench.softphone_caller import Heard, SoftphoneCaller
from local_azure.phone.persona import Persona, load_persona
from local_azure.state import SttEngine

__all__ = ["main", "measure_softphones", "table"]

_STAGGER_S = 0.5
_FOLDER = ROOT / "tests/personas"


async def measure_softphones(logs: Path, calls: int, ears: SttEngine, seconds: float) -> dict[str, Any]:
    """So many callers at once, each for so long at most."""
    personas = _personas()
    async with house_of(logs, ears) as house:
        neighbors = Neighbors([house.pid])
        neighbors.start()
        began = Work.now(house.pid)
        talking = [_call(house, personas[place % len(personas)], place, seconds) for place in range(calls)]
        heard = await asyncio.gather(*talking)
        ended = Work.now(house.pid)
        others = neighbors.stop()["others_mean_percent"]
        async with house.web.get(f"{house.url}/stats") as answer:
            loop: dict[str, float] = (await answer.json())["loop"]
    spent = ended.loop + ended.threads - began.loop - began.threads
    return {
        "ears": ears, "calls": calls, "seconds": round(ended.at - began.at),
        "server_core_percent": round(100 * spent / (ended.at - began.at), 1),
        "beside_it_percent": others,
        "loop_late_ms": {name: loop[name] for name in ("p50_ms", "p95_ms", "max_ms")},
    } | table(heard)  # fmt: skip


def table(heard: Sequence[Heard]) -> dict[str, Any]:
    """What all of them lived through together."""
    return {
        "utterances": sum(one.said for one in heard),
        "answered": sum(len(one.answers_ms) for one in heard),
        "answer_ms": summary([ms for one in heard for ms in one.answers_ms]),
        "told_wait_ms": summary([ms for one in heard for ms in one.waits_ms]),
        "voice_late_ms": summary([ms for one in heard for ms in one.late_ms]),
        "gaps_over_60_ms": sum(one.gaps for one in heard),
        "filed": sum(one.filed for one in heard),
        "over": sum(bool(one.outcome) for one in heard),
        "outcomes": {
            name: sum(one.outcome == name for one in heard) for name in sorted({one.outcome for one in heard})
        },
        "broke": [f"{one.persona}: {one.broke}" for one in heard if one.broke],
    }


async def _call(house: House, persona: Persona, place: int, seconds: float) -> Heard:
    await asyncio.sleep(place * _STAGGER_S)
    sounds = house.azure.state.sounds
    async with house.web.ws_connect(f"{house.url}/api/v1/realtime") as socket:
        return await SoftphoneCaller(socket, persona, sounds.learn).run(seconds)


def _personas() -> list[Persona]:
    return [load_persona(path.parent) for path in sorted(_FOLDER.glob("*/persona.yaml"))]


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser(prog="bench.softphones", description=__doc__)
    wanted.add_argument("--calls", type=int, default=20)
    wanted.add_argument("--ears", choices=get_args(SttEngine), default="scripted")
    wanted.add_argument("--seconds", type=float, default=120.0)
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = asyncio.run(measure_softphones(Path(folder), given.calls, given.ears, given.seconds))
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
