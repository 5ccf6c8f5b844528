#!/bin/sh
# Has Event Grid announce calls to the server, once it answers: Event Grid shakes hands with it and gives up otherwise.
. "$(dirname "$0")/lib.sh"

url=$(given RINGMASTER_URL)
answers "$url/readyz" "${READY_SECONDS:-120}" || stop "$url does not answer; calls are not announced to it"
az deployment group create -g "$(given AZURE_RESOURCE_GROUP)" -n incoming-calls -o none \
  --template-file "$root/infra/incoming-calls.bicep" \
  --parameters topicName="$(given ACS_TOPIC_NAME)" url="$url" tenantId="$(given AZURE_TENANT_ID)" \
  applicationId="$(given EVENT_GRID_APPLICATION_ID)"
say "ok: calls are announced to $url"
