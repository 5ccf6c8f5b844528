"""How long each step took."""

import asyncio

from backend.adapters.livekit.steps import Steps
from backend.testing.virtual_time import run_virtual


def test_each_step_begins_where_the_one_before_ended() -> None:
    async def story() -> None:
        steps = Steps()
        await asyncio.sleep(0.15)
        steps.done("enter")
        await asyncio.sleep(0.03)
        steps.done("take")
        steps.done("publish")
        assert steps.told == {"enter_ms": 150, "take_ms": 30, "publish_ms": 0}

    run_virtual(story())
