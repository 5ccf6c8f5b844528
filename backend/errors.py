"""The error tree.

::

    RingmasterError
    ├── ConfigError            config.invalid        a setting is wrong or missing; the start stops
    ├── StoreError             store.invalid         agents, lines or prompts did not pass the check
    ├── SuiteError             suite.invalid         a rehearsal file has faults
    ├── EditRefused            store.refused         a change of the agent store that was refused; nothing has changed
    │   ├── EditConflict       store.conflict        somebody else changed it since it was read
    │   ├── EditUnguarded      store.unguarded       the edit does not name the version it was made from
    │   ├── NotInStore         store.not_found       no such agent, line, prompt or version
    │   ├── NotRehearsed       store.not_rehearsed   a line demands rehearsals that this version has not passed
    │   ├── RunRefused         run.refused           rehearsals or calls cannot be played now, or not so
    │   └── AlreadyInStore     store.exists          something of that name exists already
    ├── ProtocolError          protocol.malformed    data from outside that does not follow its protocol
    ├── AuthError              auth.refused          a token, signature, key or secret that is not valid
    │   ├── Forbidden          auth.forbidden        the caller of the API is known, but lacks the right for this
    │   ├── SignInExpired      auth.expired          a browser's sign-in that was ours, and is over
    │   ├── SignInRefused      auth.sign_in          a directory of people, such as Entra ID, has not signed somebody in
    │   └── TooManyGuesses     auth.too_many         too many wrong keys from one address
    ├── ProviderError          provider.failed       speech, the model, call control or the database failed
    │   ├── ProviderRejected   provider.rejected     it says that the request is wrong; trying again does not help
    │   ├── RateLimited        provider.rate_limited too many requests; may carry ``retry_after`` seconds
    │   ├── Unavailable        provider.unavailable  it is down, or it refused or broke the connection
    │   └── TimedOut           provider.timed_out    it did not answer within the limit of the settings
    ├── TooManyRequests        request.too_many      somebody known asks more often than what it costs allows
    ├── PoolExhausted          pool.exhausted        every connection of a pool stayed in use; none became free in time
    ├── CaseConflict           case.conflict         somebody else corrected the case since it was read
    ├── CaseUnguarded          case.unguarded        the correction does not name the state that it was made from
    ├── ExportTooLarge         caller.too_large      more is kept of one caller than one answer of the API holds
    ├── CallNotFound           call.not_found        no such call, or it has ended
    ├── CallRefused            call.refused          a call that cannot be answered or placed now
    ├── IllegalTransition      state.illegal         something happened in a state that does not allow it: a bug
    ├── KeyRefused             key.refused           an API key or block that cannot be made or changed as asked
    ├── SealBroken             seal.broken           encrypted data cannot be decrypted with the keys that there are
    ├── SessionConflict        session.conflict      another worker saved this session in between
    ├── SessionLost            session.lost          the session store (Redis) cannot be reached, or the session is gone
    ├── LeaseLost              session.lease_lost    another worker owns this call now
    └── ToolError              tool.failed           a tool could not do what was asked
        ├── CaseWaits          case.waits            the case is filed once the database is back; no number yet
        └── ToolDenied         tool.denied           policy does not allow this tool for this caller now

Every class has a stable ``code`` for operators. What a caller hears is a phrase (``agent_store/phrases``).
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

__all__ = [
    "AlreadyInStore",
    "AuthError",
    "CallNotFound",
    "CallRefused",
    "CaseConflict",
    "CaseUnguarded",
    "CaseWaits",
    "ConfigError",
    "EditConflict",
    "EditRefused",
    "EditUnguarded",
    "ExportTooLarge",
    "Forbidden",
    "IllegalTransition",
    "KeyRefused",
    "LeaseLost",
    "NotInStore",
    "NotRehearsed",
    "PoolExhausted",
    "ProtocolError",
    "ProviderError",
    "ProviderRejected",
    "RateLimited",
    "RingmasterError",
    "RunRefused",
    "SealBroken",
    "SessionConflict",
    "SessionLost",
    "SignInExpired",
    "SignInRefused",
    "SignInTrouble",
    "StoreError",
    "SuiteError",
    "TimedOut",
    "TooManyGuesses",
    "TooManyRequests",
    "ToolDenied",
    "ToolError",
    "Unavailable",
]


SignInTrouble = Literal["denied", "no_role", "tenant", "setup", "clock", "stale", "unproven", "away"]
"""Why a directory of people has not signed somebody in.

``denied``: they, or who administers the directory, have not agreed. ``no_role``: known, and granted nothing here.
``tenant``: of another organization, or the settings name one that is not there. ``setup``: the directory knows this
server otherwise than its settings say. ``clock``: a proof that was made just now is not valid now. ``stale``: begun in
another browser, too long ago, or used already. ``unproven``: what came back does not hold. ``away``: no answer.
"""


class RingmasterError(Exception):
    """Anything that Ringmaster itself raises."""

    code: ClassVar[str] = "ringmaster.failed"


class ConfigError(RingmasterError):
    """A setting is wrong or missing. The message names the variable, what was expected and what came."""

    code = "config.invalid"


class StoreError(RingmasterError):
    """The agent or prompt store did not pass the check.

    ``problems`` holds one line for each fault, each naming file and line; ``details`` the same as they were
    given, for those who want the parts.
    """

    code = "store.invalid"

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = [str(problem) for problem in problems]
        self.details = tuple(problems)
        super().__init__("\n".join(self.problems))


class EditRefused(RingmasterError):
    """An edit of the store that cannot be made as it was asked for; nothing has changed."""

    code = "store.refused"


class EditConflict(EditRefused):
    """Somebody else changed it since it was read: read again, then edit again."""

    code = "store.conflict"


class EditUnguarded(EditRefused):
    """The edit does not say which version it was made from, so it could undo somebody else's."""

    code = "store.unguarded"


