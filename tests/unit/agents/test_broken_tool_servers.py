# ruff: noqa: E501 - a fault is read more easily in one line
"""Ways to declare a tool server wrongly. Each is refused with file and line, and says what would be right."""

from pathlib import Path

import pytest

from backend.agents.files import read_files
from backend.agents.folder import is_store_name
from backend.agents.store import load_store
from backend.domain.tool import ToolNames
from backend.errors import StoreError

TOOLS = ToolNames({"end_call": frozenset({"end_call"})})
F = "agent_store/tools/shop.yaml"
SHOP = """\
name: shop
kind: http
description: the shop
url: https://shop.example.com
headers:
  X-Key: {env: TOOL_SHOP_KEY}
functions:
  - name: look_up
    description: Looks something up.
    path: /things/{name}
    arguments:
      name:
        type: string
        description: Name. What is it called?
    answer:
      say: "I found {{ result.found }}."
  - name: order
    description: Orders it.
    path: /orders
    method: POST
    effect: write
    open: true
    confirm: "Shall I order {{ arguments.name }}?"
    arguments:
      name: {type: string, description: What?}
"""
AGENT = "name: one\ndescription: Helps.\nprompt: one.jinja\ntools: [end_call, shop]\n"

BROKEN = {
    "unknown kind": (SHOP.replace("kind: http", "kind: soap"), ":2", "'http'"),
    "unknown key": (SHOP.replace("url:", "ulr:"), ":4", "did you mean 'url'?"),
    "no functions": (SHOP.split("functions:")[0], ":1", "'functions' is missing"),
    "file and name differ": (SHOP.replace("name: shop", "name: store"), ":1", "make them one"),
    "an address without a scheme": (SHOP.replace("https://", ""), ":4", "expected an address"),
    "a secret in the address": (SHOP.replace("https://", "https://user:key@"), ":4", "expected an address"),
    "a secret written out": (SHOP.replace("{env: TOOL_SHOP_KEY}", "hunter2"), ":6", "looks like a secret"),
    "the server's own secret": (SHOP.replace("TOOL_SHOP_KEY", "AZURE_OPENAI_API_KEY"), ":6", "TOOL_"),
    "path of another argument": (SHOP.replace("/things/{name}", "/things/{nam}"), ":10", "did you mean 'name'?"),
    "path with a query": (SHOP.replace("/orders", "/orders?x=1"), ":19", "path"),
    "no such JSON type": (SHOP.replace("type: string\n", "type: strin\n"), ":13", "not a JSON Schema"),
    "no description": (SHOP.replace("        description: Name. What is it called?\n", ""), ":12", "no description"),
    "unknown method": (SHOP.replace("POST", "PSOT"), ":20", "'POST'"),
    "a write that says it reads": (SHOP.replace("    effect: write\n", ""), ":20", "effect: write"),
    "an unknown variable in words": (SHOP.replace("result.found", "results.found"), ":16", "did you mean 'result'?"),
    "words that are no template": (SHOP.replace("result.found }}", "result.found }"), ":16", "is not a template"),
    "an unknown filter": (SHOP.replace("result.found }}", "result.found | spoken_dat }}"), ":16", "'spoken_date'"),
    "a result in the question before it": (SHOP.replace("arguments.name", "result.name"), ":23", "unknown variable"),
    "the same function twice": (SHOP.replace("name: order", "name: look_up"), ":17", "function of shop"),
    "the name of a tool that ships": (SHOP.replace("name: order", "name: end_call"), ":17", "tools that ship"),
    "the name of a hand-off": (SHOP.replace("name: order", "name: hand_off_to_one"), ":17", "hand-offs"),
    "policy of nobody in particular": (
        SHOP.replace("    path: /orders", "    path: /orders\n    bind: {policy: policy_id}"), ":20", "verified_caller",
    ),
    "an optional argument in the path": (
        SHOP.replace("    path: /things", "    optional: [name]\n    path: /things"), ":10", "can't be left out",
    ),
    "a status that is no failure": (SHOP + "    failures:\n      '200': {say: x}\n", ":27", "failures"),
    "too patient": (SHOP.replace("functions:", "timeout_ms: 900000\nfunctions:"), ":7", "timeout_ms"),
    "a write for everybody": (SHOP.replace("    open: true\n", ""), ":21", "add 'requires: verified_caller', or 'open: true'"),
    "a host of this machine": (SHOP.replace("https://shop.example.com", "http://127.0.0.1:8200"), ":4", "hosts: [127.0.0.1]"),
    "a host of this machine in other words": (SHOP.replace("https://shop.example.com", "http://[::ffff:7f00:1]"), ":4", "hosts:"),
    "a host of the network": (SHOP.replace("https://shop.example.com", "http://book.internal"), ":4", "[book.internal]"),
    "a name without a dot": (
        SHOP.replace("url: https://shop.example.com", 'url: {env: TOOL_SHOP_URL, default: "http://book"}'), ":4", "[book]",
    ),
    "the secrets of the machine": (SHOP.replace("https://shop", "http://169.254.169.254/?"), ":4", "hosts:"),
    "a header of the connection": (SHOP.replace("X-Key: {env: TOOL_SHOP_KEY}", "Host: elsewhere"), ":6", "connection"),
    "a body's length": (SHOP.replace("X-Key: {env: TOOL_SHOP_KEY}", "content-length: '5'"), ":6", "connection"),
    "no name of a header": (SHOP.replace("X-Key: {env: TOOL_SHOP_KEY}", "'X Key': '5'"), ":6", "no name of a header"),
    "a schema elsewhere": (
        SHOP.replace("type: string\n", "$ref: 'http://127.0.0.1/latest/meta-data/'\n"), ":13", "leads out of this schema",
    ),
    "a schema in a file": (SHOP.replace("type: string\n", "$ref: 'file:///etc/passwd'\n"), ":13", "leads out"),
    "a schema of another file": (SHOP + "    result: {anyOf: [{$ref: other.json}]}\n", ":26", "leads out"),
    "a dynamic schema elsewhere": (SHOP + "    result: {items: {$dynamicRef: 'https://x/y#z'}}\n", ":26", "leads out"),
    "a reference to nothing": (SHOP + "    result: {$ref: '#/$defs/none'}\n", ":26", "not in this schema"),
    "a reference round in circles": (SHOP + "    result: {$ref: '#'}\n", ":26", "for ever"),
    "a pattern that is none": (SHOP.replace("type: string\n", "pattern: '(a'\n"), ":13", "regex"),
    "an alias": (SHOP + "    result: *x\n", ":26", "anchor or alias"),
}  # fmt: skip


