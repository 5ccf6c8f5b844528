"""The reference page of settings, written from the same classes that they are read with."""

import re
from collections.abc import Iterator, Mapping

from backend.docstrings import docstrings_of
from config.concern import Concern
from config.example import default_of
from config.settings import CONCERNS

__all__ = ["settings_page"]

_HEAD = """\
<!-- Written by `ringmaster schema` from config/; edit the fields there instead. -->

# Settings: every variable

`ringmaster serve` reads them from the environment, then from `.env` ([.env.example](../../.env.example) is this list as
a file to copy). A wrong or missing value stops the start with the variable's name, what was expected and what came.
Which of them a server on Azure needs is in the [README](../../README.md#running-it-against-azure).
"""
_TAIL = """
## Named by the agent store

| variable | if left out | what |
|---|---|---|
| `TOOL_NAME` |  | An address or a secret of a tool that the agent store declares ([tools.md](../tools.md)). |
| `BOOK_NAME` |  | The place of a book that the agent store declares ([identities.md](../identities.md)). |
"""
_MORE: Mapping[str, tuple[str, ...]] = {
    "ConnectionSettings": ("operations", "changing-agents", "failures", "finding-calls"),
    "AzureSettings": ("operations",),
    "LiveKitSettings": ("livekit",),
    "SecuritySettings": ("security", "verification", "tools"),
    "PeopleSettings": ("security", "operations"),
    "CapSettings": ("security",),
    "PriceSettings": ("costs",),
    "DataSettings": ("private-data", "recordings"),
    "TelemetrySettings": ("monitoring",),
}
"""The pages of docs that tell more about a concern."""


def settings_page() -> str:
    """The page as Markdown: a table for each concern."""
    return "\n".join([_HEAD, *(line for one in CONCERNS for line in _section(one))]).rstrip() + "\n" + _TAIL


def _section(concern: type[Concern]) -> Iterator[str]:
    title, _, rest = (concern.__doc__ or "").strip().partition(". ")
    yield f"## {_cell(title.rstrip('.'))}\n"
    if rest:
        yield _cell(rest) + "\n"
    if pages := _MORE.get(concern.__name__):
        yield "More: " + ", ".join(f"[{page}.md](../{page}.md)" for page in pages) + ".\n"
    yield "| variable | if left out | what |\n|---|---|---|"
    texts = docstrings_of(concern)
    for name, field in concern.model_fields.items():
        default = default_of(field)
        yield f"| `{name.upper()}` | {f'`{default}`' if default else ''} | {_cell(texts.get(name, ''))} |"
    yield ""


def _cell(text: str) -> str:
    """Markdown of a docstring, fit for a table."""
    return re.sub(r"`+", "`", " ".join(text.split())).replace("|", "\\|")
