"""The test kit: whole conversations on virtual time, with scripted speech, model and voice.

A minute of call runs in milliseconds and the same way every time::

    def test_greets() -> None:
        async def story() -> None:
            stage = await rehearse_call(model=ScriptedModel(["Hello."]))
            ...
        run_virtual(story())

Shipped, because who writes lines and tools wants to test them too.
"""
