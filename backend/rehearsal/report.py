"""Outcomes for people at a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from backend.rehearsal.rehearse import Outcome

__all__ = ["show_outcomes"]


def show_outcomes(console: Console, outcomes: Sequence[Outcome], *, verbose: bool = False) -> None:
    """Print the table, and for each conversation that failed what is wrong and what was said."""
    table = Table(box=None, pad_edge=False)
    table.add_column("conversation", no_wrap=True, min_width=max(len(f"{o.suite}/{o.name}") for o in outcomes))
    for heading in ("", "turns", "agents"):
        table.add_column(heading)
    for outcome in outcomes:
        mark = "[green]passed[/]" if outcome.passed else "[red]failed[/]"
        name = escape(f"{outcome.suite}/{outcome.name}")
        table.add_row(name, mark, str(outcome.turns), escape(" > ".join(outcome.agents)))
    console.print(table)
    for outcome in outcomes:
        if verbose or not outcome.passed:
            _show(console, outcome)
    failed = sum(not outcome.passed for outcome in outcomes)
    style = "red" if failed else "green"
    console.print(f"\n[{style}]{len(outcomes) - failed} of {len(outcomes)} conversations went as written[/]")
    console.print(_played_on(outcomes), markup=False, highlight=False, soft_wrap=True)


def _played_on(outcomes: Sequence[Outcome]) -> str:
    """Which model thought, and how far the result can be trusted."""
    models = list(dict.fromkeys(model for outcome in outcomes for model in outcome.models))
    if models == ["stand-in"]:
        return (
            "Played on the stand-in, which works by rules: this shows what agents, tools and policy do. "
            "It cannot judge the wording of a prompt; --model endpoint can."
        )
    tokens = sum(outcome.tokens for outcome in outcomes)
    return f"Played on {', '.join(models) or 'no model'}; {tokens} tokens were read and written."


def _show(console: Console, outcome: Outcome) -> None:
    console.print(f"\n[bold]{escape(f'{outcome.suite}/{outcome.name}')}[/]: {escape(outcome.title)}")
    for line in outcome.transcript:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True, style="dim")
    for problem in outcome.problems:
        console.print(f"  ! {problem}", markup=False, highlight=False, soft_wrap=True, style="red")
