"""What earlier versions of Ringmaster let pass and this one does not.

A store that was live before the upgrade goes on with warnings for one release, and ``ringmaster store upgrade`` mends
it; whatever is new must pass.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from backend.agents.problem import Fault
from backend.domain.addresses import address_kind
from backend.domain.line import LineSpec
from backend.domain.tool_server import OF_THE_CALL, AnyServer, FunctionSpec, Reference

__all__ = ["is_unguarded", "outdated_line", "outdated_server", "unnamed_host"]


def outdated_line(line: LineSpec) -> Iterator[Fault]:
    """What is not let pass any more in a line."""
    if not line.timezone:
        yield (
            ("timezone",),
            'timezone is missing; expected one such as America/Chicago, so that "today" is the caller\'s',
        )
    if line.hours is not None and not line.hours.timezone:
        yield ("hours",), "timezone is missing; expected one such as America/Chicago, in which these hours are meant"


def outdated_server(server: AnyServer) -> Iterator[Fault]:
    """What is not let pass any more in a tool server."""
    for index, function in enumerate(server.functions):
        if is_unguarded(function):
            message = (
                f"{function.name} changes something, and anybody who rings could have it run; add "
                "'requires: verified_caller', or 'open: true' where that is meant"
            )
            yield ("functions", index, "effect"), message
        for name, source in function.bind.items():
            if source not in OF_THE_CALL and not source.startswith("subject."):
                message = f"{source} is the caller's; write subject.{source}"
                yield ("functions", index, "bind", name), message
    if host := unnamed_host(server):
        message = f"{host} is on this machine or its network; where that is meant, name it: hosts: [{host}]"
        yield ("url",), message


def is_unguarded(function: FunctionSpec) -> bool:
    """Does it change something for whoever rings, without a word that this is meant?"""
    return function.effect == "write" and function.requires is None and not function.open


def unnamed_host(server: AnyServer) -> str:
    """The host that an address written in the store leads to, where it is near and not named under ``hosts``."""
    url = server.url.default if isinstance(server.url, Reference) else server.url
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return ""
    named = {name.casefold().strip("[]") for name in server.hosts}
    return host if host and host not in named and _is_near(host) else ""


def _is_near(host: str) -> bool:
    try:
        return address_kind(host) != "public"
    except ValueError:
        return "." not in host or host.endswith((".internal", ".local", ".localhost"))
