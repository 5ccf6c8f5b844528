"""A line's knowledge: what is found, what is not, and what the check says of it."""

from pathlib import Path

import pytest

from backend.agents.knowledge import MarkdownKnowledge, passages
from backend.agents.store import load_store
from backend.domain.tool import ToolNames
from backend.errors import StoreError

ROOT = Path(__file__).resolve().parents[3]
BOOK = b"""# House

## Opening hours
We are open from **nine** to five. See [the site](https://example.com/x).

- Closed on weekends.

## Parking
Park *behind* the house.
<!-- not for callers -->
"""
OTHER = b"# Other\n\nParking costs ten dollars here.\n"
TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "search_knowledge")})


def book() -> MarkdownKnowledge:
    return MarkdownKnowledge({"agent_store/knowledge/main/a.md": BOOK, "agent_store/knowledge/other/b.md": OTHER})


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("When do you open?", "House > Opening hours"),
        ("are you open at the weekend", "House > Opening hours"),
        ("where can I park my car", "House > Parking"),
    ],
)
async def test_the_passage_that_fits_comes_first(question: str, title: str) -> None:
    found = await book().search("main", question)
    assert found[0].title == title
    assert found[0].source == "agent_store/knowledge/main/a.md"


async def test_lines_never_see_each_others_knowledge_and_nonsense_finds_nothing() -> None:
    assert ["dollars" in one.text for one in await book().search("main", "parking dollars")] == [False]
    assert await book().search("main", "xylophone") == []
    assert await book().search("main", "where is the") == []
    assert list(await book().search("third", "parking")) == []


def test_markdown_is_read_as_one_would_say_it() -> None:
    text = " ".join(passage.text for passage in passages("a.md", BOOK.decode()))
    assert text == ("We are open from nine to five. See the site. Closed on weekends. Park behind the house.")


def test_long_texts_are_cut_at_sentences() -> None:
    found = passages("a.md", "# T\n\n" + "This is a sentence of some length. " * 100)
    assert all(len(passage.text) <= 900 and passage.text.endswith(".") for passage in found)
    assert sum(len(passage.text.split()) for passage in found) == 700


def write(root: Path, files: dict[str, bytes]) -> tuple[Path, Path]:
    sound = {
        "agent_store/agents/one.yaml": b"name: one\ndescription: Helps.\nprompt: one.jinja\ntools: [end_call]\n",
        "agent_store/lines/main.yaml": b'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
        b'person: {number: "+18005550199"}\ntimezone: America/Chicago\n',
        "prompt_store/one.jinja": b"You help.\n",
    }
    for name, raw in (sound | files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(raw)
    return root / "agent_store", root / "prompt_store"


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("mian/a.md", b"words", "did you mean 'main'?"),
        ("main/a.md", b"  \n", "is empty"),
        ("main/a.md", b"ok\n\xff\xfe", "a.md:2: is not UTF-8"),
        ("main/a.md", b"x" * 600_000, "at most"),
    ],
)
def test_what_the_check_says(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    with pytest.raises(StoreError, match="knowledge") as refused:
        load_store(*write(tmp_path, {f"agent_store/knowledge/{name}": raw}), TOOLS)
    assert said in str(refused.value)


async def test_knowledge_is_part_of_the_stores_version(tmp_path: Path) -> None:
    before = load_store(*write(tmp_path, {}), TOOLS)
    after = load_store(*write(tmp_path, {"agent_store/knowledge/main/a.md": BOOK}), TOOLS)
    assert before.version != after.version
    assert list(await before.knowledge.search("main", "parking")) == []
    assert list(await after.knowledge.search("main", "parking")) != []
