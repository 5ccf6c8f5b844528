"""Applications of one process share what FastAPI makes of their routes: hundreds of tests make an application.

What a route takes and gives is read from its signature, once a router and once more for each application that includes
it: a third of a second of the processor before the first request is answered. It comes to the same for all that include
a router alike. They would differ by ``dependency_overrides`` only, which nobody here has. A server in a process of its
own makes its routes as ever.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from fastapi import routing

__all__ = ["Candidates", "share_routes", "shared"]

Candidates = Callable[[Any], list[Any]]
"""Gives what an application makes of the routes of one router that it includes."""


def shared(candidates: Candidates) -> Candidates:
    """The same, but made once for all that include a router in the same way."""
    made: dict[int, list[tuple[Any, Any]]] = {}

    @wraps(candidates)
    def found(included: Any) -> list[Any]:
        if included._effective_candidates_version is None:
            # Without the application, which would live as long as what is shared.
            way = included.include_context = replace(included.include_context, dependency_overrides_provider=None)
            known = made.setdefault(id(included.original_router), [])
            first = next((one for one, its_way in known if its_way == way), None)
            if first is None:
                known.append((included, way))  # which keeps the router, and its id
            else:
                included._effective_candidates = candidates(first)
                included._effective_candidates_version = first._effective_candidates_version
        return candidates(included)  # makes them anew where a route has been added since

    return found


def share_routes() -> Candidates:
    """Have every application of this process do so; gives what did it before."""
    before: Candidates = routing._IncludedRouter.effective_candidates
    routing._IncludedRouter.effective_candidates = shared(before)  # type: ignore[method-assign]
    return before
