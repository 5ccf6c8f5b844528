#!/bin/sh
# Before anything is made: tools, the account, the region and its quota, models that are about to be retired, and what
# nobody wants to learn from the first caller.
. "$(dirname "$0")/lib.sh"

today=${TODAY:-$(date -u +%Y-%m-%d)}
region=${AZURE_LOCATION:-$(known AZURE_LOCATION)}
[ -n "$region" ] || stop "AZURE_LOCATION is not set; 'azd env set AZURE_LOCATION eastus2', for example"

for tool in az azd curl python3; do
  command -v "$tool" >/dev/null || stop "$tool is not installed"
done
az account show -o none 2>/dev/null || stop "nobody is signed in; run 'az login' and 'azd auth login'"

for provider in Microsoft.App Microsoft.Communication Microsoft.CognitiveServices Microsoft.Cache \
  Microsoft.DBforPostgreSQL Microsoft.EventGrid Microsoft.KeyVault Microsoft.ContainerInstance Microsoft.Insights; do
  state=$(az provider show -n "$provider" --query registrationState -o tsv 2>/dev/null || echo NotRegistered)
  [ "$state" = Registered ] || {
    say "registering $provider"
    az provider register -n "$provider" --wait -o none
  }
done

# One line for each deployment: name, model, version, retirement, capacity in thousands of tokens a minute.
models=$(python3 -c '
import json, sys
for one in json.load(open(sys.argv[1]))["deployments"]:
    print(one["name"], one["model"], one["version"], one["retires"], one["capacity"])
' "$root/infra/models.json")
first_time=$([ -n "$(known RINGMASTER_URL)" ] || echo yes)

check_model() {
  name=$1 model=$2 version=$3 retires=$4 capacity=$5
  earlier=$(printf '%s\n%s\n' "$today" "$retires" | sort | head -n 1)
  [ "$earlier" != "$retires" ] \
    || stop "$model $version was retired on $retires; name another one in infra/models.json and in agent_store/agents"
  az cognitiveservices model list -l "$region" -o tsv \
    --query "[?model.name=='$model' && model.version=='$version'].model.skus[].name" </dev/null \
    | grep -qx GlobalStandard || stop "$region has no $model $version as GlobalStandard; choose another AZURE_LOCATION"
  free=$(az cognitiveservices usage list -l "$region" -o tsv \
    --query "[?name.value=='OpenAI.GlobalStandard.$model'].[limit, currentValue] | [0]" </dev/null \
    | tr '\n' ' ' | awk 'NF >= 2 { print int($1 - $2) }')
  if [ -n "$free" ] && [ -n "$first_time" ] && [ "$free" -lt "$capacity" ]; then
    stop "$region has quota for $free thousand tokens a minute of $model and $name wants $capacity;" \
      "lower it in infra/models.json or ask for more"
  fi
  say "ok: $model $version in $region, until $retires"
}

# shellcheck disable=SC2086  # five words a line
printf '%s\n' "$models" | while read -r line; do check_model $line; done

[ "$(known ZONE_REDUNDANT)" != true ] || [ "$(known PRIVATE_NETWORK)" = true ] \
  || stop "ZONE_REDUNDANT needs PRIVATE_NETWORK=true"
if [ "$(known PRIVATE_NETWORK)" != true ] && [ -n "$first_time" ]; then
  say "note: without PRIVATE_NETWORK=true the data services have public addresses, and only identities let anybody in."
  say "      It cannot be changed later: 'azd env set PRIVATE_NETWORK true' before the first provisioning."
fi
if grep -qs '^# The demo book' "$root/agent_store/policyholders.yaml"; then
  say "note: agent_store/policyholders.yaml is the demo's book; no policyholder of yours can be verified with it."
fi
if grep -qs '+1800555' "$root"/agent_store/lines/*.yaml; then
  say "note: agent_store/lines has numbers of the demo (+1 800 555 ...); infra/hooks/number.sh says what to do."
fi
