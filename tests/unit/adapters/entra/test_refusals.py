"""What Entra ID has against a sign-in: one of few reasons, and nothing of its text but its own number."""

import pytest

from backend.adapters.entra.refusals import refusal
from backend.errors import SignInTrouble


@pytest.mark.parametrize(
    ("error", "number", "trouble"),
    [
        ("access_denied", 65004, "denied"), ("access_denied", 0, "denied"), ("invalid_grant", 65001, "denied"),
        ("interaction_required", 50105, "no_role"), ("invalid_grant", 50020, "tenant"),
        ("invalid_request", 90002, "tenant"), ("unauthorized_client", 700016, "tenant"),
        ("invalid_client", 7000222, "setup"), ("invalid_client", 700213, "setup"), ("invalid_client", 700024, "clock"),
        ("invalid_grant", 54005, "stale"), ("invalid_grant", 501481, "stale"), ("invalid_grant", 99999999, "stale"),
        ("temporarily_unavailable", 0, "away"), ("something_new", 0, "unproven"),
    ],
)  # fmt: skip
def test_each_error_is_one_of_our_reasons(error: str, number: int, trouble: SignInTrouble) -> None:
    found = refusal({"error": error, "error_description": f"AADSTS{number}: Something." if number else ""})
    assert found.trouble == trouble
    assert error in str(found) and (not number or f"AADSTS{number}" in str(found))


@pytest.mark.parametrize("error", ["", None, 7, "ann@example.com was here", "x" * 50, ["access_denied"], "A_B\n"])
def test_nothing_that_is_written_there_comes_into_a_log(error: object) -> None:
    found = refusal({"error": error, "error_description": "AADSTS50020: ann@example.com AADSTS1 is not known"})
    assert (found.trouble, str(found)) == ("tenant", "Entra ID says unknown, AADSTS50020")
