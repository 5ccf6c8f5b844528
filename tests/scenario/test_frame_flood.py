"""A call whose media come twenty times faster than anybody speaks: it costs its own recognizer, and no other call."""

from pathlib import Path

import psutil
import pytest
from house import LINE, house
from test_calls import call_in, on_the_servers_loop, spoken

from local_azure.acs.media import MediaStream

pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

TIMES = 20
MOST_MB = 120


@on_the_servers_loop
async def test_a_flood_of_frames_leaves_other_calls_alone_and_takes_no_memory(tmp_path: Path) -> None:
    send = MediaStream.send_audio
    flooding: list[MediaStream] = []

    def many(stream: MediaStream, pcm: bytes | None) -> None:
        flooding.append(stream) if not flooding else None
        for _ in range(TIMES if stream is flooding[0] else 1):
            send(stream, pcm)

    async with house(tmp_path) as home:
        with pytest.MonkeyPatch.context() as patch:
            flood = home.azure.phones.dial(LINE)
            patch.setattr(MediaStream, "send_audio", many)
            await flood.until_connected()
            before = psutil.Process().memory_info().rss
            verified = ("karen miller", spoken("77002"), spoken("9037"))
            _, call = await call_in(home, "what is my deductible", *verified, "no thank you goodbye")
            grown = (psutil.Process().memory_info().rss - before) / 2**20
            flood.hang_up()
            flooded = await home.record(flood.connection_id)
    assert flooding
    assert call.outcome == "completed"
    assert any("deductible" in (turn.said or "") for turn in call.turns)
    assert flooded.outcome in ("caller_hung_up", "failed", "transferred")
    assert grown < MOST_MB, f"{grown:.0f} MB more"
