"""Event Grid of the local Azure: validation, delivery, retries, duplicates."""

import asyncio
from typing import Any

import jwt
import pytest

from local_azure.event_grid import GridEvent
from local_azure.faults import Fault
from local_azure.state import Subscription

SMS = GridEvent("Microsoft.Communication.SMSReceived", "/phonenumber/1", {"message": "hello"})


def notifications(application: Any) -> list[tuple[dict[str, str], list[dict[str, Any]]]]:
    return [one for one in application.grid if one[0]["aeg-event-type"] == "Notification"]


@pytest.fixture(autouse=True)
def quick(azure: Any) -> None:
    azure.event_grid.retry_seconds = (0.01, 0.01, 0.01)


async def test_subscription_is_validated_by_its_code(application: Any) -> None:
    headers, events = application.grid[0]
    assert headers["aeg-event-type"] == "SubscriptionValidation"
    assert events[0]["eventType"] == "Microsoft.EventGrid.SubscriptionValidationEvent"
    assert len(events) == 1
    assert application.azure.state.subscriptions[0].validated


async def test_webhook_that_gives_another_code_gets_nothing(application: Any) -> None:
    application.validate = False
    assert not await application.azure.event_grid.subscribe(Subscription("other", application.url + "/events"))
    application.azure.event_grid.publish(SMS)
    phone = application.azure.phones.dial("+18005550100")
    phone.hang_up()
    assert notifications(application) == []


async def test_event_has_the_schema_of_event_grid(application: Any) -> None:
    application.azure.event_grid.publish(SMS)
    await application.until(lambda: bool(notifications(application)))
    headers, (event,) = notifications(application)[0]
    assert set(event) == {
        "id",
        "topic",
        "subject",
        "data",
        "eventType",
        "dataVersion",
        "metadataVersion",
        "eventTime",
    }
    assert headers["aeg-delivery-count"] == "0"


async def test_failed_delivery_is_repeated_with_a_count(application: Any) -> None:
    application.grid_statuses = [503, 500]
    application.azure.event_grid.publish(SMS)
    await application.until(lambda: len(notifications(application)) == 3)
    assert [headers["aeg-delivery-count"] for headers, _ in notifications(application)] == ["0", "1", "2"]
    assert len({events[0]["id"] for _, events in notifications(application)}) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 413])
async def test_refusal_is_final(application: Any, status: int) -> None:
    application.grid_statuses = [status]
    application.azure.event_grid.publish(SMS)
    deliveries = [task for task in asyncio.all_tasks() if task.get_name() == "event-grid-deliver"]
    await asyncio.wait(deliveries, timeout=5)
    assert len(notifications(application)) == 1


async def test_lost_delivery_is_repeated(application: Any) -> None:
    application.azure.state.faults.add("event_grid", Fault("abort"))
    application.azure.event_grid.publish(SMS)
    await application.until(lambda: len(notifications(application)) == 1)
    assert notifications(application)[0][0]["aeg-delivery-count"] == "1"


async def test_duplicates_on_request(application: Any) -> None:
    application.azure.event_grid.duplicates = 2
    application.azure.event_grid.publish(SMS)
    await application.until(lambda: len(notifications(application)) == 3)
    assert len({events[0]["id"] for _, events in notifications(application)}) == 1


async def test_several_events_come_as_one_array(application: Any) -> None:
    application.azure.event_grid.publish(SMS, GridEvent("Other", "", {}))
    await application.until(lambda: bool(notifications(application)))
    assert [event["eventType"] for event in notifications(application)[0][1]] == [SMS.event_type, "Other"]


async def test_protected_delivery_carries_a_token_for_its_audience(application: Any) -> None:
    azure = application.azure
    await azure.event_grid.subscribe(Subscription("safe", application.url + "/events", audience="api://hook"))
    azure.event_grid.publish(SMS)
    await application.until(lambda: bool(notifications(application)))
    token = notifications(application)[0][0]["Authorization"].removeprefix("Bearer ")
    key = jwt.PyJWKSet.from_dict(azure.state.signer.jwks())[jwt.get_unverified_header(token)["kid"]]
    assert jwt.decode(token, key, algorithms=["RS256"], audience="api://hook")["aud"] == "api://hook"


async def test_call_is_answered_once_when_its_event_comes_twice(application: Any) -> None:
    application.azure.event_grid.duplicates = 1
    rung: list[str] = []

    async def once(event: dict[str, Any]) -> None:
        if event["id"] not in rung:
            rung.append(event["id"])
            await application.answer(event)

    application.on_ring = once
    phone = application.azure.phones.dial("+18005550100")
    await phone.until_connected()
    await application.until(lambda: len(notifications(application)) == 2)
    assert len(rung) == 1
