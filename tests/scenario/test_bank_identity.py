"""A bank's identity, written in YAML: other parts, another secret, its own limits, edited while calls run."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.books.open_books import OpenBooks
from backend.adapters.files.record_file import hashed_value, new_salt, written
from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import replacement
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.store import AgentStore
from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.domain.tool_server import AnyServer
from backend.domain.tries import MemoryTries
from backend.engine.thinking.store_tools import tools_of_store
from backend.errors import StoreError
from backend.ports import ToolServer
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryCases, MemoryRevisions
from backend.tool_store.context import ToolServices

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)

IDENTITY = """
name: customer
description: Who holds an account, by customer number, birthday and telephone PIN.
book: customers
grants: account_holder
full_name: owner
attributes: [tier]
parts:
  - name: customer_number
    kind: code
    pattern: "[A-Z]{2}[0-9]{6}"
    description: The customer number, as said.
    texts: {en: {ask: What is your customer number?, again: "Please say the customer number once more, such as A B 1."}}
  - name: birthday
    kind: date
    description: The day of birth, as said.
    texts: {en: {ask: What is your date of birth?, again: "Please say day, month and year of your birth."}}
  - name: pin
    kind: digits
    digits: 6
    secret: true
    field: phone_pin
    description: The telephone PIN, as said.
    words: {en: [pin]}
    texts: {en: {ask: What is your telephone PIN?, again: "Please say your telephone PIN, digit by digit."}}
limits: {per_call: 2}
texts:
  en:
    verified: Thank you, that is right.
    not_found: I'm sorry, that does not fit together.
    locked: I'm sorry, I have to put you through.
    person: {ask: "Shall I put you through to a colleague?", again: "A colleague, yes or no?"}
    otherwise: What else can I do for you?
"""
BOOK = """
name: customers
kind: file
path: BOOK_CUSTOMERS
lookups:
  - name: balance
    description: Says how much is in the account.
    question: The question. What would you like to know?
    requires: account_holder
    own_only: {en: I can speak about your own account only.}
    about: {en: [account, balance]}
    topics:
      - {name: balance, default: true, say: {en: "there are {{ record.balance }} dollars in your account"}}
"""
AGENT = """
name: desk
description: Answers.
prompt: desk.jinja
greeting: Hello{{ ', dear ' ~ caller.tier ~ ' customer' if caller.known }}.
tools: [verify_customer, balance, transfer_to_person, end_call]
"""
LINE = """
name: bank
company: First Bank
numbers: ["+18005550177"]
entry: desk
agents: [desk]
timezone: America/Chicago
person: {number: "+18005550199"}
"""
RECORDS: list[dict[str, Any]] = [
    {"id": "C1", "owner": "Ana Torres", "customer_number": "AB123456", "birthday": "1980-03-04", "tier": "gold",
     "phone_pin": "482156", "memorable": "20190815", "balance": 310},
    {"id": "C2", "owner": "Bo Lin", "customer_number": "CD654321", "birthday": "1980-03-04", "tier": "blue",
     "phone_pin": "111111", "memorable": "20200101", "balance": 7},
]  # fmt: skip
RIGHT = ("a b one two three four five six", "march fourth nineteen eighty", "four eight two one five six")


def no_server(_: AnyServer) -> ToolServer:
    raise AssertionError("there is none")


async def no_audit(_call: str, _action: str, _detail: Mapping[str, Any]) -> None: ...


async def opened(root: Path) -> LiveStore:
    files = {
        "agent_store/identities/customer.yaml": IDENTITY, "agent_store/books/customers.yaml": BOOK,
        "agent_store/agents/desk.yaml": AGENT, "agent_store/lines/bank.yaml": LINE,
        "prompt_store/desk.jinja": "You help {{ caller.full_name }}.\n",
    }  # fmt: skip
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    folder = StoreFolder(root / "agent_store", root / "prompt_store")
    live = LiveStore(folder, memory_tools().names, MemoryRevisions(), LocalVersionBoard())
    await live.open()
    return live


class Call:
    """A call at the bank's desk: each answer goes to the tool that asked."""

    def __init__(self, store: AgentStore, book: Path, tries: MemoryTries | None = None) -> None:
        self.store = store
        self.session = CallSession(call_id="c1", line="bank", active_agent="desk", caller_number="+13125550142")
        self.runner = tools_of_store(memory_tools(), store)
        books = OpenBooks({"BOOK_CUSTOMERS": str(book)}, "key", no_server)
        self.services = ToolServices(
            MemoryCases(), books, no_audit, clock=lambda zone: NOW.astimezone(zone), tries=tries or MemoryTries()
        )
        self.outcome = ToolOutcome(True, "")

    async def says(self, text: str, tool: str = "verify_customer", **given: str) -> ToolOutcome:
        self.session.turn += 1
        context = self.services.context(self.session, self.store.lines["bank"], self.store.agents["desk"], text)
        given = given or ({self.outcome.expects: text} if self.outcome.expects else {})
        self.outcome = await self.runner.run(tool, json.dumps(given), context)
        self.session.history.append(CallerSaid(text, self.session.turn))
        told = " ".join(filter(None, (self.outcome.say, self.outcome.ask)))
        self.session.history.append(AgentSaid("desk", told, self.session.turn))
        return self.outcome

    async def all(self, *texts: str) -> ToolOutcome:
        for text in texts:
            await self.says(text)
        return self.outcome


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "customers.yaml"
    path.write_text(written(RECORDS, ""))
    return path


