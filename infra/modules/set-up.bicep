// What no resource can declare: the server's role in the database, and secrets that are made once. The script asks
// what is there first, so that it can run again and changes nothing then.
param token string
param location string
param tags object
param identityId string
param principalId string
param identityName string
param roleName string
param rolePrincipalId string
param vaultName string
param secrets array
param databaseHost string
param databaseName string
param subnetId string

var isPrivate = !empty(subnetId)
var fileContributor = '69566ab7-960f-475b-8e7c-b3118f30c6bd' // Storage File Data Privileged Contributor

// Inside the private network a script needs a storage account that it may reach; outside, Azure lends it one.
resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = if (isPrivate) {
  name: 'st${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: true // container instances mount their share with it; the network keeps others out
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Deny'
      virtualNetworkRules: [ { id: subnetId, action: 'Allow' } ]
    }
  }
}

resource mayUseStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (isPrivate) {
  name: guid(resourceGroup().id, 'st${token}', principalId, fileContributor)
  scope: storage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', fileContributor)
  }
}

resource script 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'set-up-${token}'
  location: location
  tags: tags
  kind: 'AzureCLI'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    azCliVersion: '2.76.0'
    scriptContent: loadTextContent('../scripts/set-up.sh')
    environmentVariables: [
      { name: 'VAULT', value: vaultName }
      { name: 'SECRETS', value: join(map(secrets, one => one.secret), ' ') }
      { name: 'DATABASE_HOST', value: databaseHost }
      { name: 'DATABASE', value: databaseName }
      { name: 'ADMINISTRATOR', value: identityName }
      { name: 'ROLE', value: roleName }
      { name: 'ROLE_OBJECT_ID', value: rolePrincipalId }
    ]
    timeout: 'PT20M'
    retentionInterval: 'P1D'
    cleanupPreference: 'OnSuccess'
    storageAccountSettings: isPrivate ? { storageAccountName: 'st${token}' } : null
    containerSettings: isPrivate ? { subnetIds: [ { id: subnetId } ] } : null
  }
  dependsOn: [ mayUseStorage ]
}
