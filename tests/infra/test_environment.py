"""The environment that the Bicep sets: every name a setting, every needed setting set, no secret in clear."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from bicep_files import INFRA, Scope
from deployed import MODELS, app, container, environment, is_open, main, secrets
from pydantic import SecretStr
from quick_yaml import read_yaml

from backend.api.rights import rule_for
from backend.boot.exposure import exposed_by, require_checks
from backend.boot.required import require_services
from backend.domain.principal import ROLES
from config.concern import field_names
from config.settings import CONCERNS, load_settings

ROOT = INFRA.parent
SETTINGS = {name for concern in CONCERNS for name in field_names(concern)}
OF_LIBRARIES = {"AZURE_CLIENT_ID"}
"""Which of several identities ``azure-identity`` takes."""
OPEN = {
    "AZURE_CLIENT_ID": "5d1f3c60-0000-4000-8000-00000000c11e",
    "ACS_ENDPOINT": "https://acs-x.unitedstates.communication.azure.com",
    "ACS_RESOURCE_ID": "7b3e0000-0000-4000-8000-000000000001",
    "AZURE_SPEECH_ENDPOINT": "https://speech-x.cognitiveservices.azure.com/",
    "AZURE_SPEECH_RESOURCE_ID": "/subscriptions/x/speech-x",
    "AZURE_OPENAI_ENDPOINT": "https://openai-x.openai.azure.com/",
    "REDIS_URL": "rediss://0f3c@redis-x.eastus2.redis.azure.net:10000/0",
    "DATABASE_URL": "postgresql+psycopg://id-x@psql-x.postgres.database.azure.com/ringmaster?sslmode=verify-full",
    "RECORDINGS_CONTAINER": "https://recx.blob.core.windows.net/recordings",
    "EVENT_GRID_ISSUER": "https://login.microsoftonline.com/tenant/v2.0",
    "EVENT_GRID_JWKS_URL": "https://login.microsoftonline.com/tenant/discovery/v2.0/keys",
    "ENTRA_AUTHORITY": "https://login.microsoftonline.com/",
    "APPLICATIONINSIGHTS_CONNECTION_STRING": "InstrumentationKey=00000000-0000-4000-8000-000000000000",
    "API_KEY": "k" * 44,
    "DATA_KEY": "a2V5IG9mIDMyIGJ5dGVzIGFzIGJhc2UgNjQgd2FudHM=",
    "VERIFICATION_KEY": "v" * 44,
    "ALLOWED_HOSTS": "ca-x.happy.eastus2.azurecontainerapps.io",
    "PUBLIC_BASE_URL": "https://ca-x.happy.eastus2.azurecontainerapps.io",
}


def test_every_name_is_a_setting() -> None:
    assert set(environment()) - SETTINGS - OF_LIBRARIES == set()


def test_what_azure_decides_is_known_and_nothing_else_is_left_open() -> None:
    assert {name for name, value in environment().items() if is_open(value)} == set(OPEN)


def test_the_settings_are_read_and_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment().items():
        monkeypatch.setenv(name, OPEN.get(name, value))
    settings = load_settings()
    assert settings.remarks == ()
    require_services(settings)
    require_checks(settings)
    assert settings.connections.host == "0.0.0.0"
    assert settings.security.check_acs_tokens
    assert exposed_by(settings)  # what it checks then is checked
    assert settings.security.proxies


def test_the_addresses_that_azure_completes_are_those_that_clients_want() -> None:
    found = environment()
    assert found["ACS_ENDPOINT"] == "https://<calls.acs.properties.hostName>"
    assert found["ACS_RESOURCE_ID"] == "<calls.acs.properties.immutableResourceId>"
    redis = "rediss://<identity.server.properties.principalId>@<data.redis.properties.hostName>:10000/0?cluster=false"
    assert found["REDIS_URL"] == redis
    assert re.fullmatch(
        r"postgresql\+psycopg://<identity\.server\.name>@<[\w.]+>/ringmaster\?sslmode=verify-full&sslrootcert=/etc/\S+",
        found["DATABASE_URL"],
    )
    assert found["EVENT_GRID_ISSUER"].endswith("<tenant().tenantId>/v2.0")


def test_people_sign_in_where_an_application_is_named_and_else_by_key() -> None:
    assert (environment()["ENTRA_CLIENT_ID"], environment()["ENTRA_TENANT"]) == ("", "")
    named = environment(consoleApplicationId="c0de0000-0000-4000-8000-000000000001")
    assert named["ENTRA_CLIENT_ID"] == "c0de0000-0000-4000-8000-000000000001"
    assert named["ENTRA_TENANT"] == "<tenant().tenantId>"
    assert "ENTRA_CLIENT_SECRET" not in named  # the managed identity


def test_the_roles_of_the_application_are_ours() -> None:
    roles = json.loads((INFRA / "app-roles.json").read_text("utf-8"))
    assert [one["value"] for one in roles] == list(ROLES)


def test_only_the_subscriptions_that_are_made_may_announce_calls_and_files() -> None:
    made = Scope(INFRA / "incoming-calls.bicep", {}).file.resource
    texts = [(made[name].text or b"").decode() for name in ("incoming", "recorded")]
    names = environment()["EVENT_GRID_SUBSCRIPTIONS"].split(",")
    assert [f"name: '{name}'" in text for name, text in zip(names, texts, strict=True)] == [True, True]
    for text, kind in zip(texts, ("IncomingCall", "RecordingFileStatusUpdated"), strict=True):
        assert f"includedEventTypes: [ 'Microsoft.Communication.{kind}' ]" in text
    assert "eventTimeToLiveInMinutes: 1440" in texts[1], "a file is there for a day"


def test_whatever_is_secret_comes_from_the_vault_and_nothing_else_does() -> None:
    secret = {
        name.upper()
        for concern in CONCERNS
        for name, field in concern.model_fields.items()
        if field.annotation is SecretStr
    }
    without_secret = {"REDIS_URL", "DATABASE_URL", "APPLICATIONINSIGHTS_CONNECTION_STRING"}
    found = environment()
    for name in secret & set(found) - without_secret:
        assert found[name].startswith("secret:"), name
    assert all("vaultUri" in place for place in secrets().values())
    assert {value.removeprefix("secret:") for value in found.values() if value.startswith("secret:")} == set(secrets())
    for name in without_secret & set(found):
        assert "listKeys" not in found[name]
        assert "assword" not in found[name]


def test_an_earlier_data_key_is_read_when_there_is_one_and_never_made() -> None:
    assert environment(withKeysBefore=True)["DATA_KEYS_BEFORE"] == "secret:data-keys-before"
    assert "DATA_KEYS_BEFORE" not in environment()
    made = main(withKeysBefore=True).name("setUp").params["secrets"]
    assert [one["name"] for one in made] == ["API_KEY", "DATA_KEY", "VERIFICATION_KEY"]


def test_no_key_of_a_service_is_asked_for_anywhere() -> None:
    for path in sorted(INFRA.rglob("*.bicep")):
        code = re.sub(r"//[^\n]*", "", path.read_text("utf-8"))
        assert not re.search(r"listKeys|listCredentials|administratorLoginPassword|sharedKey:", code), path


def test_services_know_identities_only() -> None:
    whole = main()
    acs = whole.name("calls").scope.resource("acs")["properties"]
    speech, model = (whole.name("ai").scope.resource(name)["properties"] for name in ("speech", "openAi"))
    assert acs["disableLocalAuth"] and speech["disableLocalAuth"] and model["disableLocalAuth"]
    database = whole.name("data").scope.resource("postgres")["properties"]
    assert database["authConfig"]["passwordAuth"] == "Disabled"
    assert whole.name("registry").scope.resource("registry")["properties"]["adminUserEnabled"] is False


def test_probes_ask_what_the_server_answers_to_everybody() -> None:
    asked = {probe["type"]: probe["httpGet"] for probe in container()["probes"]}
    assert set(asked) == {"Startup", "Liveness", "Readiness"}
    for probe in asked.values():
        rule = rule_for("GET", probe["path"])
        assert rule is not None
        assert rule.right == "open"
        assert str(probe["port"]) == environment()["PORT"]


def test_a_replica_is_given_longer_than_it_drains() -> None:
    assert app()["template"]["terminationGracePeriodSeconds"] >= int(environment()["DRAIN_SECONDS"]) + 15


def test_calls_are_what_is_scaled_on_and_a_replica_takes_more_than_it_is_scaled_at() -> None:
    scale = app()["template"]["scale"]
    (calls,) = [rule["custom"]["metadata"] for rule in scale["rules"] if rule["name"] == "calls"]
    assert calls["valueLocation"] == "everywhere.live"
    assert rule_for("GET", calls["url"].rpartition(">")[2]) is not None
    found = environment()
    assert int(found["MAX_CALLS"]) * int(found["WORKERS"]) == 2 * int(calls["targetValue"])
    assert scale["minReplicas"] >= 2


def test_calls_stay_with_a_revision_until_they_are_moved() -> None:
    assert app()["configuration"]["activeRevisionsMode"] == "Multiple"
    (first,) = app()["configuration"]["ingress"]["traffic"]
    assert first == {"latestRevision": True, "weight": 100}
    (later,) = app(liveRevision="ca-x--r1")["configuration"]["ingress"]["traffic"]
    assert later == {"revisionName": "ca-x--r1", "weight": 100, "label": "live"}


def test_behind_the_private_network_nothing_of_the_data_is_public() -> None:
    whole = main(privateNetwork=True)
    data = whole.name("data").scope
    assert data.resource("redis")["properties"]["publicNetworkAccess"] == "Disabled"
    assert data.resource("postgres")["properties"]["network"]["publicNetworkAccess"] == "Disabled"
    assert whole.name("vault").scope.resource("vault")["properties"]["publicNetworkAccess"] == "Disabled"
    for name in ("speech", "openAi"):
        assert whole.name("ai").scope.resource(name)["properties"]["publicNetworkAccess"] == "Disabled"
    network = app_environment(whole)["vnetConfiguration"]["infrastructureSubnetId"]
    assert str(network).endswith("/subnets/app")


def app_environment(whole: Scope) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = whole.name("app").scope.resource("environment")["properties"]
    return found


def test_another_region_can_take_the_calls_and_a_restored_database_the_records() -> None:
    found = environment(
        publicHost="voice.example.com",
        certificateId="cert",
        otherAcsEndpoint="https://acs-a.example.com",
        otherAcsResourceId="a",
        restoredDatabaseHost="psql-b.example.com",
    )
    assert found["PUBLIC_BASE_URL"] == "https://voice.example.com"
    assert (found["ACS_ENDPOINT"], found["ACS_RESOURCE_ID"]) == ("https://acs-a.example.com", "a")
    assert "@psql-b.example.com/ringmaster?" in found["DATABASE_URL"]
    assert app(publicHost="v", certificateId="c")["configuration"]["ingress"]["customDomains"][0]["name"] == "v"
    assert app()["configuration"]["ingress"]["customDomains"] == []


def test_every_model_that_an_agent_names_is_deployed_and_not_retired() -> None:
    deployed = {one["name"]: one for one in MODELS["deployments"]}
    named: set[str] = set()
    for path in [*ROOT.glob("agent_store/agents/*.yaml"), *ROOT.glob("examples/*/agent_store/agents/*.yaml")]:
        model = read_yaml(path.read_text("utf-8")).get("model") or {}
        named |= {model.get("deployment"), *model.get("fallback", ())} - {None, ""}
    assert named == set(deployed)
    assert environment()["AZURE_OPENAI_DEPLOYMENT"] in deployed
    seen = date.fromisoformat(MODELS["checked"])
    for one in deployed.values():
        assert date.fromisoformat(one["retires"]) > seen, f"{one['name']} was retired when it was looked at"
    assert main().name("ai").params["deployments"] == MODELS["deployments"]


def test_alerts_name_events_that_there_are() -> None:
    from backend.adapters.telemetry.events import EVENTS

    alerts = main().name("watch").scope.name("events")
    assert {name for alert in alerts for name in alert["events"]} <= set(EVENTS)
    workbook = (INFRA / "workbook.json").read_text("utf-8")
    assert set(re.findall(r"event == '([\w.]+)'", workbook)) <= set(EVENTS)
    assert any(name.startswith(re.findall(r"event startswith '([\w.]+)'", workbook)[0]) for name in EVENTS)


def test_livekit_is_there_where_its_address_is_given_and_its_secret_comes_from_the_vault() -> None:
    given = {"livekitUrl": "wss://x.livekit.cloud", "livekitApiKey": "APIx", "livekitLine": "insurance"}
    assert environment()["LIVEKIT_URL"] == "" and "LIVEKIT_API_SECRET" not in environment()
    assert environment()["SESSION_TIMEOUT"] == "1800000" and environment()["LIVEKIT_PUBLIC_URL"] == ""
    with_it = environment(**given, livekitPublicUrl="wss://calls.example.com", sessionTimeout=600_000)
    assert (with_it["LIVEKIT_PUBLIC_URL"], with_it["SESSION_TIMEOUT"]) == ("wss://calls.example.com", "600000")
    assert (with_it["LIVEKIT_URL"], with_it["LIVEKIT_API_KEY"]) == ("wss://x.livekit.cloud", "APIx")
    assert with_it["LIVEKIT_API_SECRET"] == "secret:livekit-api-secret"
    assert {"livekit-api-secret", "data-keys-before"} <= set(secrets(**given, withKeysBefore=True))
