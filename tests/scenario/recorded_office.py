"""A worker whose line records its calls, in virtual time."""

import asyncio
import dataclasses
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from office import LINE, Office, Phone

from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.engine.call.call import Call
from backend.engine.desk.call_desk import DeskRules
from backend.testing.caller import ScriptedCaller
from backend.testing.recordings import TakenDown
from backend.testing.virtual_time import run_virtual

RATE = 16_000
TOLD = "This call may be recorded for quality purposes."


class RecordedOffice(Office):
    """An office whose line records."""

    def __init__(self, root: Path, recording: str) -> None:
        super().__init__(root)
        self.folder.write({"lines/main.yaml": LINE + f"recording: {{{recording}}}\n"})
        self.recorders = TakenDown()
        self._environment = dataclasses.replace(self._environment, recorders=self.recorders)
        self.reopen()

    def reopen(self) -> None:
        self.opens(DeskRules(max_calls=100))

    async def ring(self) -> tuple[Call, Phone, ScriptedCaller]:
        """A call that is answered; its caller may be told what to say, in seconds from now."""
        number = len(self.talks)
        await self.desk.incoming(
            IncomingCall(f"e{number}", f"ring-{number}", Private("+13125550142"), Private("+18005550100"))
        )
        token, call = next((t, c) for t, c in self.desk.calls.items() if not c.talking)
        phone = Phone()
        self.talks.append(asyncio.create_task(self.desk.attach(token, phone)))
        while len(self.ears.opened) <= number:
            await asyncio.sleep(0.02)
        caller = ScriptedCaller(self.ears.opened[number])
        caller.start(phone.sink)
        return call, phone, caller

    async def hang_up(self, call: Call, phone: Phone, caller: ScriptedCaller) -> None:
        await caller.stop()
        call.disconnected()
        await phone.close()
        await self.close()
        self.talks.clear()


def played(
    root: Path,
    recording: str,
    story: Callable[[Any], Coroutine[Any, Any, None]],
    kind: type[RecordedOffice] = RecordedOffice,
) -> None:
    async def run() -> None:
        office = kind(root, recording)
        await office.live.open()
        await story(office)
        await office.live.close()

    run_virtual(run())


def heard(office: RecordedOffice, phone: Phone) -> str:
    return " ".join(office.voice.words_in(phone.heard_frames()))
