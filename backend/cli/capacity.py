"""``ringmaster capacity``: how many calls a replica carries, what its first limit is, and what a call costs."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from backend.adapters.terminal.screen import print_page, screen
from backend.cli.guard import guarded
from backend.domain.capacity import (
    CLAIM,
    DEFAULT_QUOTAS,
    MEASURED,
    CallShape,
    Measured,
    Quotas,
    Replica,
    first_limit,
)
from backend.domain.prices import PriceList
from config import Settings

__all__ = ["capacity", "page_of", "usual_replicas"]

_CORES = (1, 2, 4)
_GIB_A_CORE = 2.0
_CALLS = 1000


def capacity(
    cores: Annotated[list[int] | None, typer.Option(min=1, max=1024, help="Cores of a replica; repeatable.")] = None,
    memory: Annotated[
        float, typer.Option(min=0.5, max=1024, help="Memory of a replica in GiB for each core.")
    ] = _GIB_A_CORE,
    minutes: Annotated[float, typer.Option(min=0.1, max=1440, help="Length of a call.")] = CLAIM.minutes,
    turns: Annotated[float, typer.Option(min=0.1, max=600, help="Turns in a minute of a call.")] = CLAIM.turns_a_minute,
    tokens: Annotated[
        float, typer.Option(min=1, max=10_000_000, help="Tokens that the model reads in a turn.")
    ] = CLAIM.tokens_read,
    recognitions: Annotated[
        int, typer.Option(min=1, help="Recognitions at once that your Speech resource allows.")
    ] = DEFAULT_QUOTAS.recognitions,
    tokens_a_minute: Annotated[
        int, typer.Option(min=1, help="Tokens a minute that your deployment of the model allows.")
    ] = DEFAULT_QUOTAS.tokens_a_minute,
    page: Annotated[Path | None, typer.Option(help="Also write it, to this file.")] = None,
) -> None:
    """Compute how many calls a replica carries, its first limit, and what calls cost."""
    call = dataclasses.replace(CLAIM, minutes=minutes, turns_a_minute=turns, tokens_read=tokens)
    quotas = dataclasses.replace(DEFAULT_QUOTAS, recognitions=recognitions, tokens_a_minute=tokens_a_minute)
    replicas = [Replica(cores=each, memory_gib=each * memory) for each in cores or _CORES]

    def run(settings: Settings) -> None:
        told = page_of(replicas, call, quotas, settings.prices.price_list())
        print_page(screen(), told)
        if page is not None:
            page.write_text(told, encoding="utf-8")

    guarded(run)


def usual_replicas() -> list[Replica]:
    """Those of ``docs/capacity.md``."""
    return [Replica(cores=each, memory_gib=each * _GIB_A_CORE) for each in _CORES]


def page_of(
    replicas: Sequence[Replica], call: CallShape, quotas: Quotas, prices: PriceList, measured: Measured = MEASURED
) -> str:
    """All of it in Markdown, as ``docs/capacity.md`` has it."""
    return "\n\n".join([
        "# How many calls, and what they cost",
        "Computed by `ringmaster capacity`, not measured: from what calls took on one machine on\n"
        f"{measured.date} ({measured.machine};\n"
        "[benchmarks.md](benchmarks.md#what-a-call-costs)), the quotas and the call named below, and the price list\n"
        "of the settings (`PRICE_...`). Your calls, quotas and prices are others: the command takes them. `make\n"
        "capacity` measures your machine and writes this page. Before you count on a limit, try it with calls\n"
        "of your own.",
        "## A replica",
        "One worker for each core. A minute of a call whose caller never falls silent for long takes\n"
        f"{measured.loop_s:.2f} s of an event loop and {measured.threads_s:.2f} s of other threads; a call takes\n"
        f"{measured.call_mb:.1f} MB beside the {measured.idle_mb:.0f} MB of each worker. At most 75 % of the\n"
        "cores should be busy, 60 % of a core with a loop, since turns come in bursts, and 80 % of the memory full.",
        _replicas(replicas, measured),
        "## All replicas together",
        _quotas(call, quotas),
        "## What a call costs",
        _costs(call, prices, measured),
    ]) + "\n"  # fmt: skip


def _replicas(replicas: Sequence[Replica], measured: Measured) -> str:
    rows = [
        "| cores | memory, GiB | processor | event loops | memory | calls at once | first limit | threads then |",
        "|---:|---:|---:|---:|---:|---:|---|---:|",
    ]
    for replica in replicas:
        limits = replica.limits(measured)
        first = first_limit(limits)
        parts = " | ".join(str(limit.calls) for limit in limits)
        threads = replica.threads(first.calls, measured)
        rows.append(
            f"| {replica.cores} | {replica.memory_gib:g} | {parts} | **{first.calls}** | {first.name} | {threads} |"
        )
    return "\n".join(rows)


def _quotas(call: CallShape, quotas: Quotas) -> str:
    limits = quotas.limits(call)
    first = first_limit(limits)
    allowed = (quotas.recognitions, quotas.syntheses_a_second, quotas.tokens_a_minute)
    needed = (_CALLS / limit.calls * amount for limit, amount in zip(limits, allowed, strict=True) if limit.calls)
    return "\n".join([
        f"Calls of {call.turns_a_minute:g} turns a minute. In a turn the model reads",
        f"{call.tokens_read:,.0f} tokens and writes {call.tokens_written:g}. **What is reached first: {first.name},",
        f"at {first.calls} calls.** Quotas are of a resource or a deployment, whatever the number of replicas; where",
        "one is used up the log has `provider.rate_limited`.",
        "",
        f"| quota | allowed | calls at once | needed for {_CALLS} calls at once |",
        "|---|---:|---:|---:|",
        *(
            f"| {limit.name} | {amount:,} | {limit.calls} | {need:,.0f} |"
            for limit, amount, need in zip(limits, allowed, needed, strict=False)
        ),
    ])  # fmt: skip


def _costs(call: CallShape, prices: PriceList, measured: Measured) -> str:
    used = call.used(measured)
    cost = prices.cost(used)
    tokens = used.tokens_read + used.tokens_written
    rows = [
        ("telephone", f"{used.phone_minutes:g} minutes", cost.phone),
        ("recognition", f"{used.recognized_minutes:g} minutes", cost.recognition),
        ("voice", f"{used.voice_characters:,.0f} characters", cost.voice),
        ("model", f"{tokens:,.0f} tokens, none of them read from the service's cache", cost.model),
        ("server", f"{used.core_seconds:.1f} s of a core", cost.server),
        ("**together**", "", cost.total),
    ]
    return "\n".join([
        f"A call of {call.minutes:g} minutes, in {prices.currency}:",
        "",
        f"| what | how much | a call | {_CALLS} calls |",
        "|---|---|---:|---:|",
        *(f"| {name} | {much} | {price:.4f} | {price * _CALLS:,.2f} |" for name, much, price in rows),
        "",
        "Not in it: the number's monthly price, database, Redis and logs, and replicas that wait for calls.",
    ])  # fmt: skip
