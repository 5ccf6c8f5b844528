"""The hooks of `azd up`, with an ``az``, ``azd`` and ``curl`` that answer from a table and note what is asked."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bicep_files import INFRA, read
from deployed import MODELS
from platform_stand_in import program

ROOT = INFRA.parent
KNOWN = {
    "AZURE_ENV_NAME": "test",
    "AZURE_LOCATION": "eastus2",
    "AZURE_RESOURCE_GROUP": "rg-test",
    "AZURE_TENANT_ID": "tenant",
    "AZURE_CONTAINER_REGISTRY_NAME": "crx",
    "AZURE_CONTAINER_REGISTRY_ENDPOINT": "crx.azurecr.io",
    "RINGMASTER_APP_NAME": "ca-x",
    "RINGMASTER_URL": "https://ca-x.example.com",
    "ACS_ENDPOINT": "https://acs-x.unitedstates.communication.azure.com",
    "ACS_TOPIC_NAME": "evgt-x",
    "EVENT_GRID_APPLICATION_ID": "e7a1",
}
_STAND_IN = """
#!/usr/bin/env bash
asked="${{0##*/}} $*" given=
case " $* " in *" --config "*) IFS= read -r -d '' given ;; esac
printf '%s\\0%s\\0' "$asked" "$given" >>{folder}/asked
next() {{ IFS= read -r -d '' "$1"; }}
while next pattern && next output && next code && next headers; do
  [[ $asked =~ $pattern ]] || continue
  while [[ $headers && $# -gt 1 ]]; do
    [[ $1 == -D ]] && printf %s "$headers" >"$2"
    shift
  done
  printf %s "$output"
  exit "$code"
done <{folder}/answers
exit 0
"""
"""In bash: a hook asks a dozen times and more, and Python takes ten times as long to begin."""


class Cloud:
    """What is on PATH in place of Azure's programs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "project"
        self._answers: list[tuple[str, str, int, str]] = []
        for name in ("az", "azd", "curl"):
            program(folder / "bin", name, _STAND_IN.format(folder=shlex.quote(str(folder))))
        shutil.copytree(INFRA, self.root / "infra")
        shutil.copytree(ROOT / "agent_store", self.root / "agent_store")

    def answers(self, pattern: str, output: str = "", code: int = 0, headers: str = "") -> None:
        """What is said to whatever fits; what was told first counts first."""
        self._answers.append((pattern, output, code, headers))

    def knows(self, **more: str) -> None:
        """What azd knows; the rest it does not."""
        for name, value in {**KNOWN, **more}.items():
            if value:
                self.answers(f"^azd env get-value {name}$", value)
        self.answers("^azd env get-value ", "\nERROR: key not found in environment values\n", 1)  # on standard output

    def run(self, hook: str, answer: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a hook to its end."""
        told = [str(part) for answer in self._answers for part in answer]
        (self.folder / "answers").write_text("".join(f"{part}\0" for part in told))
        return subprocess.run(
            ["/bin/sh", str(self.root / "infra" / "hooks" / f"{hook}.sh")],
            env={
                "PATH": f"{self.folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
                "PAUSE": "1",
                "READY_SECONDS": "2",
                "STAMP": "1",
                **environment,
            },
            input=answer,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def asked(self) -> list[str]:
        """What the programs were asked, in order."""
        return (self.folder / "asked").read_text().split("\0")[:-1:2]

    def was_asked(self, pattern: str) -> int:
        """The place of the first question that fits; -1 when there was none."""
        return next((place for place, one in enumerate(self.asked) if re.search(pattern, one)), -1)


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    return Cloud(tmp_path)


def test_azd_is_told_of_every_hook_and_of_none_that_is_not_there() -> None:
    told = yaml.safe_load((ROOT / "azure.yaml").read_text("utf-8"))
    files = {hook["run"] for hooks in told["hooks"].values() for hook in hooks}
    there = {path.relative_to(ROOT).as_posix() for path in INFRA.glob("hooks/*.sh") if path.name != "lib.sh"}
    assert files == there
    assert all(os.access(ROOT / path, os.X_OK) for path in files)
    order = [hook["run"].rpartition("/")[2] for hook in told["hooks"]["postprovision"]]
    assert order.index("roll-out.sh") < order.index("subscribe.sh")


# -- checks before anything is made --------------------------------------------------------


def healthy(cloud: Cloud, **known: str) -> None:
    cloud.knows(**{"RINGMASTER_URL": "", **known})
    cloud.answers("^az provider show", "Registered\n")
    cloud.answers("^az cognitiveservices model list", "Standard\nGlobalStandard\n")
    cloud.answers("^az cognitiveservices usage list", "450.0\n0.0\n")


def test_all_is_well(cloud: Cloud) -> None:
    healthy(cloud)
    done = cloud.run("check", TODAY="2026-11-26")
    assert done.returncode == 0, done.stderr
    for model in MODELS["deployments"]:
        assert f"ok: {model['model']} {model['version']}" in done.stdout
    assert "demo's book" in done.stdout
    assert "PRIVATE_NETWORK" in done.stdout


@pytest.mark.parametrize(
    ("pattern", "output", "code", "known", "today", "why"),
    [
        ("^az account show", "", 1, {}, "2026-11-26", "nobody is signed in"),
        ("^nothing", "", 0, {}, "2027-05-15", "was retired on"),
        ("^nothing", "", 0, {}, "2028-01-01", "was retired on"),
        (
            "^az cognitiveservices model list",
            "Standard\n",
            0,
            {},
            "2026-11-26",
            "no gpt-5.1 2025-11-13 as Global",
        ),
        ("^az cognitiveservices usage list", "150.0\n60.0\n", 0, {}, "2026-11-26", "quota for 90 thousand"),
        ("^nothing", "", 0, {"ZONE_REDUNDANT": "true"}, "2026-11-26", "ZONE_REDUNDANT needs PRIVATE_NETWORK"),
        ("^nothing", "", 0, {"AZURE_LOCATION": ""}, "2026-11-26", "AZURE_LOCATION is not set"),
    ],
)
def test_what_would_fail_later_stops_it_now(
    cloud: Cloud, pattern: str, output: str, code: int, known: dict[str, str], today: str, why: str
) -> None:
    cloud.answers(pattern, output, code)
    healthy(cloud, **known)
    done = cloud.run("check", TODAY=today)
    assert done.returncode != 0
    assert why in done.stderr


# -- roll-out -------------------------------------------------------------------------------


def running(cloud: Cloud, before: str = "ca-x--r0") -> None:
    cloud.knows()
    cloud.answers(r"^az containerapp show .*ingress\.traffic", f"{before}\n")
    cloud.answers("^az containerapp show .*latestReady", "ca-x--placeholder\n")
    cloud.answers("^az containerapp revision show .*fqdn", "ca-x--r1.example.com\n")
    cloud.answers("^az containerapp revision list", f"{before or 'ca-x--placeholder'}\nca-x--r1\nca-x--stray\n")


def test_calls_are_moved_when_the_new_one_is_ready_and_the_old_one_drains(cloud: Cloud) -> None:
    running(cloud)
    done = cloud.run("roll-out")
    assert done.returncode == 0, done.stderr
    held = cloud.was_asked("ingress traffic set .*ca-x--r0=100")
    started = cloud.was_asked("containerapp update .*--revision-suffix r1")
    looked = cloud.was_asked("^curl .*https://ca-x--r1.example.com/readyz")
    moved = cloud.was_asked("ingress traffic set .*ca-x--r1=100")
    kept = cloud.was_asked("azd env set RINGMASTER_REVISION ca-x--r1")
    drained = cloud.was_asked("revision deactivate .*--revision ca-x--r0 ")
    assert -1 < held < started < looked < moved < kept < drained
    assert cloud.was_asked("revision deactivate .*--revision ca-x--stray ") > moved
    assert cloud.was_asked("revision deactivate .*--revision ca-x--r1 ") == -1
    assert cloud.was_asked("acr build .*ringmaster:1 ") < started


def test_one_that_does_not_come_up_changes_nothing_for_callers(cloud: Cloud) -> None:
    cloud.answers("^curl .*ca-x--r1", "", 22)
    running(cloud)
    done = cloud.run("roll-out")
    assert done.returncode != 0
    assert "ca-x--r0 still has the calls" in done.stderr
    assert cloud.was_asked("ingress traffic set .*ca-x--r1=100") == -1
    assert cloud.was_asked("revision deactivate .*--revision ca-x--r0") == -1
    assert cloud.was_asked("revision deactivate .*--revision ca-x--r1 ") > -1
    assert cloud.was_asked("azd env set") == -1


def test_what_has_the_calls_is_remembered_whatever_fails_behind_it(cloud: Cloud) -> None:
    cloud.answers("containerapp revision label add", "", 1)
    running(cloud)
    assert cloud.run("roll-out").returncode != 0
    assert cloud.was_asked("ingress traffic set .*ca-x--r1=100") > -1
    assert cloud.was_asked("azd env set RINGMASTER_REVISION ca-x--r1") > -1, "provisioning would move them back"


def test_the_first_one_takes_the_place_of_the_placeholder(cloud: Cloud) -> None:
    running(cloud, before="")
    done = cloud.run("roll-out", IMAGE="crx.azurecr.io/ringmaster:0")
    assert done.returncode == 0, done.stderr
    assert cloud.was_asked("acr build") == -1
    assert -1 < cloud.was_asked("ca-x--placeholder=100") < cloud.was_asked("ca-x--r1=100")


# -- subscription ---------------------------------------------------------------------------


def test_calls_are_announced_once_it_answers(cloud: Cloud) -> None:
    cloud.knows()
    done = cloud.run("subscribe")
    assert done.returncode == 0, done.stderr
    asked = cloud.asked[cloud.was_asked("deployment group create")]
    given = set(re.findall(r"(\w+)=", asked.partition("--parameters")[2]))
    assert given == set(read(INFRA / "incoming-calls.bicep").param)
    assert cloud.was_asked("^curl .*readyz") < cloud.was_asked("deployment group create")


def test_nothing_is_announced_to_a_server_that_does_not_answer(cloud: Cloud) -> None:
    cloud.answers("^curl", "", 7)
    cloud.knows()
    assert cloud.run("subscribe").returncode != 0
    assert cloud.was_asked("deployment group create") == -1


# -- the application of Event Grid ----------------------------------------------------------


def test_the_application_is_made_once_and_has_no_secret(cloud: Cloud) -> None:
    cloud.answers("^az ad app list", "")
    cloud.answers("^az ad app create", "e7a1\n")
    cloud.answers("^az ad app show", "object\n")
    cloud.answers("^az ad sp show --id", "principal\n")
    cloud.answers("^az ad signed-in-user", "me\n")
    cloud.answers("^az rest --method GET", "0\n")
    cloud.knows()
    done = cloud.run("event-grid-app")
    assert done.returncode == 0, done.stderr
    assert cloud.was_asked("azd env set EVENT_GRID_APPLICATION_ID e7a1") > -1
    assert sum("--method POST" in one for one in cloud.asked) == 2
    assert not any("credential" in one or "password" in one for one in cloud.asked)
    (body,) = [one for one in cloud.asked if "--method PATCH" in one]
    assert json.loads(body[body.index("{") :])["api"] == {"requestedAccessTokenVersion": 2}


def test_an_application_that_is_there_is_taken(cloud: Cloud) -> None:
    cloud.answers("^az ad app list", "e7a1\n")
    cloud.answers("^az rest --method GET", "1\n")
    cloud.answers("^az ad", "id\n")
    cloud.knows()
    done = cloud.run("event-grid-app")
    assert done.returncode == 0, done.stderr
    assert cloud.was_asked("^az ad app create") == -1
    assert cloud.was_asked("--method POST") == -1


# -- the phone number -----------------------------------------------------------------------

NUMBER = "+18775550123"


def for_sale(cloud: Cloud) -> None:
    cloud.answers("^az account get-access-token", "token-of-mine\n")
    cloud.answers("phoneNumbers.operations", '{"status": "succeeded"}')
    cloud.answers(":search", "", 0, "HTTP/1.1 202\r\nsearch-id: s1\r\noperation-id: o1\r\n")
    cloud.answers(":purchase", "", 0, "HTTP/1.1 202\r\noperation-id: o2\r\n")
    found = {"phoneNumbers": [NUMBER], "cost": {"amount": 2.0, "currencyCode": "USD"}}
    cloud.answers("searchResults/s1", json.dumps(found))


def test_a_number_is_bought_when_somebody_says_so(cloud: Cloud) -> None:
    for_sale(cloud)
    cloud.answers("/phoneNumbers.api-version", '{"phoneNumbers": []}')
    cloud.knows()
    done = cloud.run("number", "buy\n", ASK="yes")
    assert done.returncode == 0, done.stderr
    assert f"{NUMBER} costs 2.0 USD a month" in done.stdout
    assert f"{NUMBER} is on no line" in done.stdout
    assert cloud.was_asked(":purchase") > -1
    assert cloud.was_asked(f"azd env set ACS_SOURCE_NUMBER {re.escape(NUMBER)}") > -1
    assert not any("token-of-mine" in one for one in cloud.asked)


@pytest.mark.parametrize(("state", "code"), [('{"status": "running"}', 0), ("", 22), ("{}", 0), ("no JSON", 0)])
def test_a_number_that_does_not_come_is_not_waited_for_without_end(cloud: Cloud, state: str, code: int) -> None:
    cloud.answers("phoneNumbers.operations", state, code)
    for_sale(cloud)
    cloud.answers("/phoneNumbers.api-version", '{"phoneNumbers": []}')
    cloud.knows()
    done = cloud.run("number", "buy\n", ASK="yes", TRIES="2", PAUSE="0")
    assert done.returncode != 0 and cloud.was_asked(":purchase") == -1
    assert "no answer about the number yet" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("said", ["no\n", "yes\n", "\n", ""])
def test_nothing_is_bought_by_anything_else(cloud: Cloud, said: str) -> None:
    for_sale(cloud)
    cloud.answers("/phoneNumbers.api-version", '{"phoneNumbers": []}')
    cloud.knows()
    done = cloud.run("number", said, ASK="yes")
    assert done.returncode == 0, done.stderr
    assert "nothing was bought" in done.stdout
    assert cloud.was_asked(":purchase") == -1


def test_where_nobody_can_be_asked_nothing_is_looked_for(cloud: Cloud) -> None:
    cloud.answers("/phoneNumbers.api-version", '{"phoneNumbers": []}')
    cloud.knows()
    done = cloud.run("number")
    assert done.returncode == 0, done.stderr
    assert "there is no number yet" in done.stdout
    assert cloud.was_asked(":search") == -1


def test_a_number_on_a_line_is_said_to_be_there(cloud: Cloud) -> None:
    cloud.answers("/phoneNumbers.api-version", '{"phoneNumbers": [{"phoneNumber": "+18005550100"}]}')
    cloud.knows(ACS_SOURCE_NUMBER="+18005550100")
    done = cloud.run("number")
    assert done.returncode == 0, done.stderr
    assert "ok: +18005550100 leads to the line insurance" in done.stdout
    assert cloud.was_asked("azd env set") == -1


# -- the placeholder ------------------------------------------------------------------------


def test_the_placeholder_answers_the_probes_and_takes_no_calls(tmp_path: Path) -> None:
    from deployed import container

    text = (INFRA / "placeholder.py").read_text("utf-8")
    assert container()["args"] == [text]
    assert "python" in container()["image"]
    assert container(image="crx.azurecr.io/ringmaster:1")["command"] == container()["command"]
    probe = """
import http.server, runpy, sys, threading, types, urllib.error, urllib.request
made = []
server = http.server.ThreadingHTTPServer
class Free(server):
    def __init__(self, address, handler):
        super().__init__(("127.0.0.1", 0), handler)
        made.append(self)
    def serve_forever(self):
        threading.Thread(target=super().serve_forever, daemon=True).start()
http.server.ThreadingHTTPServer = Free
runpy.run_path(sys.argv[1])
for path in ("/startupz", "/livez", "/readyz", "/api/v1/calls/answer"):
    try:
        print(path, urllib.request.urlopen(f"http://127.0.0.1:{made[0].server_port}{path}", timeout=5).status)
    except urllib.error.HTTPError as error:
        print(path, error.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", probe, str(INFRA / "placeholder.py")],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.split() == ["/startupz", "200", "/livez", "200", "/readyz", "200", "/api/v1/calls/answer", "503"]