class NotInStore(EditRefused):
    """No such agent, line, prompt or version."""

    code = "store.not_found"


class NotRehearsed(EditRefused):
    """A line demands that rehearsals of exactly this version have passed. The message says which, and what to do."""

    code = "store.not_rehearsed"


class RunRefused(EditRefused):
    """Rehearsals or calls that cannot be played now, or not as they were asked for."""

    code = "run.refused"


class AlreadyInStore(EditRefused):
    """Something of that name exists already."""

    code = "store.exists"


class SuiteError(RingmasterError):
    """Rehearsal files that have faults. ``problems`` holds one line for each fault."""

    code = "suite.invalid"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class ProtocolError(RingmasterError):
    """Bytes from outside that are not what the protocol says. The message never holds a caller's words."""

    code = "protocol.malformed"


class AuthError(RingmasterError):
    """A token, signature, key or secret that is not valid. The message is for the log, not for the sender."""

    code = "auth.refused"


class Forbidden(AuthError):
    """The caller of the API is known, but lacks the right for this. The message says what is needed."""

    code = "auth.forbidden"


class SignInExpired(AuthError):
    """A browser shows a sign-in that we made and that has ended. Nobody guesses with it."""

    code = "auth.expired"


class SignInRefused(AuthError):
    """Somebody came back from the directory's page, and is not signed in.

    ``trouble`` says why, for the page; the message is for the log and holds nothing that the directory wrote but its
    own codes.
    """

    code = "auth.sign_in"

    def __init__(self, trouble: SignInTrouble, message: str) -> None:
        super().__init__(message)
        self.trouble: SignInTrouble = trouble


class TooManyGuesses(AuthError):
    """Too many wrong keys came from this address in the last minute."""

    code = "auth.too_many"


class TooManyRequests(RingmasterError):
    """Whoever asks is known, and has had something made that costs too often in the last minute."""

    code = "request.too_many"


class ProviderError(RingmasterError):
    """An outside service failed. ``provider`` is its short name: speech, model, calls, store."""

    code = "provider.failed"

    def __init__(self, provider: str, message: str) -> None:
        super().__init__(f"{provider}: {message}")
        self.provider = provider


class ProviderRejected(ProviderError):
    """The service says that the request is wrong (400, 401, 403, 404); trying again does not help."""

    code = "provider.rejected"


class RateLimited(ProviderError):
    """Too many requests (429). ``retry_after`` is in seconds when the service said how long to wait."""

    code = "provider.rate_limited"

    def __init__(self, provider: str, message: str, retry_after: float | None = None) -> None:
        super().__init__(provider, message)
        self.retry_after = retry_after


class Unavailable(ProviderError):
    """The service is down, refused the connection or broke it."""

    code = "provider.unavailable"


class TimedOut(ProviderError):
    """The service did not answer within the limit from the settings."""

    code = "provider.timed_out"


class PoolExhausted(RingmasterError):
    """Every connection of a pool stayed in use; none became free within the limit on waiting."""

    code = "pool.exhausted"


class CaseConflict(RingmasterError):
    """Somebody else corrected the case since it was read: read it again, then correct it."""

    code = "case.conflict"


class CaseUnguarded(RingmasterError):
    """The correction does not say which state of the case it was made from, so it could undo somebody else's."""

    code = "case.unguarded"


class ExportTooLarge(RingmasterError):
    """More is kept of one caller than one answer of the API holds. Nothing is given rather than a part of it."""

    code = "caller.too_large"


class CallNotFound(RingmasterError):
    """No such call, or it has ended."""

    code = "call.not_found"


class CallRefused(RingmasterError):
    """A call that cannot be taken or placed now: over capacity, draining, or no line for its number."""

    code = "call.refused"


class IllegalTransition(RingmasterError):
    """Something happened in a state that does not allow it: a bug. Raised in tests, counted in production."""

    code = "state.illegal"


class KeyRefused(RingmasterError):
    """An API key, or an entry of the block list, that cannot be made or changed as asked."""

    code = "key.refused"


class SessionConflict(RingmasterError):
    """Another worker saved this session since it was read (compare-and-set failed)."""

    code = "session.conflict"


class SessionLost(RingmasterError):
    """The session store (Redis) cannot be reached, or the session is gone."""

    code = "session.lost"


class LeaseLost(RingmasterError):
    """Another worker owns this call now; this one must let go of it."""

    code = "session.lease_lost"


class SealBroken(RingmasterError):
    """Encrypted data cannot be decrypted: it was encrypted with another key, moved from its place, or changed."""

    code = "seal.broken"


class ToolError(RingmasterError):
    """A tool could not do what was asked. The message may be told to the model."""

    code = "tool.failed"


class CaseWaits(ToolError):
    """A case that will be filed as soon as the database is there, but does not outlive this process until then."""

    code = "case.waits"


class ToolDenied(ToolError):
    """Policy forbids this tool to this caller at this moment, whatever the model wants."""

    code = "tool.denied"
