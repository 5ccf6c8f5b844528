"""The shipped form, as a caller of its line is asked for it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from shipped_store import shipped_store

from backend.domain.subject import Subject
from backend.forms.about import About
from backend.forms.form import Form
from backend.tool_store.built_in_names import BUILT_IN

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
STORE = shipped_store(BUILT_IN)
FORM = Form(STORE.forms["fnol"], "en-US")
CALLER = Subject("POL-A10001", "John Smith", {"vehicles": [{"year": 2019, "make": "Honda", "model": "Civic"}]})
ABOUT = About(FORM, NOON, CALLER, {"vehicle": tuple(CALLER.attributes["vehicles"])})
