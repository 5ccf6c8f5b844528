"""A whole server as in the image: its store is a seed that it cannot write, and an editor's change works."""

import shutil
from pathlib import Path

import httpx2
import pytest
from house import House, house

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

ROOT = Path(__file__).resolve().parents[2]
NAME = "shared/manner.jinja"


@pytest.fixture
def image(tmp_path: Path) -> Path:
    image = tmp_path / "image"
    for store in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / store, image / store)
    return image


def places(tmp_path: Path, image: Path, disk: str) -> dict[str, str]:
    """As the Dockerfile sets them. The records are at the same place whatever the disk."""
    return {
        "STORE_SEED": str(image),
        "AGENT_STORE": str(tmp_path / disk / "agent_store"),
        "PROMPT_STORE": str(tmp_path / disk / "prompt_store"),
    }


def files(image: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in image.rglob("*") if path.is_file()}


async def live(home: House, http: httpx2.AsyncClient) -> dict[str, str]:
    return (await http.get(f"{home.url}/api/v1/store")).json()


async def test_an_editor_s_change_works_and_outlives_the_disk_and_the_image(tmp_path: Path, image: Path) -> None:
    before = files(image)
    async with house(tmp_path, **places(tmp_path, image, "disk")) as home, httpx2.AsyncClient() as http:
        assert (await live(home, http))["actor"] == "image"
        read = await http.get(f"{home.url}/api/v1/prompts/{NAME}")
        wrote = await http.put(
            f"{home.url}/api/v1/prompts/{NAME}",
            content=read.text + "Be brief.\n",
            headers={"If-Match": read.headers["etag"], "Content-Type": "text/markdown"},
        )
        assert wrote.status_code == 200, wrote.text
        health = (await http.get(f"{home.url}/api/v1/health")).json()
        assert (health["store"]["note"], health["store"]["version"]) == ("", wrote.json()["version"])
    assert files(image) == before
    with (image / "prompt_store" / NAME).open("a") as file:
        file.write("A later image.\n")
    async with house(tmp_path, **places(tmp_path, image, "a fresh disk")) as home, httpx2.AsyncClient() as http:
        store = await live(home, http)
        assert store["version"] == wrote.json()["version"], "the records bring the edited store back"
        assert "the image brings another store" in store["seed"]
        text = (await http.get(f"{home.url}/api/v1/prompts/{NAME}")).text
        assert text.endswith("Be brief.\n")
    assert (tmp_path / "a fresh disk/prompt_store" / NAME).read_text().endswith("Be brief.\n")
