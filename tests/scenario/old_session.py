"""The session of an earlier version, as it read and wrote it."""

import importlib.util
from pathlib import Path
from typing import Any

__all__ = ["OLD", "OLD_SESSION"]

OLD = Path(__file__).resolve().parents[1] / "compatibility/cad136d"


def _old_session() -> Any:
    spec = importlib.util.spec_from_file_location("session_of_cad136d", OLD / "session.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CallSession


OLD_SESSION: Any = _old_session()
