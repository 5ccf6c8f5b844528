// Secrets that are made once, by modules/set-up.bicep, and never again by a provisioning.
param token string
param location string
param tags object
param serverPrincipalId string
param setUpPrincipalId string
param endpointSubnetId string
param zones object
param logsId string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // Key Vault Secrets Officer
var isPrivate = !empty(endpointSubnetId)

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${token}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true // the key of sealed columns is in here: without it they are lost
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource mayRead 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, serverPrincipalId, secretsUser)
  scope: vault
  properties: {
    principalId: serverPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource mayMake 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, setUpPrincipalId, secretsOfficer)
  scope: vault
  properties: {
    principalId: setUpPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: vault
  properties: { workspaceId: logsId, logs: [ { categoryGroup: 'audit', enabled: true } ] }
}

module endpoint 'private-endpoint.bicep' = if (isPrivate) {
  name: 'vault-endpoint'
  params: {
    name: 'pe-vault-${token}'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: vault.id
    groupId: 'vault'
    zoneId: isPrivate ? zones.vault : ''
  }
}

output name string = vault.name
output uri string = vault.properties.vaultUri
