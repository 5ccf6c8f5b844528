"""How long a store of 200 agents takes to be read and checked: ``python -m tests.bench.store_load [AGENTS]``.

Every agent has a prompt of its own with shared partials, fifty phrases, tools and hand-offs, as the shipped ones do.
"""

import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from backend.agents.sandbox import forget_compiled
from backend.agents.spec_file import forget_specs
from backend.agents.store import load_store
from backend.agents.uses import uses_of, walked
from backend.agents.yaml_file import forget_yaml
from backend.tool_store.built_in_tools import tool_names

__all__ = ["main", "write_store"]

ROOT = Path(__file__).resolve().parents[2]
_AGENTS = 200
_RUNS = 5


def write_store(root: Path, count: int) -> tuple[Path, Path]:
    """Write a store of ``count`` agents on one line, made from the shipped one; gives its two folders."""
    agents, prompts = root / "agent_store", root / "prompt_store"
    (agents / "agents").mkdir(parents=True)
    (agents / "lines").mkdir()
    for folder in ("forms", "identities", "books"):  # whose tools the agents name
        shutil.copytree(ROOT / "agent_store" / folder, agents / folder)
    shutil.copytree(ROOT / "prompt_store" / "shared", prompts / "shared")
    auth = (ROOT / "agent_store/agents/auth.yaml").read_text("utf-8").partition("handoffs:")[0]
    fnol = (ROOT / "agent_store/agents/fnol_intake.yaml").read_text("utf-8").partition("handoffs:")[0]
    words = {name: (ROOT / f"prompt_store/{name}.jinja").read_text("utf-8") for name in ("auth", "fnol_intake")}
    names = ["auth", *(f"agent_{number}" for number in range(1, count))]
    for name, following in zip(names, [*names[1:], "auth"], strict=True):
        text = auth if name == "auth" else fnol.replace("fnol_intake", name)
        handoffs = f"handoffs:\n  - {{to: {following}, when: something that {following} does}}\n"
        (agents / "agents" / f"{name}.yaml").write_text(text + handoffs, "utf-8")
        (prompts / f"{name}.jinja").write_text(f"You are {name}.\n{words.get(name, words['fnol_intake'])}", "utf-8")
    line = (ROOT / "agent_store/lines/insurance.yaml").read_text("utf-8")
    line = re.sub(r"(?m)^agents: .*$", f"agents: [{', '.join(names)}]", line)
    (agents / "lines" / "insurance.yaml").write_text(line, "utf-8")
    return agents, prompts


def main() -> None:
    """Load it a few times, each time as if for the first and once more, and print the seconds as JSON."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _AGENTS
    first: list[float] = []
    again: list[float] = []
    work: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        places = write_store(Path(folder), count)
        for _ in range(_RUNS):
            forget_compiled()
            forget_yaml()
            forget_specs()
            walked.cache_clear()
            uses_of.cache_clear()
            for seconds in (first, again):
                began, worked = time.perf_counter(), time.process_time()
                store = load_store(*places, tool_names())
                seconds.append(time.perf_counter() - began)
                if seconds is first:
                    work.append(time.process_time() - worked)
                assert len(store.agents) == count
    print(
        json.dumps(
            {
                "agents": count,
                "first_s": round(statistics.median(first), 3),
                "first_cpu_s": round(statistics.median(work), 3),
                "first_worst_s": round(max(first), 3),
                "reload_s": round(statistics.median(again), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
