"""Where the measured cost of a call is written down: what computes with it, and the two pages that tell it."""

import dataclasses
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.cli.capacity import page_of, usual_replicas
from backend.domain.capacity import CLAIM, DEFAULT_QUOTAS, Measured
from config.prices import PriceSettings

__all__ = ["told", "with_constants", "with_sentence", "write_down"]

_CONSTANTS = ("MEASURED = Measured(\n", ")\n")
_SENTENCE = ("<!-- make capacity writes from here -->\n", "<!-- until here -->\n")
_WIDTH = 100


def write_down(measured: Measured, root: Path) -> Sequence[Path]:
    """Write all of it; gives the files."""
    constants, benchmarks, page = (
        root / "backend/domain/capacity.py", root / "docs/benchmarks.md", root / "docs/capacity.md",
    )  # fmt: skip
    _change(constants, lambda text: with_constants(text, measured))
    _change(benchmarks, lambda text: with_sentence(text, measured))
    prices = PriceSettings().price_list()
    page.write_text(page_of(usual_replicas(), CLAIM, DEFAULT_QUOTAS, prices, measured), encoding="utf-8")
    return constants, benchmarks, page


def with_constants(text: str, measured: Measured) -> str:
    """The module with these figures."""
    rows = [f"    {name}={_literal(value)},\n" for name, value in dataclasses.asdict(measured).items()]
    return _between(text, _CONSTANTS, "".join(rows))


def with_sentence(text: str, measured: Measured) -> str:
    """The page of benchmarks with these figures."""
    return _between(text, _SENTENCE, told(measured))


def told(measured: Measured) -> str:
    """What is computed with, and where it is from."""
    return (
        f"`ringmaster capacity` computes with {measured.loop_s:.2f} s of an event loop and "
        f"{measured.threads_s:.2f} s of other threads\n"
        f"([capacity.md](capacity.md)), and with {measured.call_mb:.1f} MB a call, as measured on "
        f"{measured.date}\n"
        f"({measured.machine}); `make capacity` measures anew.\n"
    )


def _change(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8")


def _literal(value: str | float) -> str:
    """As the formatter leaves it."""
    if not isinstance(value, str):
        return repr(value)
    lines = textwrap.wrap(value, _WIDTH, drop_whitespace=False, break_long_words=False, break_on_hyphens=False)
    if len(lines) == 1:
        return f'"{value}"'
    return "(\n" + "".join(f'        "{line}"\n' for line in lines) + "    )"


def _between(text: str, marks: tuple[str, str], put: str) -> str:
    head, begin, rest = text.partition(marks[0])
    _, end, tail = rest.partition(marks[1])
    if not begin or not end:
        raise ValueError(f"there is no place for it between {marks[0].strip()!r} and {marks[1].strip()!r}")
    return f"{head}{begin}{put}{end}{tail}"
