"""Places calls of recorded callers and compares the claims with what each ``persona.yaml`` says must be in them.

    python tests/personas/play.py --server http://127.0.0.1:8080 --emulator http://127.0.0.1:8090 [names ...]

Prints one line a caller: filed right, filed with errors (which), or how the call ended instead.
"""

import argparse
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from backend.api.door.local_key import key_for

HERE = Path(__file__).parent
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIELDS = {
    "loss_date": "loss_date",
    "loss_time": "loss_time",
    "city": "loss_location.city",
    "street": "loss_location.street",
    "model": "vehicle.model",
    "vehicles_involved": "vehicles_involved",
    "drivable": "vehicle_drivable",
    "injured": "injuries.injured",
    "driver": "driver_name",
}
Json = Mapping[str, Any]


def main() -> None:
    """Play those named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--server", default="http://127.0.0.1:8080")
    parser.add_argument("--emulator", default="http://127.0.0.1:8090")
    parser.add_argument("--folder", type=Path, default=HERE)
    parser.add_argument("--at-once", type=int, default=3)
    parser.add_argument("--timezone", default="America/Chicago", help="the line's; days are counted there")
    parser.add_argument("--transcripts", type=Path, help="folder for what was said")
    options = parser.parse_args()
    names = options.names or sorted(path.parent.name for path in options.folder.glob("*/persona.yaml"))
    with ThreadPoolExecutor(options.at_once) as pool:
        for line in pool.map(partial(play, options=options), names):
            print(line, flush=True)


def play(name: str, options: argparse.Namespace) -> str:
    """One call; one line on it."""
    folder = options.folder / name
    caller = f"+1206555{1000 + sum(map(ord, name)) % 9000}"
    command = [sys.executable, "-m", "backend", "call", str(folder), "--json", "--from", caller]
    command += ["--server", options.server, "--emulator", options.emulator]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        call: Json = json.loads(done.stdout)
    except ValueError:
        return f"{name}: did not run: {done.stderr.strip()[-200:]}"
    if options.transcripts:
        options.transcripts.mkdir(parents=True, exist_ok=True)
        (options.transcripts / f"{name}.txt").write_text(transcript(call))
    must = yaml.safe_load((folder / "persona.yaml").read_text()).get("must") or {}
    today = datetime.now(ZoneInfo(options.timezone)).date()
    return f"{name}: {verdict(call, must, options.server, today)}"


def verdict(call: Json, must: Json, server: str, today: date) -> str:
    """How the call went, in a few words."""
    turns = f"{len(call['turns'])} turns"
    if not call["claim_id"]:
        return f"{call['outcome']}, no claim, {turns}; {'; '.join(call['problems'])}"
    key = key_for(server, os.environ.get("API_KEY", ""))
    asked = urllib.request.Request(f"{server}/api/v1/claims/{call['claim_id']}")
    if key:
        asked.add_header("Authorization", f"Bearer {key}")
    with urllib.request.urlopen(asked) as answer:
        claim: Json = json.load(answer)
    wrong = list(differences(claim, must, today))
    return f"{'filed with errors: ' + ', '.join(wrong) if wrong else 'filed right'} ({turns})"


def differences(claim: Json, must: Json, today: date) -> Iterator[str]:
    """Each field that is not as it must be."""
    if must.get("policy", claim.get("policy_id")) != claim.get("policy_id"):
        yield f"policy is {claim.get('policy_id')}"
    if "verified" in must and claim.get("verified") is not must["verified"]:
        yield f"verified is {claim.get('verified')}"
    for key, path in FIELDS.items():
        if key not in must:
            continue
        value: Any = claim["fields"]
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if not same(day(must[key], today) if key == "loss_date" else must[key], value):
            yield f"{key} is {value!r}, not {must[key]!r}"


def same(wanted: object, value: object) -> bool:
    """Equal, or of the pattern, whatever the case and the spaces: Camel Back Road is Camelback Road."""
    if isinstance(wanted, str):
        return fnmatch(str(value).lower().replace(" ", ""), wanted.lower().replace(" ", ""))
    return wanted == value


def day(said: int | str, today: date) -> str:
    """A day that is said by its distance from today, or the latest one of that name before today."""
    back = -said if isinstance(said, int) else (today.weekday() - DAYS.index(said)) % 7 or 7
    return (today - timedelta(days=back)).isoformat()


def transcript(call: Json) -> str:
    """What both said, and what the server heard."""
    lines: list[str] = []
    for turn in call["turns"]:
        lines.append(f"caller: {turn.get('caller')}   [{json.dumps(turn, ensure_ascii=False)}]")
        lines.append(f"agent:  {turn.get('said')}")
    return "\n".join([*lines, f"{call['call_id']} {call['outcome']} {call['claim_id']} {call['problems']}"])


if __name__ == "__main__":
    main()
