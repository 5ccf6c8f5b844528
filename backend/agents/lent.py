"""Forms for a store from before there were any: their tools came with the server then.

Such a store is lent the forms that this server brings, until ``ringmaster store upgrade`` puts them where they belong.
"""

from collections.abc import Collection
from pathlib import Path

from backend.agents.files import StoreFiles
from backend.agents.yaml_file import YamlFault, parse_yaml

__all__ = ["LENT", "lent_forms"]

LENT = "its forms are those that came with Ringmaster; 'ringmaster store upgrade' puts them into the store"
"""What is said of such a store."""

_SHIPPED = Path(__file__).resolve().parents[2] / "agent_store" / "forms"


def lent_forms(files: StoreFiles, unknown: Collection[str]) -> dict[str, bytes]:
    """The forms, as files of this store, that have one of the tools nobody knows; none where the store has forms."""
    if files.forms or not unknown or not _SHIPPED.is_dir():
        return {}
    raws = {path.name: path.read_bytes() for path in sorted(_SHIPPED.glob("*.yaml"))}
    return {f"{files.agent_folder}/forms/{name}": raw for name, raw in raws.items() if _tools(raw) & set(unknown)}


def _tools(raw: bytes) -> set[str]:
    try:
        tools = parse_yaml(raw).content.get("tools")
    except YamlFault:
        return set()
    return {str(name) for name in tools.values()} if isinstance(tools, dict) else set()
