"""Faults of shape and of sense are told in one go, and none that only follows from another."""

import shutil
from pathlib import Path

import pytest

from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.agents.yaml_file import parse_yaml
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def told(shop: Path) -> list[str]:
    return [str(problem) for problem in sorted(check_store(read_files(*places(shop)), tool_names()).problems)]


def places(shop: Path) -> tuple[Path, Path]:
    return shop / "agent_store", shop / "prompt_store"


def add(shop: Path, name: str, text: str) -> None:
    with (shop / "agent_store" / name).open("a") as file:
        file.write(text)


def replace(shop: Path, name: str, old: str, new: str) -> None:
    path = shop / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_faults_of_every_kind_are_told_in_one_go(shop: Path) -> None:
    add(shop, "agents/general_info.yaml", "greting: hi\n")  # shape
    add(shop, "agents/auth.yaml", "  - to: nobody\n    when: nothing\n")  # a name
    replace(shop, "agent_store/lines/insurance.yaml", "+18005550199", "+18005550100")  # sense
    replace(shop, "agent_store/agents/fnol_intake.yaml", "report_emergency, ", "")  # what a prompt wants
    add(shop, "agents/spare.yaml", "name: spare\ndescription: Unused.\nprompt: auth.jinja\nvoice: {rate: fast}\n")
    faults = told(shop)
    for expected in (
        "general_info.yaml:",
        "unknown key 'greting'",
        "unknown agent 'nobody'",
        "this line's own number",
        "fnol_intake.jinja speaks of report_emergency, which fnol_intake does not have",
        "spare.yaml:4: voice.rate: ",
    ):
        assert any(expected in fault for fault in faults), (expected, faults)


def test_the_hand_offs_are_checked_beside_a_fault_that_does_not_touch_them(shop: Path) -> None:
    add(shop, "agents/auth.yaml", "greting: hi\n")
    (shop / "agent_store/agents/spare.yaml").write_text(
        "name: spare\ndescription: Unused.\nprompt: general_info.jinja\n"
        "tools: [policy_question, report_emergency, transfer_to_person, end_call]\n"
    )
    faults = told(shop)
    assert len(faults) == 2, faults
    assert "unknown key 'greting'" in faults[0]
    assert "no line uses the agent spare" in faults[1]


AGENT_KEYS = [key for key in AgentSpec.model_fields if key != "name"]
LINE_KEYS = [key for key in LineSpec.model_fields if key != "name"]


@pytest.mark.parametrize("wrong", ["[{x: 1}]", "{x: [1]}", "5.5"])
@pytest.mark.parametrize(
    ("file", "key"),
    [
        *(("agents/auth.yaml", key) for key in AGENT_KEYS),
        *(("agents/fnol_intake.yaml", key) for key in AGENT_KEYS),
        *(("lines/insurance.yaml", key) for key in LINE_KEYS),
    ],
)
def test_one_wrong_value_is_no_more_than_its_own_fault(shop: Path, file: str, key: str, wrong: str) -> None:
    path = shop / "agent_store" / file
    path.write_text(without(path.read_text(), key) + f"{key}: {wrong}\n")
    line = len(path.read_text().splitlines())
    faults = told(shop)
    assert faults
    assert all(fault.startswith(f"agent_store/{file}:{line}: ") for fault in faults), faults


@pytest.mark.parametrize("key", ["handoffs", "tools", "variables", "speech", "greeting"])
def test_a_misspelt_key_is_no_more_than_its_own_fault(shop: Path, key: str) -> None:
    path = shop / "agent_store/agents/auth.yaml"
    text = path.read_text()
    if f"\n{key}:" not in text:
        pytest.skip("auth has no such key")
    path.write_text(text.replace(f"\n{key}:", f"\n{key[:-1]}_:"))
    faults = told(shop)
    assert len(faults) == 1, faults
    assert f"did you mean {key!r}?" in faults[0]


