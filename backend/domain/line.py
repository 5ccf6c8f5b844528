"""Phone lines as operations people write them (agent_store/lines). Strict: unknown keys are errors."""

from typing import Annotated, Literal

from pydantic import AliasChoices, Field

from backend.domain.case_webhook import CaseWebhookSpec
from backend.domain.field_spec import Words
from backend.domain.hours import HoursSpec, OverflowSpec
from backend.domain.phrases import Phrases, Text
from backend.domain.spec import CalledNumber, LanguageTag, Name, PhoneNumber, PhraseLanguage, Spec, Texts

__all__ = [
    "HoursSpec",
    "LineSpec",
    "NextStepsSpec",
    "OverflowSpec",
    "PersonSpec",
    "PlacingSpec",
    "RecordingSpec",
    "RefusalSpec",
    "ReleaseSpec",
    "RetentionSpec",
    "SupervisionSpec",
    "TimeLimitSpec",
    "VoicemailSpec",
    "recording_days",
]


class PersonSpec(Spec):
    """Where a person is reached."""

    number: PhoneNumber
    """Number to transfer to."""
    announcement: str | None = None
    """Said before the transfer. Left out: the phrase ``connecting``."""
    failure: str | None = None
    """Said when the transfer failed; the agent goes on. Left out: the phrase ``no_person``."""
    emergency: str | None = None
    """Said before the transfer in an emergency: one instruction, and no other beside it. Left out: the phrase
    ``emergency``."""
    emergency_failure: str | None = None
    """Said when nobody took an emergency; until then nobody is told to hang up. Left out: the phrase
    ``no_person_in_emergency``."""
    waiting: tuple[str, ...] | None = None
    """Said in turn while the colleague's phone rings. Left out: the phrase ``still_trying``."""
    waiting_seconds: float = Field(default=10.0, ge=3, le=60)
    """Silence after which the next of them is said."""
    still_ringing: str | None = None
    """Said to a caller who speaks while the colleague's phone rings. Left out: the phrase ``still_ringing``."""


class TimeLimitSpec(Spec):
    """What a caller hears when the longest time of a call comes near."""

    notice: str | None = None
    """Said a minute before, in front of the next answer. Empty: nothing is. Left out: the phrase ``time_is_near``."""
    say: str | None = None
    """Said at the limit, before the call ends. Left out: the phrase ``time_is_up``."""
    action: Literal["end", "person"] = "end"
    """End the call, or connect the caller with a person."""


class VoicemailSpec(Spec):
    """What a machine is left that answers a placed call."""

    action: Literal["leave", "hang_up"] = "hang_up"
    """Leave the message after the beep, or hang up without a word."""
    message: Texts = ""
    """What is left, or that by language: {en: ..., es: ...}. Empty: nothing, and the call is hung up."""


class RecordingSpec(Spec):
    """Recording of calls. See docs/recordings.md."""

    enabled: bool = False
    """Are calls of this line recorded? Callers are told first, and nobody is recorded before they have heard it."""
    announcement: str | None = None
    """What they are told, before the greeting. Left out: the phrase ``recording``."""
    consent: Literal["none", "ask"] = "none"
    """``ask``: behind it they are asked with the phrase ``recording_consent``. Who does not clearly say yes is told
    that the call is not recorded, and is not."""
    by: Literal["server", "acs"] = "server"
    """Who records: this server, from the way of the sound, or Azure Communication Services itself. ACS hears only calls
    that come or go over it: those over LiveKit and the softphone are recorded by this server whatever this says. Its
    file is fetched when it is there, kept as all recordings are, and deleted at ACS."""
    keep_days: int = Field(default=30, ge=1, le=3650)
    """Days after which a recording is deleted, at the latest: it outlasts neither the words of its call
    (``retention.words``) nor the call (``retention.calls``)."""


class SupervisionSpec(Spec):
    """What people with the role for it may do with live calls of this line. See docs/supervision.md."""

    listen: bool = True
    """May they listen in? Where the law asks for it, say so in ``recording.announcement`` or the greeting."""
    whisper: bool = True
    """May they tell the agent something that the caller does not hear?"""
    take_over: bool = True
    """May they speak with the caller from the console, in the agent's place? They have to be let listen for it."""
    lost: Literal["agent", "person"] = "agent"
    """Who goes on when the connection of somebody who has taken over is lost: the agent, or the line's person."""


class RefusalSpec(Spec):
    """What happens to callers beyond a cap, and to those on the block list. See docs/security.md."""

    capped: Literal["say", "person"] = "say"
    """Tell them ``capped_say`` and hang up, or send them to the line's person. An emergency is never lost by a cap."""
    capped_say: Text | None = None
    """What they hear; it says what to do in an emergency. Left out: the phrase ``capped``."""
    blocked: Literal["say", "reject"] = "say"
    """Tell those on the block list ``blocked_say``, or give them the busy tone."""
    blocked_say: Text | None = None
    """What they hear. Left out: the phrase ``blocked``."""


class PlacingSpec(Spec):
    """By which way this line calls, which numbers it may, and to which its live calls be transferred by people."""

    via: Literal["acs", "livekit"] = "acs"
    """Through Azure Communication Services, or over a SIP trunk of LiveKit. See docs/livekit.md."""
    trunk: Annotated[str, Field(pattern=r"^(ST_[A-Za-z0-9_-]+)?$")] = ""
    """Id of the outbound trunk, with ``via: livekit``. Left out: LIVEKIT_OUTBOUND_TRUNK."""
    number: PhoneNumber | None = None
    """Number that its calls come from. Left out: ACS_SOURCE_NUMBER, or the trunk's own."""

    destinations: tuple[Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,14}$")], ...] = ()
    """Beginnings of numbers, such as +1312 or +44. Left out: those of its own country that cost nothing extra."""


