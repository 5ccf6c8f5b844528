#!/bin/sh
# The Entra application that Event Grid authenticates to when it announces a call. Made once; it has no secret. Whoever
# runs this needs the right to register applications, and gets the role that lets them subscribe.
. "$(dirname "$0")/lib.sh"

name="ringmaster-$(given AZURE_ENV_NAME)-event-grid"
role_name=AzureEventGridSecureWebhookSubscriber
role_id=5f1c7a52-7f0d-4a36-9a5c-1d9c4be5f3a1    # ours; the same in every tenant, so that it is found again
event_grid=4962773b-9cdb-44cf-a8bf-237846a00ab7 # Microsoft.EventGrid, the same in every tenant
graph=https://graph.microsoft.com/v1.0

app=$(az ad app list --filter "displayName eq '$name'" --query '[0].appId' -o tsv)
if [ -z "$app" ]; then
  app=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId -o tsv)
  say "made the application $name"
fi
object=$(az ad app show --id "$app" --query id -o tsv)
# Tokens of version 2, whose issuer and audience infra/main.bicep tells the server.
az rest --method PATCH --url "$graph/applications/$object" -o none --body "{
  \"api\": { \"requestedAccessTokenVersion\": 2 },
  \"appRoles\": [ { \"id\": \"$role_id\", \"value\": \"$role_name\", \"displayName\": \"$role_name\",
    \"description\": \"May announce calls\", \"isEnabled\": true, \"allowedMemberTypes\": [ \"Application\", \"User\" ] } ] }"

principal_of() {
  az ad sp show --id "$1" --query id -o tsv 2>/dev/null || az ad sp create --id "$1" --query id -o tsv
}
who_am_i() {
  az ad signed-in-user show --query id -o tsv 2>/dev/null \
    || az ad sp show --id "$(az account show --query user.name -o tsv)" --query id -o tsv
}

# The application, Event Grid and whoever subscribes are principals of this tenant; the last two have the role.
resource=$(principal_of "$app")
for principal in "$(principal_of "$event_grid")" "$(who_am_i)"; do
  has=$(az rest --method GET --url "$graph/servicePrincipals/$resource/appRoleAssignedTo" -o tsv \
    --query "value[?principalId=='$principal' && appRoleId=='$role_id'] | length(@)")
  [ "$has" != 0 ] || az rest --method POST --url "$graph/servicePrincipals/$resource/appRoleAssignedTo" -o none \
    --body "{ \"principalId\": \"$principal\", \"resourceId\": \"$resource\", \"appRoleId\": \"$role_id\" }"
done
remember EVENT_GRID_APPLICATION_ID "$app"
say "ok: Event Grid authenticates to $name ($app)"
