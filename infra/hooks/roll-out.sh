#!/bin/sh
# Builds the image, starts it as a new revision beside the one that has the calls, and moves calls to it once it has
# shown that it is ready. The old one talks until its calls have ended. When the new one does not come up, nothing has
# changed for any caller.
#
#   infra/hooks/roll-out.sh            build and roll out
#   IMAGE=... infra/hooks/roll-out.sh  roll out an image that is there, such as an earlier one
. "$(dirname "$0")/lib.sh"

group=$(given AZURE_RESOURCE_GROUP)
app=$(given RINGMASTER_APP_NAME)
stamp=${STAMP:-$(date -u +%Y%m%d%H%M%S)}
patience=${READY_SECONDS:-300}

image=${IMAGE:-}
if [ -z "$image" ]; then
  image="$(given AZURE_CONTAINER_REGISTRY_ENDPOINT)/ringmaster:$stamp"
  say "building $image"
  az acr build --registry "$(given AZURE_CONTAINER_REGISTRY_NAME)" --image "ringmaster:$stamp" \
    --file "$root/Dockerfile" "$root" -o none
fi

# Calls stay where they are, whichever revision is the latest.
before=$(az containerapp show -n "$app" -g "$group" -o tsv \
  --query "properties.configuration.ingress.traffic[?weight==\`100\`].revisionName | [0]")
[ -n "$before" ] || before=$(az containerapp show -n "$app" -g "$group" --query properties.latestReadyRevisionName -o tsv)
[ -z "$before" ] || az containerapp ingress traffic set -n "$app" -g "$group" --revision-weight "$before=100" -o none

new="$app--r$stamp"
say "starting $new beside ${before:-nothing}"
az containerapp update -n "$app" -g "$group" --image "$image" --revision-suffix "r$stamp" -o none
host=$(az containerapp revision show -n "$app" -g "$group" --revision "$new" --query properties.fqdn -o tsv)
if ! answers "https://$host/readyz" "$patience"; then
  say "what it says of itself:"
  az containerapp logs show -n "$app" -g "$group" --revision "$new" --tail 30 --format text 2>/dev/null || true
  az containerapp revision deactivate -n "$app" -g "$group" --revision "$new" -o none
  stop "$new is not ready after $patience s; ${before:-nobody} still has the calls"
fi

az containerapp ingress traffic set -n "$app" -g "$group" --revision-weight "$new=100" -o none
# First of all: the next provisioning gives the calls to what is remembered.
remember RINGMASTER_REVISION "$new"
remember RINGMASTER_IMAGE "$image"
az containerapp revision label add -n "$app" -g "$group" --label live --revision "$new" --no-prompt -o none
say "ok: $new has the calls from now on"

# Told to go, a replica drains: it takes no new calls and waits for its own, for up to 580 s.
for old in $(az containerapp revision list -n "$app" -g "$group" --query "[?properties.active].name" -o tsv); do
  [ "$old" != "$new" ] || continue
  say "draining $old"
  az containerapp revision deactivate -n "$app" -g "$group" --revision "$old" -o none
done
