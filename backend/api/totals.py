"""How many there are: told in headers, so that lists stay lists."""

from typing import Any

from fastapi import Response

from backend.domain.search import Totals

__all__ = ["TOTAL", "TOTALS", "TOTAL_HEADERS", "tell_totals"]

TOTAL, TESTS = "X-Total-Count", "X-Test-Count"
TOTALS = (TOTAL, TESTS)

TOTAL_HEADERS: dict[str, Any] = {
    "headers": {
        TOTAL: {
            "description": "How many fit, on all pages. Tests are left out, unless test=true asks for them.",
            "schema": {"type": "integer"},
        },
        TESTS: {
            "description": "How many of those that fit are tests.",
            "schema": {"type": "integer"},
        },
    }
}
"""For the document of a list route."""


def tell_totals(response: Response, totals: Totals, test: bool | None) -> None:
    """Write the headers; ``test`` is what was asked for."""
    response.headers[TOTAL] = str(totals.tests if test else totals.real)
    response.headers[TESTS] = str(totals.tests)
