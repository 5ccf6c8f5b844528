"""Changes a store in a process of its own and kills it (SIGKILL) at its n-th touch of the store's folders.

Usage: ``killed_write.py ROOT`` with a store in ROOT. Prints, for every step, what a fresh reader found afterwards.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backend.agents.folder import StoreFolder

_TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.copyfile"}


def main(root: Path) -> None:
    """Kill at step 1, 2, 3 ... until the change comes through; the reader that comes after is killed the same way."""
    changes: Mapping[str, str | None] = json.loads((root / "changes.json").read_text())
    found: list[dict[str, Any]] = []
    for step in range(1, 500):
        case = root.parent / f"step{step}"
        shutil.copytree(root, case)
        finished = _killed(step, case, lambda folder: folder.write(changes))
        _killed(step % 7 + 1, case, lambda folder: folder.read())  # the start after it is killed, too
        folder = _folder(case)
        contents, again = folder.read().contents(), _folder(case).read().contents()
        found.append({"contents": contents, "same": contents == again, "trouble": folder.trouble, "whole": finished})
        shutil.rmtree(case)
        if finished:
            break
    print(json.dumps(found))


def _killed(step: int, case: Path, work: Any) -> bool:
    """Did the work come to its end before its n-th step?"""
    child = os.fork()
    if not child:
        left = step

        def touched(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            if event in _TOUCHES and str(arguments[0]).startswith(str(case)):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(touched)
        try:
            work(_folder(case))
        finally:
            os._exit(0)
    return os.WEXITSTATUS(status) == 0 if os.WIFEXITED(status := os.waitpid(child, 0)[1]) else False


def _folder(case: Path) -> StoreFolder:
    return StoreFolder(case / "agent_store", case / "prompt_store")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
