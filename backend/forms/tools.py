"""The tools of a form: one that records, one that files, and those that the form has besides."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ConfigDict, create_model

from backend.domain.form_spec import FormSpec
from backend.domain.spec import in_language
from backend.domain.tool import ToolOutcome
from backend.forms.arguments import FormArguments
from backend.forms.filling import Filling
from backend.forms.intake import Intake
from backend.forms.people_first import may_use, people_first
from backend.forms.texting import text_number
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import Requirement, ToolDefinition, TypedArguments, tool
from backend.tool_store.who_calls import WhoCalls

__all__ = ["form_tools"]

_DEFAULT_MS, _TEXT_MS = 5000, 12_000
_VERIFIED: Requirement = "verified_caller"


def form_tools(forms: Iterable[FormSpec], ways: Sequence[WhoCalls] = ()) -> list[ToolDefinition]:
    """The tools of these forms, as agents name them.

    Args:
        forms: the store's.
        ways: how the store's callers are known; asked behind what comes first.
    """
    return [definition for spec in forms for definition in _tools_of(spec, ways)]


def _tools_of(spec: FormSpec, ways: Sequence[WhoCalls]) -> list[ToolDefinition]:
    language = next(iter(spec.texts))
    filler = in_language(spec.tools.filler, language)
    common: dict[str, Any] = {"requires": spec.requires, "unverified": bool(spec.unverified), "timeout_ms": _DEFAULT_MS}

    async def record(ctx: ToolContext, **given: Any) -> ToolOutcome:
        return await Intake(Filling(ctx, spec)).record(given)

    async def file(ctx: ToolContext) -> ToolOutcome:
        return await Intake(Filling(ctx, spec)).file()

    told = spec.tools
    arguments = FormArguments(spec, language)
    found = [
        ToolDefinition(
            spec.record_tool, told.record_description, record, arguments, effect="draft", filler=None, **common
        ),
        ToolDefinition(spec.file_tool, told.file_description, file, _NOTHING, effect="write", filler=filler, **common),
    ]
    if told.text:
        found.append(_texting(spec, told.text))
    if spec.first:
        found.append(replace(_first(ways), name=spec.first.tool))
    return found


def _texting(spec: FormSpec, name: str) -> ToolDefinition:
    @tool(
        effect="write",
        requires=_VERIFIED if spec.requires else None,
        timeout_ms=_TEXT_MS,
        filler=spec.tools.text_filler,
    )
    async def text(ctx: ToolContext, consent: str | None = None) -> ToolOutcome:
        """Send the number.

        Args:
            consent: The caller's answer, as said. Shall I send it to the phone you are calling from?
        """
        return await text_number(Filling(ctx, spec))

    return replace(text, name=name, description=spec.tools.text_description)


def _first(ways: Sequence[WhoCalls]) -> ToolDefinition:
    """What comes first; behind it the caller is asked who they are, where the agent can ask that."""

    @tool(effect="write", timeout_ms=3000)
    async def check_safety(ctx: ToolContext, injuries: str | None = None) -> ToolOutcome:
        """People come first: whether anyone is hurt, and whether the person on the phone is in a safe place. Call it
        with their answer, as said; it tells what comes next.

        Args:
            injuries: Who is hurt and how, and where they are, as said. Is anyone hurt, and are you in a safe place?
        """
        way = next((each for each in ways if may_use(ctx, each.tool_name)), None)
        if way:
            way.listen(ctx)
        first = people_first(ctx)
        if first is not None and (outcome := await first.answer(injuries or "")):
            return outcome
        if way is None or way.is_known(ctx):
            noted = "Noted. Go on with what the caller wants; hand over if another agent does that."
            wish = next((each.wish(ctx) for each in ways), {})
            return ToolOutcome(True, noted, say=first.words() if first else None, data=wish)
        following = await way.identify(ctx)
        return following if following.tool or not following.ask else replace(following, tool=way.tool_name)

    return check_safety


_NOTHING = TypedArguments(create_model("Nothing", __config__=ConfigDict(extra="forbid")))