def write(root: Path, shop: str, agent: str = AGENT) -> tuple[Path, Path]:
    files = {
        "agent_store/agents/one.yaml": agent,
        "agent_store/lines/main.yaml": 'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
        'person: {number: "+18005550199"}\ntimezone: America/Chicago\n',
        "agent_store/tools/shop.yaml": shop,
        "prompt_store/one.jinja": "You help.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root / "agent_store", root / "prompt_store"


def test_a_sound_server_is_taken_and_is_part_of_the_version(tmp_path: Path) -> None:
    store = load_store(*write(tmp_path, SHOP), TOOLS)
    assert [server.name for server in store.servers] == ["shop"]
    assert load_store(*write(tmp_path, SHOP + "timeout_ms: 500\n"), TOOLS).version != store.version


@pytest.mark.parametrize("name", BROKEN)
def test_broken(name: str, tmp_path: Path) -> None:
    text, place, said = BROKEN[name]
    with pytest.raises(StoreError) as refused:
        load_store(*write(tmp_path, text), TOOLS)
    fitting = [problem for problem in refused.value.problems if problem.startswith(f"{F}{place}:") and said in problem]
    assert fitting, refused.value.problems


@pytest.mark.parametrize(
    ("tools", "said"),
    [("[end_call, shpo]", "did you mean 'shop'?"), ("[end_call, {name: shop, disabled: [ordr]}]", "mean 'order'?")],
)
def test_agents_that_name_what_is_not_there(tmp_path: Path, tools: str, said: str) -> None:
    with pytest.raises(StoreError, match=r"agents/one\.yaml:4") as refused:
        load_store(*write(tmp_path, SHOP, AGENT.replace("[end_call, shop]", tools)), TOOLS)
    assert said in str(refused.value)


def test_tools_and_knowledge_are_kept_with_every_version_of_the_store(tmp_path: Path) -> None:
    places = write(tmp_path, SHOP)
    (places[0] / "knowledge/main").mkdir(parents=True)
    (places[0] / "knowledge/main/house.md").write_text("# House\n\nOpen from nine.\n")
    files = read_files(*places)
    kept = files.contents()
    assert {"tools/shop.yaml", "knowledge/main/house.md"} <= set(kept)
    assert all(is_store_name(name) for name in kept)
    assert files.changed(kept).contents() == kept
    assert not is_store_name("knowledge/../agents/one.md")
