"""Every log event by its stable name: what it means, and what whoever is on duty does about it.

A log call names its event with ``extra={"event": "redis.away"}``. A test sees to it that each name
in the code stands here and each entry is used; ``docs/log-events.md`` is written from this table by
``ringmaster schema``. To add one, add a line here and write the page anew.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = ["EVENTS", "Event", "EventKind", "events_page"]

EventKind = Literal["note", "fault", "outage", "alert"]
"""``note``: nothing is wrong. ``fault``: something went wrong once. ``outage``: may come again and again; the first is
logged, the rest are counted. ``alert``: like an outage, and it goes to the webhook."""


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of log record."""

    name: str
    kind: EventKind
    meaning: str
    todo: str = ""
    """What to do; empty: nothing."""
    ends: tuple[str, ...] = ()
    """Outages that are over when this is logged."""


_ALL = (
    # -- calls ------------------------------------------------------------------------------------
    Event("call.began", "note", "A call was answered or placed: line, direction, version of the agent store, test or not."),
    Event("call.handed_over", "note", "Another agent took the call; `agent` is the new one."),
    Event(
        "call.ended",
        "note",
        "A call is over: outcome, seconds, turns, 95th percentile of the caller's waits in milliseconds, version.",
        "For `outcome=failed` look at the lines with the same `call_id`.",
    ),
    Event(
        "line.refused",
        "alert",
        "A call was refused or sent elsewhere because the line or the server takes no more.",
        "Add replicas or raise MAX_CALLS if processors are idle; see the scale rule in docs/monitoring.md.",
    ),
    Event(
        "line.unknown",
        "outage",
        "Somebody rang a number that no line has; they were turned away.",
        "Put the number on a line in agent_store/lines, or take it back from the phone service.",
    ),
    Event(
        "line.deaf",
        "alert",
        "No recognizer can be had: the caller is told so and put through to a person.",
        "See the `speech` part of /api/v1/health; look at the state and the quota of Azure Speech.",
    ),
    Event("call.not_its_event", "outage", "An event came with the secret of one call and the connection of another; nothing was done."),
    Event("call.late", "outage", "An incoming call was reported so late that it rings no more; nothing was done.",
          "Look at the delivery of the Event Grid subscription: retries, dead letters, an endpoint that was away."),
    Event("call.gone", "note", "The caller hung up before the call was taken."),
    Event(
        "call.not_answered",
        "fault",
        "A ringing call could not be answered; Event Grid delivers it again.",
        "See `code`: the call service is away, or ACS_ENDPOINT or its key is wrong (`?deep=1` says which).",
    ),
    Event("call.came_late", "fault", "A call came about after the call service had not said so in time. It goes on."),
    Event("call.taken_over", "note", "This worker goes on with a call of one that is gone.", ends=()),
    Event("call.given_up", "fault", "Another worker took a call of ours, because this one could not be heard of.",
          "Look for `worker stalls` and `redis.away` at the same time: this worker was stuck or cut off from Redis."),
    Event("call.not_taken_over", "note", "A call without a worker was over, or another worker was faster."),
    Event("call.recovery_broke", "fault", "Taking over a call broke.", "It is a fault of ours: report it with a bundle of `ringmaster doctor`."),
    Event("call.unseen", "outage", "Other workers cannot see a call now; it would be lost if this worker died.",
          "Redis is away: see `redis.away`."),
    Event("call.hang_up_failed", "fault", "The call service did not hang up.", "Nothing, unless it goes on: then see the `acs` check of `?deep=1`."),
    Event("call.transfer_failed", "fault", "The caller could not be put through to a person; they are offered a call back.",
          "See `code`; try the line's `person` number by hand."),
    Event("call.apology_failed", "fault", "A call was ended and the caller could not be told why.", "See what else is logged with this `call_id`."),
    Event("call.phrase_unconfirmed", "fault", "The call service did not say that a phrase was played."),
    Event("media.broke", "fault", "The media socket of a call broke; it is opened again."),
    Event("media.lost", "fault", "The media socket went and the call did not; it is opened again.",
          "Many at once: a proxy in between ends long connections, see the ingress limits in docs/operations.md."),
    Event("media.failed", "fault", "The call service says that its media streaming failed; `code` is its sub-code.",
          "Look the sub-code up in the documentation of the call service."),
    Event("media.missing", "fault", "The call service opened no media socket in time; the call was given up.",
          "BASE_URL must be reachable from the internet as wss://."),
    Event("media.not_restarted", "fault", "A media socket could not be asked for again.", "See `code`."),
    Event("media.refused", "outage", "A media socket was refused: its token does not hold, or too many wrong ones came from there.",
          "If callers hear silence, compare ACS_RESOURCE_ID with the resource's immutable id. Else somebody is guessing."),
    Event("media.not_now", "outage", "A media socket could not be let in, because what it needs is away.", "See `code` and the parts of /api/v1/health."),
    Event("media.silent", "fault", "A media socket was opened and its first message did not come; it was closed.",
          "If it happens again and again: is a proxy between ACS and the server that holds messages back?"),
    Event("media.bad", "fault", "A media socket said what the protocol does not know, and was closed."),
    Event("media.no_call", "fault", "A media socket came for a call that is over or elsewhere."),
    Event("media.malformed", "outage", "A media frame could not be read and was left out."),
    Event("media.too_malformed", "fault", "Too many frames of a media socket could not be read; it was closed."),
    Event("media.gone", "note", "The far end closed the media socket first."),
    # -- LiveKit ----------------------------------------------------------------------------------
    Event("livekit.registered", "note", "The LiveKit server has registered this worker: jobs can come.", ends=("livekit.away",)),
    Event("livekit.away", "outage", "There is no connection to the LiveKit server; it is tried again. Calls in rooms go on.",
          "See `why`: LIVEKIT_URL, its key and secret, or the server itself."),
    Event("livekit.worker_broke", "fault", "The connection to the LiveKit server broke in a way that is not foreseen; it is made anew.",
          "Report it with a bundle of `ringmaster doctor`."),
    Event("livekit.job_refused", "note", "A LiveKit job was left to other workers: this one is full, goes away or cannot hear callers."),
    Event("livekit.job_failed", "fault", "A LiveKit job came to nothing: its room could not be entered, or its call not taken.", "See `code`."),
    Event("livekit.job_broke", "fault", "A LiveKit job broke.", "It is a fault of ours: report it with a bundle of `ringmaster doctor`."),
    Event("livekit.no_caller", "note", "An agent was asked for in a LiveKit room, and nobody came."),
    Event("livekit.no_call", "fault", "A LiveKit room was entered for a call that is over or elsewhere."),
    Event("livekit.waited", "note", "Callers had come into LiveKit rooms while no worker was registered; an agent was asked for again."),
    Event("livekit.not_looked", "fault", "It could not be asked whether callers wait in LiveKit rooms; one who does hangs up in the end.",
          "See `code`; does LIVEKIT_API_KEY have the right to list rooms?"),
    Event("livekit.untold", "note", "A caller left a LiveKit room, and their call was over already."),
    Event("livekit.caption_lost", "note", "A caption, or the agent's state, did not reach those in a LiveKit room who could see it."),
    Event("livekit.left_roughly", "note", "A LiveKit room was left without saying good-bye; the server finds out by itself."),
    # -- health ---------------------------------------------------------------------------------
    Event("health.changed", "fault", "A part of the server works no more, works in part, or works again; `part`, `state`, `was`.",
          "Do as the sentence says; /api/v1/health shows all parts, `?deep=1` asks the services."),
    Event("health.broke", "fault", "A part could not tell how it is.", "Report it with a bundle of `ringmaster doctor`."),
    Event("process.broke", "fault", "An error that nobody caught.", "Report it with a bundle of `ringmaster doctor`."),
    Event("server.ready", "note", "The server takes calls."),
    Event("server.stopping", "note", "The server was told to stop: calls under way go on, new ones are refused."),
    Event("server.not_started", "fault", "The server did not start.", "The message names what must be put right."),
    Event("webhook.failed", "outage", "The alert webhook did not take a message.", "See `status`: the address in ALERT_WEBHOOK_URL, or its secret."),
    # -- turns, agents and the model ------------------------------------------------------------
    Event("turn.failed", "fault", "A turn could not be answered; the caller heard an apology, or goes to a person.", "See `code`: model, speech or a tool."),
    Event("floor.out_of_order", "fault", "A conversation changed in a way that is not foreseen; it went on.", "Report it with `state` and `moved_by`, and the call's turns."),
    Event("agent.loops", "fault", "An agent asked the same question three times; the way was changed.", "Read the call's turns; the prompt or the question may be unclear."),
    Event("agent.recited", "fault", "An agent began to read its prompt aloud and was stopped.", "Read the call's turns: somebody tries to get at the prompt."),
    Event("model.attempt_failed", "outage", "One try of one deployment failed; it is tried again, or the next deployment is.",
          "See `code`. `provider.rate_limited`: raise the quota; `provider.rejected`: the deployment is gone or the key is wrong."),
    Event("model.lost", "alert", "No deployment of the model answers: callers hear an apology and go to a person.",
          "See `code` and `model.attempt_failed`; put another deployment under `fallback` of the agents."),
    Event("model.back", "note", "The model answers again.", ends=("model.lost", "model.attempt_failed", "model.silent")),
    Event("model.silent", "outage", "A deployment that an agent names does not answer.", "Deploy it, or take its name out of the agent."),
    Event("model.learnt", "note", "A deployment does not take a parameter; it is asked without it from now on."),
    Event("model.empty", "fault", "The model answered with nothing; it was asked again, or the caller was."),
    Event("model.filtered", "fault", "The content filter refused a turn.", "Read the call's turns; the filter may be set too tight for what callers tell."),
    Event("model.no_goodbye", "fault", "The model gave no goodbye; a phrase was said."),
    Event("tool.timed_out", "outage", "A tool did not answer in time.", "See `tool`; look at what stands behind it."),
    Event("tool.failed", "outage", "A tool could not do what was asked; the caller was told.", "See `tool` and `code`."),
    Event("tool.broke", "fault", "A tool broke.", "It is a fault in the tool: report it with a bundle of `ringmaster doctor`."),
    Event("tool_server.refused", "outage", "A tool server says that we are wrong.", "See `server`: its key or its address."),
    Event("tool_server.not_reached", "outage", "A tool server is away; its tools fail.", "See `server`."),
    Event("tool_server.schema_refused", "fault", "The schema that a tool server tells of a function leads elsewhere or is none; the function is not used.", "See `fault`; whoever runs `server` can put it right."),
    Event("tool_server.lacks", "fault", "A tool server does not have a function that an agent names.", "See `server` and `tool`."),
    Event("tries.alone", "outage", "Failed verifications are counted by this worker alone, because Redis is away.", "See `redis.away`."),
    Event("tries.kept", "fault", "Tries of a caller who is to be forgotten stay in Redis until they expire, within a day."),
    Event("retention.swept", "note", "What lines keep no longer was deleted; `count` is how much."),
    Event("retention.failed", "fault", "Old data was not deleted because the database did not answer; the next round deletes it."),
    Event("tries.not_given_back", "fault", "A try of a verification was counted though nothing was tried."),
    # -- speech ------------------------------------------------------------------------------------
    Event("recognizer.not_open", "outage", "A recognizer could not be connected for a caller; it is tried again.", "See `speech` in /api/v1/health."),
    Event("recognizer.not_open_yet", "outage", "A recognizer still cannot be connected.", "See `line.deaf`."),
    Event("recognizer.replaced", "note", "The caller spoke and nothing came: another recognizer listens."),
    Event("recognizer.changed", "note", "A recognizer broke in mid-call and was replaced."),
    Event("recognizer.failed", "outage", "Recognition failed; another recognizer is opened.", "See `code`."),
    Event("recognizer.heard_nothing", "fault", "The caller spoke and nothing was recognized; they were told."),
    Event("voice.failed", "outage", "A clause could not be synthesized; it is said again.", "See `code`; look at the quota of Azure Speech."),
    Event("voice.streaming_broke", "outage", "Streamed synthesis broke off; it goes on clause by clause."),
    Event("voice.no_end", "fault", "Synthesis did not end after its last word."),
    Event("voice.text_broke", "fault", "The text that was being spoken broke off."),
    Event("phrase.failed", "outage", "A phrase could not be said; what is kept of it is played where there is something.",
          "Run `ringmaster phrases`, so that each phrase is kept."),
    Event("phrases.not_ready", "outage", "Fixed phrases are not all spoken and kept yet.", "See `code`; speech is away or slow."),
    Event("phrases.unread", "fault", "A kept phrase cannot be read; it is spoken anew.", "Delete `file`."),
    Event("phrases.not_kept", "outage", "Phrases cannot be kept on disk.", "See `reason`: the folder is missing, full or read-only."),
    Event("speech.not_connected", "outage", "The pool cannot connect to Azure Speech; it goes on trying.", "See `code`: key, region, quota, or an outage of the service."),
    Event("speech.back", "note", "Connections to Azure Speech can be had again.",
          ends=("speech.not_connected", "speech.not_rewarmed", "speech.not_warm", "line.deaf", "recognizer.not_open",
                "recognizer.not_open_yet", "recognizer.failed", "voice.failed", "voice.streaming_broke", "phrase.failed")),
    Event("speech.not_rewarmed", "outage", "A connection to Azure Speech that was given back could not be made ready again."),
    Event("speech.pool_broke", "fault", "Tending a pool broke; it goes on.", "Report it with a bundle of `ringmaster doctor`."),
    Event("speech.not_warm", "outage", "Not all connections to Azure Speech are open yet.", "Nothing, unless `speech.not_connected` follows."),
    Event("speech.no_token", "outage", "No token for Azure Speech yet.", "Give the identity the role Cognitive Services Speech User, or set AZURE_SPEECH_KEY."),
    Event("speech.clean_up_failed", "fault", "An object of the speech library could not be closed."),
    Event("speech.still_closing", "fault", "Objects of the speech library were still closing when the process ended."),
    # -- records, sessions, Redis, workers -------------------------------------------------------
    Event("audit.failed", "outage", "What a tool did was not written to the audit.", "See `code`: the database."),
    Event("journal.failed", "outage", "A part of a call's record was not written.", "See `code` and the `database` part of /api/v1/health."),
    Event("journal.broke", "fault", "Writing a part of a call's record broke.", "Report it with a bundle of `ringmaster doctor`."),
    Event("journal.full", "outage", "So much waits to be written that a part of a call's record was dropped.", "See `journal.failed`."),
    Event("journal.late", "outage", "A call's record was not written by its end.", "See `journal.failed`."),
    Event("call.closed_late", "fault", "The record of a call had no end: its worker died. It was closed as failed, at the last moment that is known.",
          "Look why the worker died: `worker.died`, or the restarts of the container."),
    Event("calls.unswept", "outage", "Calls without an end cannot be looked for now.", "See `outbox.away`."),
    Event("calls.sweep_broke", "fault", "Looking for calls without an end broke; it goes on.", "Report it with a bundle of `ringmaster doctor`."),
    Event("outbox.away", "alert", "The database is away. Calls go on; what they write waits, in memory and in Redis or on the disk.",
          "See that the database runs and that its disk is not full. Do not restart workers while `in_memory_only` of the `outbox` part of /api/v1/health is not 0."),
    Event("outbox.back", "note", "The database is back; everything that waited is written.",
          ends=("outbox.away", "outbox.unread", "outbox.no_disk", "audit.failed", "journal.failed")),
    Event("outbox.dropped", "alert", "So much waits that an entry was dropped: `kind` says what, `call_id` of which call. Nobody was told that it is kept.",
          "Bring the database back. Give Redis and SPOOL_DIR more room."),
    Event("outbox.lost", "alert", "Entries that waited are gone: this worker went while they lay nowhere else, or Redis has forgotten them.", "Look at the calls of that time."),
    Event("outbox.left", "fault", "This worker went while entries waited; whoever starts next writes them.", "Start a worker with the same database and the same Redis or SPOOL_DIR."),
    Event("outbox.found", "note", "Entries of a worker that is gone were found and are being written."),
    Event("outbox.unread", "outage", "What waits on a shelf cannot be read now.", "See `redis.away`, or the disk of SPOOL_DIR."),
    Event("outbox.unreadable", "fault", "Entries were sealed with a key that is not set; they stay where they lie.", "Set the key in DATA_KEYS_BEFORE and start again."),
    Event("outbox.no_disk", "outage", "Entries cannot be kept in SPOOL_DIR.", "Make the folder writable; make room on its disk."),
    Event("outbox.refused", "fault", "The database refused an entry for good, as when its call has been forgotten meanwhile.", "For other reasons report it with a bundle of `ringmaster doctor`."),
    Event("outbox.broke", "fault", "Writing an entry broke; the next goes on.", "Report it with a bundle of `ringmaster doctor`."),
    Event("record.unread", "outage", "The record of a call cannot be read; it goes on without.", "See the `database` part of /api/v1/health."),
    Event("session.away", "outage", "Sessions cannot be stored now; calls go on from memory.", "See `redis.away`."),
    Event("session.nobody", "note", "Nobody came to a session that an application had asked for; it was closed."),
    Event("session.back", "note", "Sessions are stored again.", ends=("session.away",)),
    Event("session.lost", "fault", "A call's session is not stored any more: another worker has the call."),
    Event("session.late", "fault", "A session was not stored before its call was given away."),
    Event("session.not_deleted", "outage", "A session was not deleted at the end of its call; it expires by itself."),
    Event("session.unread", "outage", "A session cannot be read; the call begins anew."),
    Event("chat.in_memory", "outage", "A chat is kept in this process only.", "See `redis.away`."),
    Event("chat.not_ended", "outage", "An idle chat could not be ended now."),
    Event("auth.refused", "outage", "Somebody showed a key or token that does not hold.",
          "Many of them from one address: somebody tries keys, or a client has an old one."),
    Event("chat.reader_slow", "outage", "A page that follows a chat reads too slowly; an event was left out."),
    Event("redis.away", "outage", "Redis is away. Calls go on from memory; a call whose worker dies now is lost.",
          "See that Redis runs and that REDIS_URL holds. Do not restart workers while it is away."),
    Event("redis.back", "note", "Redis is back.",
          ends=("redis.away", "redis.channel_lost", "session.away", "call.unseen", "tries.alone", "chat.in_memory",
                "store.not_followed", "session.not_deleted", "session.unread")),
    Event("redis.away_at_start", "fault", "A server started while nothing answered at REDIS_URL. It takes calls, known to each worker alone.",
          "If it stays so, compare REDIS_URL with the address of the Redis; `redis.back` says when it is found."),
    Event("redis.channel_lost", "outage", "This worker's channel in Redis was lost; it is opened again.", "See `redis.away`."),
    Event("worker.other_version", "outage", "A message of another version of this server was left out.", "Nothing, while versions are rolled out."),
    Event("worker.request_broke", "fault", "What another worker asked for broke.", "Report it with a bundle of `ringmaster doctor`."),
    Event("worker.reply_lost", "outage", "An answer to another worker was not sent.", "See `redis.away`."),
    Event("worker.beat_broke", "fault", "Saying that this worker lives broke; it goes on.", "Report it with a bundle of `ringmaster doctor`."),
    Event("worker.died", "fault", "A worker process ended by itself; another is started.",
          "`status=-9` is mostly memory: compare the limit with docs/monitoring.md. Else report it with a bundle of `ringmaster doctor`."),
    Event("worker.warm", "note", "A worker process takes calls."),
    Event("worker.orphaned", "fault", "The process that watches over the workers is gone; this worker drains and ends."),
    Event("drain.done", "note", "All calls ended after this worker was told to stop."),
    Event("drain.limit", "fault", "Calls went on until half a minute before the end of DRAIN_SECONDS; they go to a person, or are told so and ended.", "Raise DRAIN_SECONDS and the grace time of the container."),
    Event("drain.unfinished", "fault", "Calls were still ending when this worker went."),
    # -- the agent store and settings -------------------------------------------------------------
    Event("store.live", "note", "A version of the agent store is live; `version` and who made it.", ends=("store.refused",)),
    Event("store.refused", "outage", "A change of the agent store was refused; the live version stays.", "`problems` says file, line and what would be right."),
    Event("store.warning", "fault", "The live store has a warning.", "Do as `warning` says."),
    Event("store.not_followed", "outage", "The store's folder or the other workers' versions cannot be followed.", "See `redis.away`; else the folder."),
    Event("store.watch_broke", "fault", "Following the store broke; it goes on.", "Report it with a bundle of `ringmaster doctor`."),
    Event("store.disk_is_older", "fault", "The store on disk is older than the live version; the live one stays.", "Bring the folder up to date, or roll back to the version on disk."),
    Event("store.not_agreed", "outage", "Workers cannot agree on a version of the store.", "See `redis.away`."),
    Event("store.not_told", "outage", "Other workers were not told of a version; they find it by themselves later.", "See `redis.away`."),
    Event("store.version_missing", "fault", "The version that the workers agreed on is not in the records.", "Put the wanted version live again."),
    Event("store.undone", "note", "A change of the store that had broken off was undone: the old files are back."),
    Event("database.locked", "note", "A start waits, a minute at most, for a SQLite file that another process has locked, such as a worker that migrates it.", "Where it comes again and again, end the other program that has the file open."),
    Event("book.unusable", "fault", "A book of the live store cannot be used, and `fault` says why: nobody can be verified with it.",
          "Set the variable that it names, or put its file right."),
    Event("store.folder", "fault", "Something is wrong with the store's folders, and `trouble` says what: edits are refused, calls go on.",
          "Give the server a store that it may write, such as a volume. A change that broke off is taken back by itself at the next look."),
    Event("store.seed_waits", "note", "The image brings another store than the live one, which people have edited and which stays.", "`ringmaster store seed` shows what differs, and puts the image's live when asked to."),
    Event("store.unrecorded", "outage", "A version went live and is not in the records yet; it is tried again.", "It is tried again by itself; see what the records say of the database."),
    Event("door.refused", "outage", "A request was refused before it was read; `code` and `status` say why, `why` more for our eyes.",
          "Many of them: somebody tries keys, or a client has an old one. With `request.host` put the name into ALLOWED_HOSTS, "
          "with `request.origin` the page into CORS_ORIGINS, if they are yours."),
    Event("door.busy", "outage", "More requests at once than this worker takes; some were answered with 503.",
          "Add replicas, or raise MAX_CALLS and MAX_CHATS if processors are idle."),
    Event("acs.no_keys", "outage", "The keys of the call service's tokens cannot be fetched; callbacks with new keys are refused.",
          "ACS_JWKS_URL must be reachable from here."),
    Event("call.turned_away", "outage", "A caller is beyond a cap or on the block list; `why` says which: blocked, caller, day, cost.",
          "Look whether the cap is right: CALLS_PER_CALLER_HOUR and its like in docs/security.md; `ringmaster blocks list`."),
    Event("caps.away", "outage", "The block list cannot be read; the last one holds.", "See the `database` part of /api/v1/health."),
    Event("caps.alone", "outage", "What calls cost is counted by this worker alone.", "See `redis.away`."),
    Event("caps.failed", "fault", "Counting what calls cost failed; calls go on.", "Report it with the log around it."),
    # -- people -----------------------------------------------------------------------------------
    Event("auth.refused", "outage", "Somebody showed a key or token that does not hold.",
          "Many from one place: somebody guesses, and is answered 429 by now. After a rotation: who has the old key?"),
    Event("keys.away", "outage", "The keys of the API cannot be read; those that are known are taken for five minutes.",
          "See the `database` part of /api/v1/health."),
    Event("keys.short", "fault", "API_KEY is so short that it might be guessed.", "Make a key with `ringmaster keys add`."),
)  # fmt: skip

EVENTS = {event.name: event for event in _ALL}
"""By name."""

_KINDS = {
    "note": "Nothing is wrong.",
    "fault": "Something went wrong once.",
    "outage": "May come again and again: the first is logged, the rest are counted and told every five minutes and at the end.",
    "alert": "Like an outage, and it goes to the webhook.",
}


def events_page() -> str:
    """``docs/log-events.md``."""
    lines = [
        "# Log events",
        "",
        "Written by `ringmaster schema` from `backend/adapters/telemetry/events.py`; do not edit.",
        "",
        "Each log record has an `event` whose name stays as it is, so that alerts and searches can rely on it.",
        "",
        *[f"* **{kind}**: {meaning}" for kind, meaning in _KINDS.items()],
        "",
    ]
    area = ""
    for event in sorted(_ALL, key=lambda event: event.name):
        if (mine := event.name.split(".")[0]) != area:
            area = mine
            lines += ["", f"## {area}", "", "| event | kind | what it means | what to do |", "|---|---|---|---|"]
        ends = f" Ends {', '.join(f'`{name}`' for name in event.ends)}." if event.ends else ""
        lines.append(f"| `{event.name}` | {event.kind} | {event.meaning}{ends} | {event.todo or '-'} |")
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"
