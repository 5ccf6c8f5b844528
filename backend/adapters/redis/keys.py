"""Every key that Ringmaster has in Redis. No other file makes one.

===============================  =======  ====================================  ==============
key                              type     what                                  life
===============================  =======  ====================================  ==============
``rm:session:{call_id}``         string   the call's session, JSON              session TTL
``rm:lease:{call_id}``           hash     its owner and fencing number          lease TTL
``rm:fence:{call_id}``           string   last fencing number given out         7 days
``rm:ring:HASH``                 string   what a call is, JSON                  session TTL
``rm:leases``                    zset     those hashes by the end of leases     1 hour
``rm:workers``                   hash     workers with their load, JSON         1 minute
``rm:incoming:KEY``              string   worker that answers this ring         10 minutes
``rm:{tries}:KIND:HASH``         zset     failed verifications by their time    24 hours
``rm:{spent}:HOUR``              string   what calls of that hour cost          25 hours
``rm:{outbox:W}:entries``        zset     sealed entries of worker W, by number 30 days
``rm:{outbox:W}:holder``         string   who sees to them                      30 s
``rm:outboxes``                  set      workers that left entries             30 days
``rm:store:version``             string   agent store version that is live      30 days
``rm:store:share``               string   the share of calls with another one   30 days
``rm:probe``                     string   whether Redis can be written          1 minute
``rm:store:moved``               channel  that version, when somebody moves it  --
``rm:live``                      channel  live calls for pages, sealed          --
``rm:sound:WAY:{call_id}``       channel  voices of a call, sealed, while       --
                                          somebody at another worker listens
===============================  =======  ====================================  ==============

Channel ``rm:to:WORKER`` carries what is asked of one worker. Names hold ids only: never a number, a name of a person,
or the secret of a call, for which its hash stands. The braces are part of the names: on a cluster they put all keys of
one call in one slot, and no script touches keys of two. ``legacy.py`` has the names of the version before.
"""

import hashlib

__all__ = [
    "INCOMING_TTL_S",
    "LEASES",
    "LEASES_TTL_S",
    "LIVE",
    "OUTBOXES",
    "OUTBOX_TTL_S",
    "PROBE",
    "PROBE_TTL_S",
    "STORE_MOVED",
    "STORE_SHARE",
    "STORE_TTL_S",
    "STORE_VERSION",
    "WORKERS",
    "WORKERS_TTL_S",
    "fence",
    "hashed",
    "incoming",
    "lease",
    "outbox",
    "outbox_holder",
    "ring",
    "session",
    "sound",
    "spent",
    "to_worker",
    "tries",
]

INCOMING_TTL_S = 600
PROBE = "rm:probe"
PROBE_TTL_S = 60
OUTBOXES = "rm:outboxes"
OUTBOX_TTL_S = 30 * 24 * 3600
STORE_TTL_S = 30 * 24 * 3600
STORE_VERSION = "rm:store:version"
STORE_MOVED = "rm:store:moved"
STORE_SHARE = "rm:store:share"
LIVE = "rm:live"
LEASES = "rm:leases"
LEASES_TTL_S = 3600
"""Whoever lives renews it every second; calls of workers that are gone for so long are gone, too."""
WORKERS = "rm:workers"
WORKERS_TTL_S = 60


def session(call_id: str) -> str:
    """A call's session."""
    return f"rm:session:{{{call_id}}}"


def lease(call_id: str) -> str:
    """Who owns a call."""
    return f"rm:lease:{{{call_id}}}"


def fence(call_id: str) -> str:
    """The last fencing number of a call."""
    return f"rm:fence:{{{call_id}}}"


def hashed(token: str) -> str:
    """What stands for a call's secret. Secrets are long and random, so nobody can guess it back."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()[:32]


def ring(secret_hash: str) -> str:
    """What a call is, by the hash of its secret."""
    return f"rm:ring:{secret_hash}"


def incoming(key: str) -> str:
    """Who answers a ringing call."""
    return f"rm:incoming:{key}"


def to_worker(worker: str) -> str:
    """The channel that one worker listens to."""
    return f"rm:to:{worker}"


def sound(topic: str) -> str:
    """The channel of a call's voices; a topic names way and call."""
    return f"rm:sound:{topic}"


def spent(hour: int) -> str:
    """What calls of one hour cost, all in one slot: they are read together."""
    return f"rm:{{spent}}:{hour}"


def tries(kind: str, hashed: str) -> str:
    """Failed verifications of one number or record, under a keyed hash. All in one slot: a script uses several."""
    return f"rm:{{tries}}:{kind}:{hashed}"


def outbox(worker: str) -> str:
    """What a worker could not write."""
    return f"rm:{{outbox:{worker}}}:entries"


def outbox_holder(worker: str) -> str:
    """Who writes it as soon as that is possible; in the slot of the entries."""
    return f"rm:{{outbox:{worker}}}:holder"
