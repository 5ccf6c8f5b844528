#!/bin/bash
# Runs inside Azure, as the identity that sets things up (infra/modules/set-up.bicep). Makes what is not there and leaves
# the rest as it is: secrets in Key Vault, and the server's role in the database.
set -euo pipefail

# Rights that were given a moment ago may not be known everywhere yet.
patiently() {
  local try
  for try in 1 2 3 4 5 6 7 8 9 10; do
    if "$@"; then return 0; fi
    echo "not yet (try $try)" >&2
    sleep "${PAUSE:-30}"
  done
  return 1
}

can_see() {
  az keyvault secret list --vault-name "$VAULT" --query 'length(@)' -o tsv >/dev/null
}

# Not there, and not may-not-look: a secret that cannot be seen must not be made anew over the one that is in use.
is_missing() {
  local told
  told=$(az keyvault secret show --vault-name "$VAULT" --name "$1" --query id -o tsv 2>&1) && return 1
  [[ $told == *SecretNotFound* ]] && return 0
  echo "secret $1: $told" >&2
  exit 1
}

make_secret() {
  if ! is_missing "$1"; then
    echo "secret $1 is there"
    return 0
  fi
  # 32 bytes in base64, as DATA_KEY wants them; in a file, so that no list of processes shows them.
  local file
  file=$(mktemp)
  openssl rand -base64 32 | tr -d '\n' >"$file"
  az keyvault secret set --vault-name "$VAULT" --name "$1" --file "$file" --encoding utf-8 -o none
  rm -f "$file"
  echo "secret $1 was made"
}

sql() {
  PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken -o tsv) \
    PGSSLMODE="${PGSSLMODE:-require}" psql -h "$DATABASE_HOST" -U "$ADMINISTRATOR" -d "$1" -v ON_ERROR_STOP=1 -qAt \
    -v role="$ROLE" -v object_id="$ROLE_OBJECT_ID" -v database="$DATABASE"
}

make_role() {
  sql postgres <<'SQL'
SELECT pg_catalog.pgaadauth_create_principal_with_oid(:'role', :'object_id', 'service', false, false)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = :'role');
GRANT CONNECT ON DATABASE :"database" TO :"role";
SQL
}

# It makes its own tables (migrations) and owns those, and nothing else.
grant_schema() {
  sql "$DATABASE" <<'SQL'
GRANT USAGE, CREATE ON SCHEMA public TO :"role";
SQL
}

install_psql() {
  command -v psql >/dev/null || tdnf -y -q install postgresql || apk add --quiet postgresql-client
}

patiently can_see
for name in $SECRETS; do make_secret "$name"; done
install_psql
patiently make_role
patiently grant_schema
echo "role $ROLE is there"
