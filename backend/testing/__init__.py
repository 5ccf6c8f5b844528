"""The test kit: whole conversations on virtual time, with scripted speech, model and voice.

A minute of call runs in milliseconds and the same way every time::

    def test_greets() -> None:
        async def story() -> None:
            stage = Stage(orchestrator)
            stage.caller.says("how is the weather", at=2)
            running = await stage.raise_curtain()
            await asyncio.sleep(10)
            await stage.drop_curtain(running)
            assert stage.heard == "Hello there. It is sunny."

        run_virtual(story())

Shipped, because who writes lines and tools wants to test them too.
"""