_UNVERIFIED: dict[str, str] = {
    "en": "A colleague will check your details and call you back.",
    "es": "Un colega revisará sus datos y le llamará.",
}


class NextStepsSpec(Spec):
    """What happens after a report: said as it stands, when it is filed. Empty texts are left out.

    Each is written in one language, or by language: {en: ..., es: ...}."""

    filed: Texts = ""
    """Who gets in touch, how and when."""
    cannot_be_driven: Texts = ""
    """Said as well when the car cannot be driven: towing, a rental car."""
    unverified: Texts = Field(default_factory=lambda: dict(_UNVERIFIED))
    """Said instead of ``filed`` to a caller who could not be verified."""


class RetentionSpec(Spec):
    """For how many days what callers leave is kept. Left out: for good."""

    words: int | None = Field(default=None, ge=1, le=36_500)
    """What was said in calls and chats, after their end."""
    calls: int | None = Field(default=None, ge=1, le=36_500)
    """Calls and chats, after their end. Of one with a case that stays, line and times stay with it."""
    drafts: int | None = Field(default=None, ge=1, le=36_500)
    """Reports that were never filed, after their last change."""
    cases: int | None = Field(default=None, ge=1, le=36_500, validation_alias=AliasChoices("cases", "claims"))
    """Filed cases, after they were filed. Earlier versions called it ``claims``, which is read, too."""
    callbacks: int | None = Field(default=None, ge=1, le=36_500)
    """Wishes to be called back."""


class ReleaseSpec(Spec):
    """What must have happened before another version of the store goes live."""

    requires_rehearsals: bool | tuple[Annotated[str, Field(pattern=r"^[^/]{1,100}/[^/]{1,100}$")], ...] = False
    """Rehearsals that must have passed with exactly that version: true for all of this line, or some by name, such as
    main/correction. Where prompts, knowledge or models differ, only runs on the line's own model count. Going back to a
    version that was live before is always possible."""


class LineSpec(Spec):
    """One phone line: agent_store/lines/NAME.yaml."""

    name: Name
    """The same as the file's name."""
    description: str = ""
    """What the line is for; {{ line.description }} in prompts."""
    owner: str = ""
    """Who answers for this line: a team or an address. For people only."""
    company: str = "Ringmaster"
    """Name that agents use for the house they answer for; {{ line.company }} in prompts."""
    numbers: tuple[CalledNumber, ...] = Field(min_length=1)
    """Numbers that lead here; no other line may have them. An identity of the ACS resource (8:acs:...) is one, too."""
    entry: Name
    """Agent that answers."""
    agents: tuple[Name, ...] = Field(min_length=1)
    """Agents of this line."""
    person: PersonSpec
    """Where a person is reached; every line has one."""
    languages: tuple[LanguageTag, ...] = ("en-US",)
    """Languages that this line answers in; its agents must understand them."""
    timezone: str = ""
    """Time zone of "today" and "yesterday" in what callers say, such as America/Chicago. Always to be given."""
    recording: RecordingSpec = RecordingSpec()
    supervision: SupervisionSpec = SupervisionSpec()
    hours: HoursSpec | None = None
    """When it answers. Left out: always."""
    overflow: OverflowSpec = OverflowSpec()
    max_calls: int | None = Field(default=None, ge=1, le=2000)
    """Calls at once on this line in one worker; more overflow. Left out: as many as the worker takes."""
    max_minutes: int | None = Field(default=None, ge=1, le=480)
    """Longest call. Left out: CALL_MAX_SECONDS."""
    time_limit: TimeLimitSpec = TimeLimitSpec()
    voicemail: VoicemailSpec = VoicemailSpec()
    refusals: RefusalSpec = RefusalSpec()
    placing: PlacingSpec = PlacingSpec()
    next_steps: NextStepsSpec = NextStepsSpec()
    """What callers are told once a report is filed."""
    retention: RetentionSpec = RetentionSpec()
    """For how long what callers leave is kept. Left out: for good."""
    webhook: CaseWebhookSpec | None = None
    """Who else is told of this line's cases. Left out: nobody."""
    release: ReleaseSpec = ReleaseSpec()
    """What a new version must have passed before callers of this line get it."""
    topics: dict[Name, Words] = Field(default_factory=dict)
    """Words by language of what callers call for; of several that fit the first is meant, ``other`` is everything else.
    They are written as the words of a choice. For ``ringmaster understand``."""
    says: dict[PhraseLanguage, Phrases] = Field(default_factory=dict)
    """Phrases that this line says otherwise, by language: {en: {goodbye: Take care.}}."""
    variables: dict[str, str] = Field(default_factory=dict)
    """Constants for prompts, as {{ line.vars.NAME }}."""

    @property
    def recording_days(self) -> int:
        """For how many days a recording is kept."""
        return recording_days(self.recording, self.retention)


def recording_days(recording: RecordingSpec, retention: RetentionSpec) -> int:
    """For how many days a recording is kept: no longer than the words that are in it, or its call."""
    return min(filter(None, (recording.keep_days, retention.words, retention.calls)))
