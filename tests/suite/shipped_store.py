"""The stores that come with the project, checked once a process: whoever plays a call needs one, and none writes to it.

Who is about loading itself, or writes a store of their own, calls ``load_store``.
"""

from pathlib import Path

from backend.agents.store import AgentStore, load_store
from backend.domain.tool import ToolNames

__all__ = ["ROOT", "shipped_store"]

ROOT = Path(__file__).resolve().parents[2]
_loaded: list[tuple[Path, ToolNames, AgentStore]] = []


def shipped_store(tools: ToolNames, root: Path = ROOT) -> AgentStore:
    """The project's own store, or that of one of its examples.

    Args:
        tools: what agents may use; another store for each.
        root: the folder that holds ``agent_store`` and ``prompt_store``.
    """
    for known_root, known_tools, store in _loaded:
        if known_root == root and known_tools == tools:
            return store
    store = load_store(root / "agent_store", root / "prompt_store", tools)
    _loaded.append((root, tools, store))
    return store
