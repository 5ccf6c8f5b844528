// Where recordings of calls are kept. What lies here is encrypted by the server with DATA_KEY before it comes.
param token string
param location string
param tags object
param serverPrincipalId string
param endpointSubnetId string
param zones object
param logsId string

var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
var isPrivate = !empty(endpointSubnetId)

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'rec${token}'
  location: location
  tags: tags
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false // identities only
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: false } // what is deleted is gone: callers are forgotten, and retention is kept
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'recordings'
  properties: { publicAccess: 'None' }
}

resource mayKeep 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(container.id, serverPrincipalId, blobContributor)
  scope: container
  properties: {
    principalId: serverPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: blobs
  properties: { workspaceId: logsId, logs: [ { categoryGroup: 'audit', enabled: true } ] }
}

module endpoint 'private-endpoint.bicep' = if (isPrivate) {
  name: 'recordings-endpoint'
  params: {
    name: 'pe-recordings-${token}'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: account.id
    groupId: 'blob'
    zoneId: isPrivate ? zones.blob : ''
  }
}

output container string = '${account.properties.primaryEndpoints.blob}recordings'
