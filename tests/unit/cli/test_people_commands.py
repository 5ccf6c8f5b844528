"""``ringmaster keys`` and ``ringmaster audit``, on a database of their own."""

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli.application import app

RUN = CliRunner()


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ENTRA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/r.db")
    monkeypatch.setenv("DATA_KEY_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: str) -> tuple[int, str]:
    done = RUN.invoke(app, arguments)
    return done.exit_code, done.output


def test_a_key_is_made_listed_rotated_and_revoked() -> None:
    status, said = run("keys", "add", "website", "--role", "operator", "--line", "insurance", "--days", "30")
    assert status == 0
    token = re.search(r"^rmk_\S+$", said, re.MULTILINE)[0]
    status, said = run("keys", "list")
    assert "website" in said
    assert "insurance" in said
    assert token not in said
    status, said = run("keys", "rotate", "website", "--overlap-hours", "24")
    assert status == 0
    assert re.search(r"^rmk_\S+$", said, re.MULTILINE)[0] != token
    assert run("keys", "rotate", "website")[0] == 2, "never more than two"
    assert run("keys", "revoke", "website") == (
        0,
        "ok: 2 key(s) revoked; servers that run know it within ten seconds\n",
    )
    status, said = run("audit", "--action", "keys")
    assert [said.count(what) for what in ("keys.add", "keys.rotate", "keys.revoke", "key.refused")] == [1, 2, 1, 1]
    assert "cli:" in said
    status, said = run("audit", "--action", "keys.add", "--json")
    assert [json.loads(line)["target"] for line in said.splitlines()] == ["website"]
    assert token not in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["keys", "add", "x", "--role", "root"], "expected viewer, operator, editor, admin"),
        (["keys", "add", "x", "--role", "viewer", "--line", "insurence"], "there is no line"),
        (["keys", "add", "x", "--role", "operator", "--destination", "312"], "beginnings of numbers"),
        (["keys", "revoke", "none"], "no valid key"),
        (["audit", "--since", "yesterday"], "--since: expected a moment with its time zone"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(arguments: list[str], says: str) -> None:
    status, said = run(*arguments)
    assert status == 2
    assert says in said


@pytest.mark.parametrize("number", ["5551234", "312-555-0142", "withheld", "+1", "nobody"])
@pytest.mark.parametrize("command", [["export"], ["forget", "--yes"]])
def test_of_what_is_no_whole_number_nobody_is_told_that_nothing_is_kept(command: list[str], number: str) -> None:
    status, said = run("caller", *command, "--", number)
    assert (status, "with its country" in said) == (2, True)
    assert "deleted" not in said and "calls" not in said


def test_who_exports_or_forgets_a_caller_by_a_command_is_in_the_audit() -> None:
    assert run("caller", "export", "+1 (312) 555-0142")[0] == 0
    assert run("caller", "forget", "0013125550142", "--yes")[0] == 0
    entries = [json.loads(line) for line in run("audit", "--action", "callers", "--json")[1].splitlines()]
    assert [entry["action"] for entry in entries] == ["callers.forget", "callers.export"]
    assert all(entry["actor"].startswith("cli:") and entry["detail"]["calls"] == 0 for entry in entries)
    assert "555" not in repr(entries)
