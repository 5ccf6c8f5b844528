"""A form and an identity in YAML only, with nothing of this repository but its packages; servers without a book."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest
from compiled import as_it_is
from fourth_business import MEMBERS, STORE, SUITE, write
from house import house

from backend.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("backend", "config", "stand_in")
"""What a wheel brings at least."""
SAID = (
    "i want to renew a book that i have borrowed",
    "three one zero four four two",
    "may fourteenth nineteen seventy nine",
    "the sea and the mirror",
    "two weeks",
    "yes that is correct",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages alone, as pip puts them: no store, no prompts, no examples beside them."""
    site = tmp_path_factory.mktemp("site")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, site / package, copy_function=as_it_is)  # compiled, as pip leaves them
    return site


def ringmaster(site: Path, business: Path, *arguments: str) -> str:
    stores = {"AGENT_STORE": str(business / "agent_store"), "PROMPT_STORE": str(business / "prompt_store")}
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "backend", *arguments],
        cwd=business, env={**bare, **stores, "PYTHONPATH": str(site)}, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_is_checked_and_rehearsed_with_the_packages_alone(installed: Path, tmp_path: Path) -> None:
    business = write(tmp_path / "library")
    assert "ok: 1 agents on 1 line(s)" in ringmaster(installed, business, "check")
    told = ringmaster(installed, business, "rehearse", "suite", "--store", ".")
    assert "1 of 1 conversations went as written" in told


async def said(url: str, number: str, *lines: str) -> str:
    """What comes back in a chat with a line."""
    session, heard = None, ""
    async with aiohttp.ClientSession(url) as web:
        for line in lines:
            async with web.post("/api/v1/chat", json={"session": session, "to": number, "text": line}) as answer:
                body = await answer.json()
                assert answer.status == 200, body
                session = body["session"]
                heard = " ".join(reply["text"] for reply in body["replies"])
    return heard


@pytest.mark.real
async def test_it_is_served(tmp_path: Path) -> None:
    business = write(tmp_path / "library")
    stores = {"AGENT_STORE": str(business / "agent_store"), "PROMPT_STORE": str(business / "prompt_store")}
    book = {"BOOK_MEMBERS": str(business / "members.yaml"), "POLICY_BOOK": str(tmp_path / "none.yaml")}
    async with house(tmp_path, **stores, **book) as home, aiohttp.ClientSession(home.url) as web:
        assert "Your number is R N" in await said(home.url, "+18005550888", *SAID)
        async with web.get("/api/v1/cases", params={"form": "renewal"}) as answer:
            (case,) = await answer.json()
    assert (case["subject"], case["fields"]) == ("310442", {"title": "the sea and the mirror", "weeks": 2})


@pytest.mark.real
async def test_a_server_starts_without_any_book(tmp_path: Path) -> None:
    business = write(tmp_path / "library")
    store = business / "agent_store"
    for file in ("identities/member.yaml", "books/members.yaml"):
        (store / file).unlink()
    (business / "prompt_store/desk.jinja").write_text("You renew books with record_renewal and file_renewal.\n")
    for file, old, new in (
        ("agents/desk.yaml", "verify_member, ", ""),
        ("forms/renewal.yaml", "requires: member", "requires: null"),
    ):
        (store / file).write_text((store / file).read_text().replace(old, new))
    stores = {"AGENT_STORE": str(store), "PROMPT_STORE": str(business / "prompt_store")}
    async with house(tmp_path, **stores, POLICY_BOOK=str(tmp_path / "none.yaml")) as home:
        assert "Your number is R N" in await said(home.url, "+18005550888", SAID[0], *SAID[3:])


async def test_a_book_that_is_declared_and_not_there_is_named_before_anybody_calls(tmp_path: Path) -> None:
    business = write(tmp_path / "library")
    stores = {"AGENT_STORE": str(business / "agent_store"), "PROMPT_STORE": str(business / "prompt_store")}
    with pytest.raises(ConfigError, match=r"BOOK_MEMBERS.*none\.yaml"):
        async with house(tmp_path, **stores, BOOK_MEMBERS=str(tmp_path / "none.yaml")):
            pass


def test_the_guide_for_a_new_business_is_what_is_tried_here() -> None:
    page = (ROOT / "docs/new-business.md").read_text("utf-8")
    assert [name for name, text in {**STORE, "members": MEMBERS, **SUITE}.items() if f"\n{text}```" not in page] == []
