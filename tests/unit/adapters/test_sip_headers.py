"""What goes with a call to a person, as the service lets it pass."""

from backend.adapters.acs.call_control import sip_headers


def test_headers_have_the_prefix_that_the_service_wants_and_empty_ones_stay_behind() -> None:
    assert sip_headers({"Call-Id": "c1", "Summary": "", "Reason": "a\nb"}) == {
        "X-MS-Custom-Call-Id": "c1",
        "X-MS-Custom-Reason": "ab",
    }


def test_what_is_beyond_five_shares_the_last() -> None:
    headers = sip_headers({name: name.lower() * 100 for name in "ABCDEFG"})
    assert list(headers) == [f"X-MS-Custom-{name}" for name in ("A", "B", "C", "D", "More")]
    assert headers["X-MS-Custom-More"].startswith("E=eee")
    assert len(headers["X-MS-Custom-More"]) == 256
