"""What earlier versions of Ringmaster let pass and this one does not.

A store that was live before the upgrade goes on with warnings for one release, and ``ringmaster store upgrade`` mends
it; whatever is new must pass.
"""

from collections.abc import Iterator

from backend.domain.line import LineSpec

__all__ = ["outdated_line"]

Fault = tuple[tuple[str | int, ...], str]


def outdated_line(line: LineSpec) -> Iterator[Fault]:
    """What is not let pass any more in a line."""
    if not line.timezone:
        yield (
            ("timezone",),
            'timezone is missing; expected one such as America/Chicago, so that "today" is the caller\'s',
        )
    if line.hours is not None and not line.hours.timezone:
        yield ("hours",), "timezone is missing; expected one such as America/Chicago, in which these hours are meant"
    if line.recording.enabled:
        yield (
            ("recording", "enabled"),
            "calls cannot be recorded yet, and callers must not be told that they are; expected false",
        )
