# What the hooks share. Every hook may be run again at any time: it does what is still to be done.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

say() { printf '%s\n' "$*"; }
stop() {
  printf 'stopped: %s\n' "$*" >&2
  exit 1
}

# A value that azd knows; empty when it does not: then it says so on standard output, where the value would be.
known() {
  if asked=$(azd env get-value "$1" 2>/dev/null); then printf '%s' "$asked"; fi
}
remember() { azd env set "$1" "$2"; }

# A value that the Bicep gives; it is there after the first provisioning.
given() {
  eval "value=\${$1:-}"
  [ -n "$value" ] || value=$(known "$1")
  [ -n "$value" ] || stop "$1 is not known; run 'azd provision' first"
  printf '%s' "$value"
}

# Does an address answer 200? Gives up after so many seconds.
answers() {
  left=$2
  until curl -fsS -o /dev/null --max-time 5 "$1" 2>/dev/null; do
    left=$((left - ${PAUSE:-5}))
    [ "$left" -gt 0 ] || return 1
    sleep "${PAUSE:-5}"
  done
}