async def test_a_customer_is_known_by_what_the_bank_asks_for(tmp_path: Path, book: Path) -> None:
    call = Call((await opened(tmp_path)).store, book)
    asked = [(await call.says("what is my balance")).ask]
    asked += [(await call.says(answer)).ask for answer in RIGHT[:2]]
    assert asked == ["What is your customer number?", "What is your date of birth?", "What is your telephone PIN?"]
    assert (await call.says("how much is there", "balance", question="how much")).code == "tool.denied"
    outcome = await call.says(RIGHT[2], pin=RIGHT[2])
    assert (outcome.ok, outcome.say) == (True, "Thank you, that is right.")
    subject = call.session.subject
    assert subject is not None
    assert (subject.id, subject.name, subject.attributes) == ("C1", "Ana Torres", {"tier": "gold"})
    assert subject.grants == ("account_holder",)
    told = await call.says("how much is there", "balance", question="how much is there")
    assert told.say == "There are 310 dollars in your account."
    others = await call.says("and my wife's account", "balance", question="how much is in my wife's account")
    assert others.say == "I can speak about your own account only."


async def test_a_day_without_its_year_is_no_birthday(tmp_path: Path, book: Path) -> None:
    call = Call((await opened(tmp_path)).store, book)
    await call.all("hello", RIGHT[0])
    outcome = await call.says("march fourth")
    assert (outcome.expects, outcome.ask) == ("birthday", "Please say day, month and year of your birth.")
    assert call.session.verification_attempts == 0


@pytest.mark.parametrize("wrong", [0, 1, 2])
async def test_one_sentence_whatever_was_wrong_and_the_identitys_own_limit(
    tmp_path: Path, book: Path, wrong: int
) -> None:
    call = Call((await opened(tmp_path)).store, book)
    others = ("c d one one one one one one", "april fifth nineteen ninety", "nine nine nine nine nine nine")
    answers = [others[at] if at == wrong else answer for at, answer in enumerate(RIGHT)]
    outcome = await call.all("hello", *answers)
    assert (outcome.say, outcome.expects) == ("I'm sorry, that does not fit together.", "customer_number")
    outcome = await call.all(*answers)
    assert outcome.say == "I'm sorry, I have to put you through."
    assert isinstance(outcome.directive, TransferToPerson)
    assert call.session.subject is None


def hash_secrets_of(book: Path) -> None:
    salt = new_salt()
    hashed = [record | {"phone_pin": hashed_value(record["phone_pin"], salt, "key")} for record in RECORDS]
    book.write_text(written(hashed, salt))
    assert "482156" not in book.read_text()


async def test_secrets_may_be_kept_as_hashes_only(tmp_path: Path, book: Path) -> None:
    hash_secrets_of(book)
    store = (await opened(tmp_path)).store
    call, wrong = Call(store, book), Call(store, book)
    await call.all("hello", *RIGHT)
    assert call.session.subject is not None
    await wrong.all("hello", *RIGHT[:2], "four eight two one five seven")
    assert wrong.session.subject is None


async def test_another_secret_is_asked_for_by_an_edit_while_a_call_goes_on(tmp_path: Path, book: Path) -> None:
    live = await opened(tmp_path)
    running = Call(live.store, book)
    await running.all("hello", RIGHT[0])
    text = IDENTITY.replace("name: pin", "name: memorable_day").replace("digits: 6", "digits: 8")
    text = text.replace("field: phone_pin", "field: memorable").replace("telephone PIN", "memorable number")
    await live.edit(replacement("identities/customer.yaml", text, ("*",), "ann"))
    later = Call(live.store, book)
    asked = [(await later.says(words)).ask for words in ("hello", *RIGHT[:2])]
    assert asked[-1] == "What is your memorable number?"
    await later.says("two zero one nine zero eight one five")
    await running.all(*RIGHT[1:])
    assert later.session.subject is not None
    assert running.session.subject is not None, "goes on with what it began with"
    assert live.store.credentials == {"customer_number", "birthday", "memorable_day"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("book: customers", "book: custmers", "there is no book 'custmers'; did you mean 'customers'?"),
        ("    digits: 6\n", "", "say how many digits it has"),
        ("attributes: [tier]", "attributes: [tier, phone_pin]", "phone_pin is a secret"),
        ("kind: date", "kind: date\n    misheard: true", "a date must be exactly right"),
        ("name: pin", "name: consent", "the part 'consent' is kept"),
        ("ask: What is your telephone PIN?", 'ask: "Is it {pin}?"', "is said as it stands"),
        ("grants: account_holder", "grants: verified_caller", "expected a name of its own"),
        ("kind: code", "kind: name", "only a code has a pattern"),
        ("  en:\n    verified", "  es:\n    verified", "the line bank speaks en-US, and there are no texts for it"),
    ],
)
async def test_what_is_wrong_with_an_identity_is_said_before_anybody_calls(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    live = await opened(tmp_path)
    with pytest.raises(StoreError, match=r"identities/customer\.yaml") as refused:
        await live.edit(replacement("identities/customer.yaml", IDENTITY.replace(old, new, 1), ("*",), "ann"))
    assert fault in str(refused.value)
