"""Renders templates in a process that may use little more memory than it has when it starts.

One JSON text a line comes in, one answer a line goes out: how the rendering ended, and how many MB it took at most.
"""

import json
import resource
import sys
from pathlib import Path

from backend.agents.prompts import render_words
from backend.errors import StoreError

_MORE = 96 * 1024 * 1024
_VALUES = {
    "result": {"text": "word " * 40, "items": [{"name": f"n{n}", "size": n} for n in range(20)], "number": 7},
    "arguments": {"day": "2026-11-24", "list": ["a", "b", "c"]},
}


def main() -> None:
    """Serve until the input ends."""
    render_words("{{ result.text }}", _VALUES)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + _MORE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("ready", flush=True)
    for line in sys.stdin:
        ended = "rendered"
        try:
            render_words(json.loads(line), _VALUES)
        except StoreError as error:
            memory = isinstance(error.__cause__, MemoryError) or isinstance(error.__context__, MemoryError)
            ended = "out of memory" if memory else str(error)[:300]
        except MemoryError:
            ended = "out of memory"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"ended": ended, "mb": round((peak - before) / 1024, 1)}), flush=True)


if __name__ == "__main__":
    main()
