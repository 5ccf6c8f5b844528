// Two identities: the server's, and one that sets up database roles and secrets and is used by nothing that runs.
param token string
param location string
param tags object

resource server 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${token}'
  location: location
  tags: tags
}

resource setUp 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-set-up-${token}'
  location: location
  tags: tags
}

output serverId string = server.id
output serverName string = server.name
output serverClientId string = server.properties.clientId
output serverPrincipalId string = server.properties.principalId
output setUpId string = setUp.id
output setUpName string = setUp.name
output setUpPrincipalId string = setUp.properties.principalId