def without(text: str, key: str) -> str:
    """A file without one of its keys and what belongs to it."""
    kept: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        if not line.startswith((" ", "-", "#", "\n")):
            inside = line.split(":")[0] == key
        if not inside:
            kept.append(line)
    text = "".join(kept)
    assert key not in parse_yaml(text.encode()).content
    return text


# -- tools that prompts speak of ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "tool"),
    [("auth", "report_emergency"), ("general_info", "end_call"), ("fnol_intake", "file_claim")],
)
def test_a_tool_that_a_prompt_orders_cannot_be_taken_away(shop: Path, agent: str, tool: str) -> None:
    path = f"agent_store/agents/{agent}.yaml"
    text = (shop / path).read_text()
    replace(shop, path, f"{tool}, " if f"{tool}, " in text else f", {tool}", "")
    faults = told(shop)
    assert any(f"{agent}.jinja speaks of {tool}, which {agent} does not have" in fault for fault in faults), faults


def test_a_prompt_that_speaks_of_it_only_where_it_is_there_is_sound(shop: Path) -> None:
    replace(shop, "agent_store/agents/general_info.yaml", "opening_tool: policy_question", "")
    replace(shop, "agent_store/agents/general_info.yaml", "policy_question, ", "")
    prompt = shop / "prompt_store/general_info.jinja"
    prompt.write_text(
        prompt.read_text().replace("with policy_question", "{% if not caller %}with policy_question{% endif %}")
    )
    assert told(shop) == []


def test_words_and_hand_offs_are_no_tools(shop: Path) -> None:
    prompt = shop / "prompt_store/general_info.jinja"
    prompt.write_text(prompt.read_text() + "Say snake_case or hand_off_to_auth, never record or file.\n")
    assert told(shop) == []


# -- one broken prompt does not hide the others -----------------------------------------------


def test_prompts_are_tried_beside_one_that_cannot_be(shop: Path) -> None:
    (shop / "prompt_store/general_info.jinja").write_text("{{ half ")
    (shop / "prompt_store/auth.jinja").write_text("{{ facts | spoken_list(1, 2, 3) }}")
    replace(shop, "agent_store/agents/fnol_intake.yaml", "report_emergency, ", "")
    faults = told(shop)
    assert any("general_info.jinja" in fault and "is not a template" in fault for fault in faults)
    assert any("auth.jinja" in fault and "fails when it is rendered" in fault for fault in faults)
    assert any("fnol_intake does not have" in fault for fault in faults)


# -- tool servers ------------------------------------------------------------------------------

SHOP = """\
name: shop
kind: http
description: the shop
url: http://127.0.0.1:8200
functions:
  - name: look_up
    description: Looks something up.
    path: things
  - name: order
    description: Orders it.
    path: /orders/{number}
    method: POST
    effect: write
"""


def test_what_is_wrong_with_a_tool_server_is_told_beside_its_faults_of_shape(shop: Path) -> None:
    (shop / "agent_store/tools").mkdir()
    (shop / "agent_store/tools/shop.yaml").write_text(SHOP + "tiemout_ms: 5\n")
    faults = told(shop)
    assert [fault.split("shop.yaml:")[1].split(":")[0] for fault in faults] == ["4", "8", "11", "13", "14"], faults
    for place, said in zip(
        ("hosts: [127", "path: expected", "wants 'number'", "open: true", "timeout_ms"), faults, strict=True
    ):
        assert place in said


def test_a_lost_key_of_a_tool_server_is_no_more_than_its_own_fault(shop: Path) -> None:
    (shop / "agent_store/tools").mkdir()
    sound = (
        SHOP.replace("path: things", "path: /things")
        .replace("/{number}", "")
        .replace("write\n", "write\n    open: true\n")
    )
    for wrong in (sound.replace("url: http://127.0.0.1:8200", "url: {evn: TOOL_X}"), sound + "hosts: 127.0.0.1\n"):
        (shop / "agent_store/tools/shop.yaml").write_text(wrong)
        faults = told(shop)
        assert len({fault.split(": ")[0] for fault in faults}) == 1, faults


# -- ways out ----------------------------------------------------------------------------------


