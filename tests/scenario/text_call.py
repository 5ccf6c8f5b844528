"""A call in text: the engine's loop in thirty lines, with the real tools and the stand-in model."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from shipped_store import shipped_store

from backend.adapters.tool_servers.opening import opener
from backend.agents.handoffs import handoff_schemas, handoff_target
from backend.agents.prompts import PromptVariables, render_words
from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.domain.spec import text_in
from backend.domain.tool import EndCall, ToolOutcome, TransferToPerson
from backend.engine.thinking.store_tools import tools_of_store
from backend.testing.books import MemoryBooks, MemoryCases
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.declared import DeclaredTools
from backend.tool_store.runner import ToolRunner
from stand_in.decide import decide
from stand_in.situation import read_situation

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "+13125550142"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))


async def no_audit(*_: object) -> None:
    return None


class TextCall:
    """One call in text, so that the stand-in's rules and the tools can be tested without the engine."""

    def __init__(self, store: Path = ROOT, line: str = "insurance", tools: Mapping[str, str] | None = None) -> None:
        self.cases = MemoryCases()
        self.declared = DeclaredTools(opener((), tools or {}), render_words)
        policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
        typed = ToolRunner(BUILT_IN_TOOLS, no_audit, self.declared)
        self.texted: list[tuple[str, str]] = []
        self.services = ToolServices(self.cases, policies, no_audit, self, clock=lambda zone: NOON)
        self.store = shipped_store(typed.names, store)
        self.runner = tools_of_store(typed, self.store)
        self.line = self.store.lines[line]
        self.session = CallSession(call_id="c1", line=line, active_agent=self.line.entry, caller_number=NUMBER)
        self.messages: list[dict] = []
        self.agents = [self.line.entry]
        self.over: object = None
        self.said: list[str] = [self._greet()]

    async def send(self, to: str, text: str) -> None:
        """Take a text message."""
        self.texted.append((to, text))

    @property
    def agent(self):
        return self.store.agents[self.session.active_agent]

    def _variables(self) -> PromptVariables:
        return PromptVariables.of(session=self.session, line=self.line, agent=self.agent, now=NOON)

    def _greet(self) -> str:
        said = text_in(self.agent.greeting, self.agent.voice.language)
        text = self.store.render_line(said, self._variables())
        self.messages.append({"role": "assistant", "content": text})
        return text

    async def say(self, text: str) -> str:
        self.session.turn += 1
        self.session.history.append(CallerSaid(text, self.session.turn))
        self.messages.append({"role": "user", "content": text})
        before = len(self.said)
        await self._go_on(text)
        told = " ".join(self.said[before:])
        self.session.history.append(AgentSaid(self.agent.name, told, self.session.turn))
        return told

    async def _go_on(self, text: str) -> None:
        for _ in range(8):
            schemas = [*self.runner.schemas(self.agent), *handoff_schemas(self.agent, self.store, self.runner.brought)]
            tools = [
                {
                    "type": "function",
                    "function": {"name": s.name, "description": s.description, "parameters": s.parameters},
                }
                for s in schemas
            ]
            prompt = {"role": "system", "content": self.store.render_prompt(self.agent, self._variables())}
            decision = decide(read_situation([prompt, *self.messages], tools))
            if decision.text:
                self.said.append(decision.text)
            self.messages.append(
                {
                    "role": "assistant",
                    "content": decision.text,
                    "tool_calls": [
                        {"id": f"t{len(self.messages)}", "function": {"name": n, "arguments": json.dumps(a)}}
                        for n, a in list(decision.calls.items())[:1]  # one at a time, as below
                    ],
                }
            )
            if not decision.calls:
                return
            (name, arguments) = next(iter(decision.calls.items()))
            if target := handoff_target(name):
                self._answer(name, {"ok": True, "message": f"Handed over to {target}."})
                style = next(h.style for h in self.agent.handoffs if h.to == target)
                self.session.active_agent = target
                self.agents.append(target)
                if style == "announced":
                    self.said.append(self._greet())
                given = {n: v for n, v in arguments.items() if n in self.runner.brought(self.agent)}
                if self.agent.opening_tool and given.keys() == self.runner.brought(self.agent).keys():
                    made = {"name": self.agent.opening_tool, "arguments": json.dumps(given)}
                    call = {"id": f"t{len(self.messages)}", "function": made}
                    self.messages.append({"role": "assistant", "content": "", "tool_calls": [call]})
                    if await self._use(self.agent.opening_tool, given, text):
                        return
                elif style == "announced":
                    return
                continue
            if await self._use(name, arguments, text):
                return
        raise AssertionError("the model does not come to an end")

    async def _use(self, name: str, arguments: Mapping[str, object], text: str) -> bool:
        """One tool call; true when the caller is next, or the call is over."""
        context = self.services.context(
            self.session, self.line, self.agent, text, knowledge=self.store.knowledge, forms=self.store.forms.values()
        )
        outcome = await self.runner.run(name, json.dumps(arguments), context)
        self._answer(name, outcome.envelope())
        if isinstance(outcome.directive, EndCall | TransferToPerson):
            self.over = outcome.directive
            return True
        return self._pass_on(outcome)

    def _pass_on(self, outcome: ToolOutcome) -> bool:
        exact = self.agent.questions == "tool" or outcome.verbatim
        asked = outcome.ask if exact and outcome.directive is None else None
        for line in filter(None, (outcome.say, asked)):
            self.said.append(line)
            self.messages.append({"role": "assistant", "content": line})
        return asked is not None

    def _answer(self, name: str, envelope: dict) -> None:
        call = self.messages[-1]["tool_calls"][0]["id"]
        self.messages.append({"role": "tool", "tool_call_id": call, "content": json.dumps(envelope)})
