"""What a colleague at another worker says, as it comes over the relay."""

from collections.abc import AsyncGenerator

import msgspec

from backend.engine.conversation.visit import Visit
from backend.engine.desk.taking_over import TakingOver

HERE = msgspec.msgpack.encode(["v1", b"\x01\x00"])


class Relay:
    """Says these, and ends."""

    def __init__(self, *bodies: bytes) -> None:
        self.bodies = bodies

    async def told(self, topic: str) -> AsyncGenerator[bytes, None]:
        for body in self.bodies:
            yield body


async def test_a_message_of_another_version_does_not_end_the_hearing() -> None:
    visit, said = Visit("v1", "key:anna"), []
    visit.say = said.append  # type: ignore[method-assign]
    await TakingOver._take(None, Relay(b"\xc1", msgspec.msgpack.encode([1]), HERE), "c1", visit)  # type: ignore[arg-type]
    assert said == [b"\x01\x00"]