def test_a_way_out_that_a_prompt_speaks_of_in_some_branch_is_needed(shop: Path) -> None:
    prompt = shop / "prompt_store/general_info.jinja"
    words = prompt.read_text() + "{% if facts.hurt is defined %}Call report_emergency.{% endif %}"
    prompt.write_text(words.replace("{% include 'shared/safety.jinja' %}", ""))
    replace(shop, "agent_store/agents/general_info.yaml", "report_emergency, ", "")
    assert any("speaks of report_emergency, which general_info does not have" in fault for fault in told(shop))


@pytest.mark.parametrize("how", ["off", "taken away"])
def test_an_emergency_that_one_agent_of_a_line_can_report_all_can(shop: Path, how: str) -> None:
    for name in ("general_info", "auth", "fnol_intake"):
        path = shop / f"prompt_store/{name}.jinja"
        path.write_text("You help.")
    old = "report_emergency, "
    new = "{name: report_emergency, disabled: [report_emergency]}, " if how == "off" else ""
    replace(shop, "agent_store/agents/general_info.yaml", old, new)
    faults = [fault for fault in told(shop) if "emergency" in fault]
    assert len(faults) == 1
    assert "on the line insurance an emergency is reported with auth, and general_info cannot report one" in faults[0]
    for name in ("auth", "fnol_intake"):
        replace(shop, f"agent_store/agents/{name}.yaml", old, "")
    assert not [fault for fault in told(shop) if "emergency" in fault], "a line may have none"
    text = (shop / "agent_store/lines/insurance.yaml").read_text()
    assert "person:" in text


def test_a_line_that_says_what_callers_hear_in_an_emergency_needs_it(tmp_path: Path) -> None:
    agent = "name: one\ndescription: Helps.\nprompt: one.jinja\ntools: [end_call]\n"
    line = (
        'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\ntimezone: America/Chicago\n'
        'person: {number: "+18005550199", emergency: Stay with me.}\n'
    )
    files = {
        "agent_store/agents/one.yaml": agent,
        "agent_store/lines/main.yaml": line,
        "prompt_store/one.jinja": "Help.",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (fault,) = told(tmp_path)
    assert "agents/one.yaml:4: the line main says what callers hear in an emergency (person.emergency)" in fault


def test_an_empty_name_of_the_house_is_told(shop: Path) -> None:
    path = shop / "agent_store/lines/insurance.yaml"
    path.write_text(without(path.read_text(), "company") + 'company: " "\n')
    (fault,) = told(shop)
    assert "callers would hear nothing where the name of the house is to be" in fault


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("agent_store/forms/fnol.yaml", "kind: date", "kind: day", "got 'day'"),
        ("agent_store/forms/fnol.yaml", "\nfields:", "\nfields: [", "is not YAML"),
        ("agent_store/identities/policyholder.yaml", "parts:", "parts: [", "is not YAML"),
        ("agent_store/identities/policyholder.yaml", "kind: digits", "kind: figures", "got 'figures'"),
        ("agent_store/books/policies.yaml", "kind: file", "kind: excel", "'file', 'sql', 'http' or 'mcp', got 'excel'"),
        ("agent_store/books/policies.yaml", "path: POLICY_BOOK\n", "", "'path' is missing"),
    ],
)
def test_a_fault_of_what_makes_tools_is_told_in_its_own_file_alone(
    shop: Path, file: str, old: str, new: str, said: str
) -> None:
    replace(shop, file, old, new)
    faults = told(shop)
    assert faults and all(fault.startswith(f"{file}:") for fault in faults), faults
    assert any(said in fault for fault in faults), faults


def test_a_misspelt_tool_is_told_beside_a_form_with_faults(shop: Path) -> None:
    replace(shop, "agent_store/forms/fnol.yaml", "kind: date", "kind: day")
    replace(shop, "agent_store/agents/auth.yaml", "verify_caller,", "verify_callers,")
    assert any("unknown tool 'verify_callers'; did you mean 'verify_caller'?" in fault for fault in told(shop))
