#!/bin/sh
# The phone number: shows what there is, buys one when somebody says yes to its price, and says on which line it is.
# Nothing is bought unless "buy" is typed.
#
#   COUNTRY=US KIND=tollFree   what to look for: tollFree or geographic (then AREA_CODE, too)
. "$(dirname "$0")/lib.sh"

acs=$(given ACS_ENDPOINT)
version=api-version=2022-12-01
country=${COUNTRY:-US}
kind=${KIND:-tollFree}
token=$(az account get-access-token --resource https://communication.azure.com --query accessToken -o tsv)
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

# The token goes by standard input: what is on a command line, anybody on this machine can read.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$token" | curl -fsS --max-time 30 --config - -D "$headers" "$@"
}
header() { tr -d '\r' <"$headers" | awk -F': ' -v wanted="$1" 'tolower($1) == wanted { print $2 }'; }
# One value of a JSON text, by its way down to it: phoneNumbers.0
field() {
  python3 -c '
import json, sys
value = json.load(sys.stdin)
for name in sys.argv[1].split("."):
    value = value[int(name)] if isinstance(value, list) else value[name]
print(value)' "$1"
}
# Asked some ten minutes: a question that fails is asked again, for what was begun goes on without us.
finished() {
  left=${TRIES:-200}
  while [ "$left" -gt 0 ]; do
    case $(ask "$acs/phoneNumbers/operations/$1?$version" 2>/dev/null | field status 2>/dev/null) in
      succeeded | Succeeded) return 0 ;;
      failed | Failed) return 1 ;;
    esac
    left=$((left - 1))
    sleep "${PAUSE:-3}"
  done
  stop "no answer about the number yet; look at the ACS resource in the portal, then run this again"
}
buy() {
  say "looking for a $kind number in $country"
  area=""
  [ "$kind" = tollFree ] || area="\"areaCode\": \"${AREA_CODE:?a geographic number needs AREA_CODE}\","
  ask -X POST -H 'Content-Type: application/json' -o /dev/null \
    "$acs/availablePhoneNumbers/countries/$country/:search?$version" -d "{
    \"phoneNumberType\": \"$kind\", \"assignmentType\": \"application\", $area
    \"capabilities\": { \"calling\": \"inbound+outbound\", \"sms\": \"none\" }, \"quantity\": 1 }"
  search=$(header search-id)
  finished "$(header operation-id)" || stop "there is no such number; try another COUNTRY, KIND or AREA_CODE"
  found=$(ask "$acs/availablePhoneNumbers/searchResults/$search?$version")
  owned=$(printf '%s' "$found" | field phoneNumbers.0)
  say "$owned costs $(printf '%s' "$found" | field cost.amount) $(printf '%s' "$found" | field cost.currencyCode) a month."
  printf 'Type "buy" to buy it: '
  read -r answer || answer=""
  [ "$answer" = buy ] || {
    say "nothing was bought"
    exit 0
  }
  ask -X POST -H 'Content-Type: application/json' -o /dev/null \
    "$acs/availablePhoneNumbers/:purchase?$version" -d "{ \"searchId\": \"$search\" }"
  finished "$(header operation-id)" || stop "the number was not bought; look at the ACS resource in the portal"
  say "bought $owned"
}

owned=$(ask "$acs/phoneNumbers?$version" | python3 -c '
import json, sys
print("\n".join(one["phoneNumber"] for one in json.load(sys.stdin).get("phoneNumbers", [])))')
if [ -z "$owned" ]; then
  if [ ! -t 0 ] && [ -z "${ASK:-}" ]; then
    say "todo: there is no number yet. Run infra/hooks/number.sh in a terminal to look for one, or buy one in the portal."
    exit 0
  fi
  buy
fi

for number in $owned; do
  line=$(grep -lF -- "$number" "$root"/agent_store/lines/*.yaml 2>/dev/null | head -n 1 || true)
  if [ -n "$line" ]; then
    say "ok: $number leads to the line $(basename "$line" .yaml)"
  else
    say "todo: $number is on no line of this store, so its callers are turned away. Put it under 'numbers' in"
    say "      agent_store/lines/NAME.yaml and roll out, or change the line over the API (docs/changing-agents.md)."
  fi
done
if [ -z "$(known ACS_SOURCE_NUMBER)" ]; then
  first=$(printf '%s\n' "$owned" | head -n 1)
  remember ACS_SOURCE_NUMBER "$first"
  say "todo: placed calls and transfers come from $first after the next 'azd provision'."
fi
