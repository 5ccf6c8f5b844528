"""Joins who tells other systems of cases."""

from contextlib import AsyncExitStack

from backend.adapters.sql.database import Database
from backend.adapters.sql.delivery_book import SqlCaseDeliveries
from backend.adapters.tool_servers.case_receiver import HttpCaseReceiver
from backend.agents.live import LiveStore
from backend.engine.desk.case_courier import CaseCourier
from config import Settings

__all__ = ["open_case_courier"]


def open_case_courier(settings: Settings, database: Database, live: LiveStore, stack: AsyncExitStack) -> CaseCourier:
    """A courier at work, until ``stack`` ends."""
    receiver = HttpCaseReceiver(frozenset(settings.security.tool_hosts), settings.tools)
    courier = CaseCourier(SqlCaseDeliveries(database), receiver, lambda: live.store.lines)
    stack.push_async_callback(courier.close)
    courier.start()
    return courier
