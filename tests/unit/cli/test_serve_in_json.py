"""With LOG_FORMAT=json everything that a server says is an object, why it does not start included."""

import json
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]


def test_why_it_does_not_start_is_an_object(tmp_path: Path) -> None:
    environment = {
        **os.environ, "PYTHONPATH": str(_ROOT), "LOG_FORMAT": "json", "ACS_ENDPOINT": "", "REDIS_URL": "",
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/r.db", "WORKERS": "1", "PORT": "0",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "backend", "serve"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2, done.stderr
    said = [json.loads(line) for line in (done.stdout + done.stderr).splitlines()]
    assert {line["event"] for line in said} == {"server.not_started"}
    assert any(line["message"].startswith("ACS_ENDPOINT") for line in said)
