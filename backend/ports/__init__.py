"""What the engine needs of the world. Each port is a file; it has one real adapter and a fake in backend.testing.

Unless said otherwise, methods are called on the event loop, never block it, and raise only
errors of :mod:`backend.errors`.
"""

from backend.ports.agent_rooms import AgentRooms, GuestRole
from backend.ports.audit_book import AuditBook
from backend.ports.authenticator import Authenticator
from backend.ports.block_book import BlockBook
from backend.ports.book import Book, Books
from backend.ports.call_control import CallControl
from backend.ports.call_records import CallRecords
from backend.ports.call_screen import CallScreen, Screened
from backend.ports.call_watch import CallWatch
from backend.ports.callback_book import CallbackBook
from backend.ports.caller_data import CallerDataBook
from backend.ports.case_book import CaseBook
from backend.ports.case_deliveries import CaseDeliveries, CaseReceiver
from backend.ports.case_search import CaseSearch
from backend.ports.chat_model import ChatModel
from backend.ports.cipher import Cipher
from backend.ports.directory import Directory
from backend.ports.draft_book import DraftBook
from backend.ports.entry_writer import EntryWriter
from backend.ports.exchange import Exchange
from backend.ports.health import DeepCheck, HealthPart, HealthSource, HealthState
from backend.ports.history_book import HistoryBook, HourBook
from backend.ports.key_book import KeyBook
from backend.ports.knowledge_book import KnowledgeBook
from backend.ports.live_feed import LiveFeed
from backend.ports.media_link import Delayed, MediaLink, MediaSink
from backend.ports.open_calls import OpenCalls
from backend.ports.phrase_sounds import PhraseSounds
from backend.ports.recorded_files import RecordedFiles
from backend.ports.recording_book import RecordingBook
from backend.ports.recording_store import RecordingStore
from backend.ports.relay import Relay
from backend.ports.revisions import Revisions
from backend.ports.run_player import RunPlayer
from backend.ports.service_recorder import ServiceRecorder
from backend.ports.service_recordings import ServiceRecordings
from backend.ports.session_store import SessionStore
from backend.ports.share_board import ShareBoard
from backend.ports.shelf import Shelf
from backend.ports.softphones import Softphone, Softphones
from backend.ports.speech_provider import RecognitionProvider, SpeechProvider, VoiceProvider
from backend.ports.speech_to_text import Recognition, SpeechToText
from backend.ports.spending import Spending
from backend.ports.store_runs import StoreRuns
from backend.ports.text_messages import TextMessages
from backend.ports.text_to_speech import TextToSpeech
from backend.ports.token_source import TokenSource
from backend.ports.tool_server import ToolServer
from backend.ports.try_ledger import TryLedger
from backend.ports.turn_telemetry import TurnTelemetry
from backend.ports.version_board import VersionBoard
from backend.ports.version_figures import VersionFigureBook

__all__ = [
    "AgentRooms",
    "AuditBook",
    "Authenticator",
    "BlockBook",
    "Book",
    "Books",
    "CallControl",
    "CallRecords",
    "CallScreen",
    "CallWatch",
    "CallbackBook",
    "CallerDataBook",
    "CaseBook",
    "CaseDeliveries",
    "CaseReceiver",
    "CaseSearch",
    "ChatModel",
    "Cipher",
    "DeepCheck",
    "Delayed",
    "Directory",
    "DraftBook",
    "EntryWriter",
    "Exchange",
    "GuestRole",
    "HealthPart",
    "HealthSource",
    "HealthState",
    "HistoryBook",
    "HourBook",
    "KeyBook",
    "KnowledgeBook",
    "LiveFeed",
    "MediaLink",
    "MediaSink",
    "OpenCalls",
    "PhraseSounds",
    "Recognition",
    "RecognitionProvider",
    "RecordedFiles",
    "RecordingBook",
    "RecordingStore",
    "Relay",
    "Revisions",
    "RunPlayer",
    "Screened",
    "ServiceRecorder",
    "ServiceRecordings",
    "SessionStore",
    "ShareBoard",
    "Shelf",
    "Softphone",
    "Softphones",
    "SpeechProvider",
    "SpeechToText",
    "Spending",
    "StoreRuns",
    "TextMessages",
    "TextToSpeech",
    "TokenSource",
    "ToolServer",
    "TryLedger",
    "TurnTelemetry",
    "VersionBoard",
    "VersionFigureBook",
    "VoiceProvider",
]
