"""A phrase that the call service says by itself, and which report says that it has."""

import asyncio

import pytest

from backend.engine.call.service_phrase import ServicePhrase


@pytest.mark.parametrize(("named", "over"), [("its own", True), ("", True), ("an earlier one", False)])
async def test_only_its_own_report_ends_the_wait(named: str, caplog: pytest.LogCaptureFixture, *, over: bool) -> None:
    """A service that names none says so of the only one that is being said."""
    phrase = ServicePhrase("c1")
    earlier = phrase.begin()
    phrase.said(earlier)
    own = phrase.begin()
    phrase.said({"its own": own, "an earlier one": earlier}.get(named, named))
    await asyncio.wait_for(phrase.wait(0.0 if not over else 5.0), 5.0)
    assert ("did not report" not in caplog.text) is over
