"""What would differ, for people at a terminal and for CI."""

from collections.abc import Collection, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from backend.rehearsal.rehearse import Outcome
from backend.rehearsal.replay import Difference, Kind, Replayed, Step

__all__ = ["as_outcomes", "show_replays"]


def show_replays(
    console: Console, replays: Sequence[Replayed], kinds: Collection[Kind], *, verbose: bool = False
) -> None:
    """Print a table of all calls, then turn by turn what differs. ``kinds`` are those that count."""
    table = Table(box=None, pad_edge=False)
    # An identifier that is cut cannot be looked up.
    table.add_column("call", no_wrap=True, min_width=max((len(one.call_id) for one in replays), default=0))
    for heading in ("line", "turns", "", "first at turn"):
        table.add_column(heading, no_wrap=True)
    for one in replays:
        counting = one.counting(kinds)
        mark = "[red]differs[/]" if counting else "[yellow]other words[/]" if one.differences else "[green]same[/]"
        first = str(min(d.turn for d in one.differences)) if one.differences else ""
        table.add_row(one.call_id, one.line, str(len(one.before.steps)), mark, first)
    console.print(table)
    for one in replays:
        if one.counting(kinds) or (verbose and one.differences):
            _show(console, one)
    differing = sum(bool(one.counting(kinds)) for one in replays)
    style = "red" if differing else "green"
    console.print(f"\n[{style}]{len(replays) - differing} of {len(replays)} calls would go as before[/]")


def as_outcomes(replays: Sequence[Replayed], kinds: Collection[Kind]) -> list[Outcome]:
    """The same as a rehearsal's outcomes, for JUnit XML."""
    return [
        Outcome(
            suite=f"replay.{one.line}",
            name=one.call_id,
            title=f"recorded call {one.call_id}",
            problems=tuple(_sentence(difference) for difference in one.counting(kinds)),
            turns=len(one.before.steps),
            transcript=tuple(_sentence(difference) for difference in one.differences),
        )
        for one in replays
    ]


def _show(console: Console, one: Replayed) -> None:
    console.print(f"\n[bold]{escape(one.call_id)}[/] on {escape(one.line)}")
    for turn in sorted({difference.turn for difference in one.differences}):
        steps = one.before.steps
        words = _heading(steps, turn)
        console.print(f"  {words}", markup=False, highlight=False, soft_wrap=True, style="dim")
        for difference in (d for d in one.differences if d.turn == turn):
            for sign, style, text in (("-", "red", difference.before), ("+", "green", difference.after)):
                console.print(
                    f"    {sign} {difference.kind}: {text}", markup=False, highlight=False, soft_wrap=True, style=style
                )


def _heading(steps: Sequence[Step], turn: int) -> str:
    return f"turn {turn}, caller: {steps[turn - 1].caller}" if 0 < turn <= len(steps) else "before the first turn"


def _sentence(difference: Difference) -> str:
    return f"turn {difference.turn}, {difference.kind}: {difference.before!r} became {difference.after!r}"
