"""Every log event by its stable name: what it means, and what the person on duty does about it.

A log call names its event with ``extra={"event": "redis.away"}``. A test sees to it that each name
in the code stands here and each entry is used; ``docs/log-events.md`` is written from this table by
``ringmaster schema``. To add one, add a line here and run ``make schema``.
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
    Event("call.handed_over", "note", "The call was handed over to another agent; `agent` is the new one."),
    Event(
        "call.ended",
        "note",
        "A call is over: outcome, seconds, turns, 95th percentile of the caller's waits in milliseconds, version.",
        "For `outcome=failed` look at the lines with the same `call_id`.",
    ),
    Event(
        "line.refused",
        "alert",
        "A call was refused or sent elsewhere because the line or the server is full.",
        "Add replicas or raise MAX_CALLS if the CPUs are idle; see the scale rule in docs/monitoring.md.",
    ),
    Event(
        "line.unknown",
        "outage",
        "A number was called that no line has; the caller was turned away.",
        "Put the number on a line in agent_store/lines, or remove it from the phone service.",
    ),
    Event(
        "line.deaf",
        "alert",
        "No speech recognizer is available: the caller is told so and connected to a person.",
        "See the `speech` part of /api/v1/health; look at the state and the quota of Azure Speech.",
    ),
    Event("call.not_its_event", "outage", "An event named the secret of one call and the connection of another; it was ignored."),
    Event("call.late", "outage", "An incoming call was reported so late that it no longer rings; it was ignored.",
          "Look at the delivery of the Event Grid subscription: retries, dead letters, an endpoint that was down."),
    Event("call.gone", "note", "The caller hung up before the call was taken."),
    Event(
        "call.not_answered",
        "fault",
        "A ringing call could not be answered; Event Grid delivers it again.",
        "See `code`: the call service is down, or ACS_ENDPOINT or its key is wrong (`?deep=1` says which).",
    ),
    Event("call.came_late", "fault", "A call was connected although the call service had not confirmed it in time. It continues."),
    Event("call.taken_over", "note", "This worker continues a call of a worker that has ended.", ends=()),
    Event("call.given_up", "fault", "Another worker took over a call of this one, because this one gave no sign of life.",
          "Look for stalls of the event loop and `redis.away` at the same time: this worker was stuck or cut off from Redis."),
    Event("call.not_taken_over", "note", "A call without a worker was over, or another worker was faster."),
    Event("call.recovery_broke", "fault", "Taking over a call failed unexpectedly.", "This is a bug: report it with a bundle of `ringmaster doctor`."),
    Event("call.unseen", "outage", "Other workers do not know of a call now; it would be lost if this worker died.",
          "See `redis.away`."),
    Event("call.hang_up_failed", "fault", "The call service did not hang up.", "Nothing, unless the call goes on: then see the `acs` check of `?deep=1`."),
    Event("call.transfer_failed", "fault", "The caller could not be connected to a person; they are offered a call back.",
          "See `code`; try the line's `person` number by hand."),
    Event("call.apology_failed", "fault", "A call was ended and the caller could not be told why.", "See what else is logged with this `call_id`."),
    Event("call.phrase_unconfirmed", "fault", "The call service did not confirm that a phrase was played."),
    Event("media.broke", "fault", "The media socket (audio connection) of a call broke; it is opened again."),
    Event("media.lost", "fault", "The media socket closed while the call goes on; it is opened again.",
          "Many at once: a proxy in between ends long connections, see the ingress limits in docs/operations.md."),
    Event("media.failed", "fault", "The call service says that its media streaming failed; `code` is its sub-code.",
          "Look the sub-code up in the documentation of the call service."),
    Event("media.missing", "fault", "The call service opened no media socket in time; the call was ended.",
          "BASE_URL must be reachable from the internet as wss://."),
    Event("media.not_restarted", "fault", "A new media socket for a call could not be requested.", "See `code`."),
    Event("media.refused", "outage", "A media socket was refused: its token is not valid, or too many wrong ones came from that address.",
          "If callers hear silence, compare ACS_RESOURCE_ID with the resource's immutable id. Otherwise somebody is guessing tokens."),
    Event("media.not_now", "outage", "A media socket could not be accepted, because a service it needs does not answer.", "See `code` and the parts of /api/v1/health."),
    Event("media.silent", "fault", "A media socket was opened and its first message did not come; it was closed.",
          "If it happens repeatedly, look for a proxy between ACS and the server that holds messages back."),
    Event("media.bad", "fault", "A media socket sent a message outside the protocol, and was closed."),
    Event("media.no_call", "fault", "A media socket came for a call that is over or on another worker."),
    Event("media.malformed", "outage", "A media frame could not be read and was left out."),
    Event("media.too_malformed", "fault", "Too many frames of a media socket could not be read; it was closed."),
    Event("media.gone", "note", "The other end closed the media socket first."),
    # -- LiveKit ----------------------------------------------------------------------------------
    Event("livekit.registered", "note", "The LiveKit server has registered this worker, which can now be given jobs (calls in rooms).", ends=("livekit.away",)),
    Event("livekit.away", "outage", "There is no connection to the LiveKit server; the worker keeps trying. Calls in rooms continue.",
          "See `why`: LIVEKIT_URL, its key and secret, or the server itself."),
    Event("livekit.worker_broke", "fault", "The connection to the LiveKit server broke unexpectedly; it is opened again.",
          "Report it with a bundle of `ringmaster doctor`."),
    Event("livekit.job_refused", "note", "A LiveKit job was left to other workers: this one is full, is stopping or has no speech recognition."),
    Event("livekit.job_failed", "fault", "A LiveKit job failed: its room could not be entered, or its call not answered.", "See `code`."),
    Event("livekit.job_broke", "fault", "A LiveKit job failed unexpectedly.", "This is a bug: report it with a bundle of `ringmaster doctor`."),
    Event("livekit.answered", "note", "A caller in a LiveKit room can be spoken with. Milliseconds of each step: `enter_ms` the room, `caller_ms` until the "
          "caller was there, `take_ms` until the call was taken, `publish_ms` our voice, `up_ms` until the caller heard it."),
    Event("livekit.not_entered", "note", "A LiveKit room could not be entered with the token of its job; it is tried once more with a new one.",
          "If `livekit.job_failed` follows: compare the clocks of this server and the LiveKit server, and look at the network between them."),
    Event("livekit.no_caller", "note", "An agent was requested for a LiveKit room, and no caller joined."),
    Event("livekit.no_call", "fault", "A LiveKit room was entered for a call that is over or on another worker."),
    Event("livekit.waited", "note", "Callers had come into LiveKit rooms while no worker was registered; an agent was requested again."),
    Event("livekit.not_looked", "fault", "The LiveKit server did not say whether callers are waiting in rooms; one who is gets no agent.",
          "See `code`; LIVEKIT_API_KEY needs the right to list rooms."),
    Event("livekit.untold", "note", "A caller left a LiveKit room after their call had ended."),
    Event("livekit.caption_lost", "note", "A caption, or the agent's state, did not reach the participants of a LiveKit room."),
    Event("livekit.left_roughly", "note", "A LiveKit room was left without a goodbye; the LiveKit server notices by itself."),
    # -- supervision ------------------------------------------------------------------------------
    Event("listening.refused", "note", "Somebody was not let listen to a call, or take it over; see `code`: it is over, its line forbids it, or enough do."),
    Event("listening.gone", "note", "A page that listened to a call was closed before it could be told that the call is over."),
    # -- softphones -------------------------------------------------------------------------------
    Event("softphone.refused", "note", "A softphone's call was not taken; see `code`."),
    Event("softphone.malformed", "fault", "A softphone sent a message outside the protocol of docs/softphone.md; it was skipped.",
          "If it is the console's own page, reload it; another client has to keep to the protocol."),
    Event("softphone.too_fast", "fault", "A softphone sends more audio, keys or words than time has passed for; the rest was dropped."),
    Event("softphone.reader_slow", "note", "A softphone takes what is shown too slowly; some of it was left out. Its voice is not concerned."),
    # -- health ---------------------------------------------------------------------------------
    Event("health.changed", "fault", "A part of the server stopped working, works only partly, or works again; see `part`, `state` and `was` (its state before).",
          "Do as the sentence says; /api/v1/health shows all parts, `?deep=1` asks the services."),
    Event("health.broke", "fault", "A health check of a part failed unexpectedly, or gave no answer in time.", "Report it with a bundle of `ringmaster doctor`."),
    Event("history.away", "outage", "Counts for the history of the Health page cannot be written now; they are kept and written later.",
          "See the `database` part of /api/v1/health."),
    Event("history.broke", "fault", "Writing counts for the history failed unexpectedly; calls continue.", "Report it with a bundle of `ringmaster doctor`."),
    Event("process.broke", "fault", "An unhandled error.", "Report it with a bundle of `ringmaster doctor`."),
    Event("server.ready", "note", "The server takes calls."),
    Event("calls.not_shown", "fault", "SHOW_CALLS asks for calls on the terminal, and there is no terminal.", "Unset SHOW_CALLS, or start the server in a terminal."),
    Event("server.stopping", "note", "The server was told to stop: calls in progress continue, new ones are refused."),
    Event("server.not_started", "fault", "The server did not start.", "The message names what must be corrected."),
    Event("case_webhook.dead", "fault", "A message about a case was not taken by its receiver, or tried in vain for 21 hours; it is kept.",
          "See `reason`: the address, the secret or the receiver. Then send it again: console, Health, or POST /api/v1/deliveries/send-again."),
    Event("case_webhook.waits", "outage", "Messages about cases wait: they cannot be read from the database now.", "See the `database` part of /api/v1/health."),
    Event("webhook.failed", "outage", "The alert webhook did not accept a message.", "See `status`: the address in ALERT_WEBHOOK_URL, or its secret."),
    # -- turns, agents and the model ------------------------------------------------------------
    Event("turn.failed", "fault", "A turn could not be answered; the caller heard an apology, or is connected to a person.", "See `code`: model, speech or a tool."),
    Event("floor.out_of_order", "fault", "A conversation changed state in an unexpected order; it continued.", "Report it with `state` and `moved_by`, and the call's turns."),
    Event("agent.loops", "fault", "An agent asked the same question three times; the caller is connected to a person.", "Read the call's turns; the prompt or the question may be unclear."),
    Event("agent.recited", "fault", "An agent began to read its prompt aloud and was stopped.", "Read the call's turns: somebody may be trying to extract the prompt."),
    Event("model.attempt_failed", "outage", "One try of one deployment failed; it is tried again, or the next deployment is.",
          "See `code`. `provider.rate_limited`: raise the quota; `provider.rejected`: the deployment is gone or the key is wrong."),
    Event("model.lost", "alert", "No deployment of the model answers: callers hear an apology and are connected to a person.",
          "See `code` and `model.attempt_failed`; put another deployment under `fallback` of the agents."),
    Event("model.back", "note", "The model answers again.", ends=("model.lost", "model.attempt_failed", "model.silent")),
    Event("model.silent", "outage", "A deployment that an agent names does not answer.", "Deploy it, or remove its name from the agent."),
    Event("model.learnt", "note", "A deployment does not accept a parameter; requests omit it from now on."),
    Event("model.empty", "fault", "The model's answer was empty; it was asked again, or the caller was."),
    Event("model.filtered", "fault", "The content filter refused a turn.", "Read the call's turns; the filter may be too strict for what callers report."),
    Event("model.no_goodbye", "fault", "The model gave no goodbye; a fixed phrase was said."),
    Event("tool.timed_out", "outage", "A tool did not answer in time.", "See `tool`; check the service it calls."),
    Event("tool.failed", "outage", "A tool could not do what was asked; the caller was told.", "See `tool` and `code`."),
    Event("tool.broke", "fault", "A tool failed unexpectedly.", "This is a bug in the tool: report it with a bundle of `ringmaster doctor`."),
    Event("tool_server.refused", "outage", "A tool server rejected the request.", "See `server`: its key or its address."),
    Event("tool_server.not_reached", "outage", "A tool server does not answer; its tools fail.", "See `server`."),
    Event("tool_server.schema_refused", "fault", "The schema that a tool server gives for a function is invalid or refers to another address; the function is not used.", "See `fault`; the operator of `server` can correct it."),
    Event("tool_server.lacks", "fault", "A tool server does not have a function that an agent names.", "See `server` and `tool`."),
    Event("tries.alone", "outage", "Failed verifications are counted by this worker alone, because Redis does not answer.", "See `redis.away`."),
    Event("tries.kept", "fault", "Verification attempts of a caller whose data is deleted stay in Redis until they expire, within a day."),
    Event("retention.swept", "note", "Data past its line's retention time was deleted; `count` is the number of entries."),
    Event("retention.failed", "fault", "Some old data was not deleted; all else was, and the next round tries again. `code` tells why: the database or what keeps recordings does not answer, say."),
    Event("tries.not_given_back", "fault", "A verification attempt was counted although nothing was checked."),
    # -- speech ------------------------------------------------------------------------------------
    Event("recognizer.not_open", "outage", "A recognizer could not be connected for a caller; it is tried again.", "See `speech` in /api/v1/health."),
    Event("recognizer.not_open_yet", "outage", "A recognizer still cannot be connected.", "See `line.deaf`."),
    Event("recognizer.replaced", "note", "The caller spoke and no text came: another recognizer listens now."),
    Event("recognizer.changed", "note", "A recognizer broke during a call and was replaced."),
    Event("recognizer.failed", "outage", "Recognition failed; another recognizer is opened.", "See `code`."),
    Event("recognizer.heard_nothing", "fault", "The caller spoke and nothing was recognized; they were told."),
    Event("voice.failed", "outage", "A clause could not be synthesized; it is said again.", "See `code`; look at the quota of Azure Speech."),
    Event("voice.streaming_broke", "outage", "Streamed synthesis broke off; it continues clause by clause."),
    Event("voice.no_end", "fault", "Synthesis did not end after its last word."),
    Event("voice.text_broke", "fault", "The text that was being spoken broke off."),
    Event("phrase.failed", "outage", "A phrase could not be synthesized; its stored audio is played if there is any.",
          "Run `ringmaster phrases`, so that each phrase has stored audio."),
    Event("phrases.not_ready", "outage", "Not all fixed phrases are synthesized yet.", "See `code`; the speech service is down or slow."),
    Event("phrases.unread", "fault", "The stored audio of a phrase cannot be read; it is synthesized again.", "Delete `file`."),
    Event("phrases.not_kept", "outage", "The audio of phrases cannot be stored on disk.", "See `reason`: the folder is missing, full or read-only."),
    Event("speech.not_connected", "outage", "The server cannot connect to Azure Speech; it keeps trying.", "See `code`: key, region, quota, or an outage of the service."),
    Event("speech.back", "note", "Azure Speech can be reached again.",
          ends=("speech.not_connected", "speech.not_rewarmed", "speech.not_warm", "line.deaf", "recognizer.not_open",
                "recognizer.not_open_yet", "recognizer.failed", "voice.failed", "voice.streaming_broke", "phrase.failed")),
    Event("speech.not_rewarmed", "outage", "A used connection to Azure Speech could not be made ready for the next call."),
    Event("speech.pool_broke", "fault", "Maintenance of a speech connection pool failed; it continues.", "Report it with a bundle of `ringmaster doctor`."),
    Event("speech.not_warm", "outage", "Not all connections to Azure Speech are open yet.", "Nothing, unless `speech.not_connected` follows."),
    Event("speech.no_token", "outage", "No token for Azure Speech yet.", "Give the identity the role Cognitive Services Speech User, or set AZURE_SPEECH_KEY."),
    Event("speech.clean_up_failed", "fault", "An object of the speech library could not be closed."),
    Event("speech.still_closing", "fault", "Objects of the speech library were still closing when the process ended."),
    # -- records, sessions, Redis, workers -------------------------------------------------------
    Event("audit.failed", "outage", "What a tool did was not written to the audit log.", "See `code`: the database."),
    Event("journal.failed", "outage", "A part of a call's record was not written.", "See `code` and the `database` part of /api/v1/health."),
    Event("journal.broke", "fault", "Writing a part of a call's record failed unexpectedly.", "Report it with a bundle of `ringmaster doctor`."),
    Event("journal.full", "outage", "Too much is waiting to be written; a part of a call's record was dropped.", "See `journal.failed`."),
    Event("journal.late", "outage", "A call's record was not written by its end.", "See `journal.failed`."),
    Event("recording.broke", "alert", "The recording of a call broke off; the call goes on. `at_s` is its length, `code` tells why.",
          "Make room on the disk, or look after the storage account; see the `recordings` part of /api/v1/health."),
    Event("recording.failed", "fault", "The recording of a call failed unexpectedly; the call goes on.", "Report it with a bundle of `ringmaster doctor`."),
    Event("recording.not_noted", "outage", "A recording broke off after its call, and the call's record could not be told so; or what is to be left out of one by ACS could not be noted yet.", "See the `database` part of /api/v1/health."),
    Event("recording.service_failed", "alert", "ACS did not begin to record a call, or stopped before its end; the call goes on. `code` tells why.",
          "See whether the ACS resource may record calls; the line can be recorded by this server: `recording.by: server`."),
    Event("recording.not_stopped", "fault", "ACS did not end a recording when it was asked to; it ends with its call."),
    Event("recording.fetched", "note", "The file of a recording that ACS made was fetched and is kept here."),
    Event("recording.file_waits", "fault", "The file of a recording that ACS made was not fetched. ACS tells of it again, for a day. `code` tells why."),
    Event("recording.not_fetched", "alert", "The file of a recording that ACS made was not fetched within two days, and ACS has it no longer.",
          "See that the Event Grid subscription `recorded-files` reaches the server, and `recording.file_waits` in the log."),
    Event("recording.not_deleted_there", "fault", "ACS does not delete a file that it recorded; it does so itself after a day."),
    Event("recording.not_closed", "fault", "The connection to where recordings are kept was not closed in time.", ""),
    Event("call.closed_late", "fault", "The record of a call had no end: its worker died. It was closed as failed, at the last moment that is known.",
          "Find out why the worker died: `worker.died`, or the restarts of the container."),
    Event("calls.unswept", "outage", "The server cannot look for calls whose record has no end now.", "See `outbox.away`."),
    Event("calls.sweep_broke", "fault", "Looking for calls whose record has no end failed; it continues.", "Report it with a bundle of `ringmaster doctor`."),
    Event("outbox.away", "alert", "The database does not answer. Calls continue; what they write is kept in memory and in Redis or on the disk until it does.",
          "See that the database runs and that its disk is not full. Do not restart workers while `in_memory_only` of the `outbox` part of /api/v1/health is not 0."),
    Event("outbox.back", "note", "The database answers again; everything that waited is written.",
          ends=("outbox.away", "outbox.unread", "outbox.no_disk", "audit.failed", "journal.failed")),
    Event("outbox.dropped", "alert", "Too much is waiting; an entry was dropped: `kind` says what it was, `call_id` of which call. No caller was told that it is stored.",
          "Restore the database. Give Redis and SPOOL_DIR more room."),
    Event("outbox.lost", "alert", "Entries that waited are gone: this worker ended while only it held them, or Redis has lost them.", "Check the calls of that time."),
    Event("outbox.left", "fault", "This worker ended while entries waited; the next worker that starts writes them.", "Start a worker with the same database and the same Redis or SPOOL_DIR."),
    Event("outbox.found", "note", "Unwritten entries of a worker that has ended were found and are being written."),
    Event("outbox.unread", "outage", "Waiting entries cannot be read from Redis or the disk now.", "See `redis.away`, or check the disk of SPOOL_DIR."),
    Event("outbox.unreadable", "fault", "Entries were encrypted with a key that is not set; they stay where they are.", "Set the key in DATA_KEYS_BEFORE and start again."),
    Event("outbox.no_disk", "outage", "Entries cannot be stored in SPOOL_DIR.", "Make the folder writable; make room on its disk."),
    Event("outbox.refused", "fault", "The database refused an entry and it is not tried again, for example because the caller's data has been deleted meanwhile.", "For other reasons report it with a bundle of `ringmaster doctor`."),
    Event("outbox.broke", "fault", "Writing an entry failed unexpectedly; the next is tried.", "Report it with a bundle of `ringmaster doctor`."),
    Event("record.unread", "outage", "The record of a call cannot be read; the call continues without it.", "See the `database` part of /api/v1/health."),
    Event("session.away", "outage", "Sessions cannot be stored now; calls continue from memory.", "See `redis.away`."),
    Event("session.nobody", "note", "Nobody joined a session that an application had requested; it was closed."),
    Event("session.back", "note", "Sessions are stored again.", ends=("session.away",)),
    Event("session.lost", "fault", "This worker no longer stores a call's session: another worker has the call."),
    Event("session.late", "fault", "A session was not stored before its call was handed to another worker."),
    Event("session.not_deleted", "outage", "A session was not deleted at the end of its call; it expires by itself."),
    Event("session.unread", "outage", "A session cannot be read; the call begins anew."),
    Event("chat.in_memory", "outage", "A chat is kept in this process only.", "See `redis.away`."),
    Event("chat.not_ended", "outage", "An idle chat could not be ended now."),
    Event("chat.reader_slow", "outage", "A client that follows a chat reads too slowly; an event was left out."),
    Event("redis.away", "outage", "Redis does not answer. Calls continue from memory; a call whose worker dies now is lost.",
          "Check that Redis runs and that REDIS_URL is right. Do not restart workers until it answers."),
    Event("redis.back", "note", "Redis answers again.",
          ends=("redis.away", "redis.channel_lost", "session.away", "call.unseen", "tries.alone", "chat.in_memory",
                "store.not_followed", "session.not_deleted", "session.unread")),
    Event("redis.away_at_start", "fault", "A server started while nothing answered at REDIS_URL. It takes calls, but each worker knows only its own.",
          "If it lasts, compare REDIS_URL with the address of the Redis; `redis.back` is logged when it answers."),
    Event("redis.channel_lost", "outage", "This worker's channel to other workers, in Redis, was lost; it is opened again.", "See `redis.away`."),
    Event("worker.other_version", "outage", "A message from another version of this server was ignored.", "Nothing during a rollout. Otherwise bring all workers to one version."),
    Event("worker.request_broke", "fault", "A request from another worker failed unexpectedly.", "Report it with a bundle of `ringmaster doctor`."),
    Event("worker.reply_lost", "outage", "An answer to another worker was not sent.", "See `redis.away`."),
    Event("worker.beat_broke", "fault", "The heartbeat of this worker failed unexpectedly; it continues.", "Report it with a bundle of `ringmaster doctor`."),
    Event("worker.died", "fault", "A worker process ended by itself; another is started.",
          "`status=-9` mostly means that it ran out of memory: compare the limit with docs/monitoring.md. Otherwise report it with a bundle of `ringmaster doctor`."),
    Event("worker.warm", "note", "A worker process takes calls."),
    Event("worker.orphaned", "fault", "The supervisor process is gone; this worker ends its calls and stops."),
    Event("drain.done", "note", "All calls ended after this worker was told to stop."),
    Event("drain.limit", "fault", "Calls went on until half a minute before the end of DRAIN_SECONDS; they are transferred to a person, or told so and ended.", "Raise DRAIN_SECONDS and the grace time of the container."),
    Event("drain.unfinished", "fault", "Calls were still ending when this worker stopped."),
    # -- the agent store and settings -------------------------------------------------------------
    Event("store.live", "note", "A version of the agent store is live; see `version` and `actor`, who made it live.", ends=("store.refused",)),
    Event("store.refused", "outage", "A change of the agent store was refused; the live version stays.", "`problems` names file, line and what is expected."),
    Event("store.warning", "fault", "The live store has a warning.", "Do as `warning` says."),
    Event("store.not_followed", "outage", "The store's folder or the other workers' versions cannot be watched for changes.", "See `redis.away`; otherwise check the folder."),
    Event("store.watch_broke", "fault", "Watching the store failed unexpectedly; it continues.", "Report it with a bundle of `ringmaster doctor`."),
    Event("store.disk_is_older", "fault", "The store on disk is older than the live version; the live one stays.", "Bring the folder up to date, or roll back to the version on disk."),
    Event("store.not_agreed", "outage", "Workers cannot agree on a version of the store.", "See `redis.away`."),
    Event("store.not_told", "outage", "Other workers were not notified of a new version; they find it by themselves later.", "See `redis.away`."),
    Event("store.version_missing", "fault", "The version that the workers agreed on is not in the database.", "Make the wanted version live again."),
    Event("store.undone", "note", "An interrupted change of the store was undone: the old files are back."),
    Event("database.locked", "note", "A starting server waits, at most one minute, for a SQLite file that another process has locked, such as a worker that migrates it.", "Where it comes again and again, end the other program that has the file open."),
    Event("book.unusable", "fault", "A book of the live store cannot be used, and `fault` says why: no caller can be verified with it.",
          "Set the variable that `fault` names, or correct the book's file."),
    Event("store.folder", "fault", "Something is wrong with the store's folders, and `trouble` says what: edits are refused, calls continue.",
          "Give the server a store folder that it may write to, such as a volume. An interrupted change is undone automatically at the next check."),
    Event("store.seed_waits", "note", "The store in the image differs from the live one, which has been edited and stays live.", "`ringmaster store seed` shows what differs, and makes the image's store live after a yes."),
    Event("store.override", "fault", "A version went live without the rehearsals that a line demands; an admin put it live with a note, which the audit has.", "Play them afterwards."),
    Event("share.began", "note", "A share of new calls gets another version of the store than the live one.", ends=("share.in_doubt",)),
    Event("share.over", "note", "The share of calls is over: every new call gets the live version."),
    Event("share.void", "fault", "The share of calls is over because another version went live.", "Begin another share, if it is still wanted."),
    Event("share.in_doubt", "outage", "Every new call gets the live version, although a share of them was to get another one; `why` says why.", "See `redis.away`, or `/api/v1/store/shares`."),
    Event("run.began", "note", "Rehearsals or calls of the past are played against a version of the store, in a process of its own."),
    Event("run.ended", "note", "Such a run is over; see `state`."),
    Event("run.broke", "fault", "The process that plays rehearsals ended without a result.", "Play them with `ringmaster rehearse`; if that breaks too, report it with a bundle of `ringmaster doctor`."),
    Event("store.unrecorded", "outage", "A version went live and is not yet written to the database; the server keeps trying.", "See the `database` part of /api/v1/health."),
    Event("door.refused", "outage", "A request was refused before it was read; `code` and `status` say why; `why` has details that are not sent to the client.",
          "Many of them: somebody is guessing keys, or a client uses an old one. With `request.host` put the name into ALLOWED_HOSTS, "
          "with `request.origin` the page into CORS_ORIGINS, if they are yours."),
    Event("door.busy", "outage", "More requests at the same time than this worker allows; some were answered with 503.",
          "Add replicas, or raise MAX_CALLS and MAX_CHATS if the CPUs are idle."),
    Event("acs.no_keys", "outage", "The keys of tokens cannot be fetched, those of ACS, Event Grid or Entra ID; `issuer` says whose. Tokens with new keys are refused.",
          "ACS_JWKS_URL, EVENT_GRID_JWKS_URL, ENTRA_JWKS_URL or ENTRA_AUTHORITY must be reachable from the server."),
    Event("call.turned_away", "outage", "A caller was turned away because of a limit or the block list; `why` says which: blocked, caller, day, cost.",
          "Check the limit: CALLS_PER_CALLER_HOUR and the others in docs/security.md; `ringmaster blocks list`."),
    Event("caps.away", "outage", "The block list cannot be read; the last one read still applies.", "See the `database` part of /api/v1/health."),
    Event("caps.alone", "outage", "The cost of calls is counted by this worker alone, because Redis does not answer.", "See `redis.away`."),
    Event("caps.failed", "fault", "Counting calls and their cost failed; calls continue.", "Report it with the log around it."),
    # -- people -----------------------------------------------------------------------------------
    Event("auth.refused", "outage", "A request had an invalid key or token.",
          "Many from one address: somebody is guessing keys, and is answered with 429. After a rotation: find the client that still uses the old key."),
    Event("sign_in.refused", "outage", "Somebody who came back from the page of Entra ID was not signed in; `trouble` and `why` say why, with Entra's own number.",
          "docs/operations.md, *Sign-in with Entra ID*, says what to do for each `trouble`."),
    Event("sign_in.unconfirmed", "outage", "Entra ID cannot be asked whether a browser's sign-in still stands; what it said last holds for an hour.",
          "ENTRA_AUTHORITY must be reachable from the server; if `why` has a number, look at the application's secret or federated credential."),
    Event("keys.away", "outage", "The API keys cannot be read; those already known stay valid for five minutes.",
          "See the `database` part of /api/v1/health."),
    Event("live.unknown", "outage", "Live calls of other workers cannot be looked up for the console; its own are shown.",
          "See the `database` part of /api/v1/health."),
    Event("keys.short", "fault", "API_KEY is so short that it could be guessed.", "Make a key with `ringmaster keys add`."),
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
