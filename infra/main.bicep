// One resource group with everything that a line needs: `azd up` reads this. What each part may do and what is
// reachable from where stands in docs/operations.md.
targetScope = 'subscription'

@description('Name of the azd environment; resources are named after it.')
@minLength(2)
@maxLength(32)
param environmentName string

@description('Azure region of everything but ACS and Event Grid, which are global.')
param location string

@description('Where ACS keeps its data. It is part of the address of the resource and cannot be changed later.')
param acsDataLocation string = 'United States'

@description('Number that placed calls and transfers come from (E.164). Empty until one is bought.')
param sourceNumber string = ''

@description('Image of the server. Empty: a placeholder that answers the probes and takes no calls.')
param image string = ''

@description('Revision that has the calls now. Empty: the latest one that is ready.')
param liveRevision string = ''

@description('Entra application that Event Grid authenticates to; made by the hook before provisioning.')
param eventGridApplicationId string

@description('Entra application whose tokens people and programs use at the API. Empty: keys only.')
param apiApplicationId string = ''

@description('Entra application that people sign in to the console with; may be the same one. Empty: by key only.')
param consoleApplicationId string = ''

@description('Put database, Redis, Key Vault and models behind private endpoints. To be decided before the first provisioning.')
param privateNetwork bool = false

@description('Spread replicas and data over zones. Needs the private network and a region that has zones.')
param zoneRedundant bool = false

@description('Standby PostgreSQL that takes over by itself; costs a second server.')
param databaseStandby bool = false

@description('Nodes of our own for the ingress, which then waits for calls when it is replaced; costs two more nodes.')
param premiumIngress bool = false

@description('Name of your own under which the server is reached, such as voice.example.com. Empty: one of Container Apps.')
param publicHost string = ''

@description('Certificate of that name in the Container Apps environment; see docs/operations.md, region down.')
param certificateId string = ''

@description('Address of an ACS resource of another environment whose calls this one takes. Empty: its own.')
param otherAcsEndpoint string = ''

@description('Immutable id of that resource.')
param otherAcsResourceId string = ''

@description('Host of a PostgreSQL server that was restored and takes the place of the one that is made here.')
param restoredDatabaseHost string = ''

@description('There is a secret data-keys-before, with keys that personal data was sealed with before.')
param withKeysBefore bool = false

@description('LiveKit server that calls come through as well (wss://...), in LiveKit Cloud or of your own. Empty: ACS only.')
param livekitUrl string = ''

@description('Key of its project; the secret lies in Key Vault as livekit-api-secret.')
param livekitApiKey string = ''

@description('Line of browsers and apps whose job names none. Empty: they are refused.')
param livekitLine string = ''

@description('Where browsers and apps find the LiveKit server, if elsewhere than the server does.')
param livekitPublicUrl string = ''

@description('Longest session of a browser or an app, in milliseconds.')
param sessionTimeout int = 1800000

@description('SIP trunk of placed calls whose line names none.')
param livekitOutboundTrunk string = ''

@description('Live calls for each replica, beyond which another one is started; a replica takes twice as many.')
param callsPerReplica int = 25

@description('Where alerts are sent. Empty: they are shown in the portal only.')
param alertEmail string = ''

@description('Days that logs are kept.')
param logDays int = 30

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))
var ourTenant = tenant().tenantId
var issuer = '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
var signingKeys = '${environment().authentication.loginEndpoint}${tenant().tenantId}/discovery/v2.0/keys'
var databaseHost = empty(restoredDatabaseHost) ? data.outputs.databaseHost : restoredDatabaseHost
var models = loadJsonContent('models.json')

// Secrets of the server: the setting, and what it is called in Key Vault. Each is made once, by modules/set-up.bicep.
var secrets = [
  { name: 'API_KEY', secret: 'api-key' }
  { name: 'DATA_KEY', secret: 'data-key' }
  { name: 'VERIFICATION_KEY', secret: 'verification-key' }
]
var beforeSecret = { name: 'DATA_KEYS_BEFORE', secret: 'data-keys-before' } // put there by whoever changes the data key
var livekitSecret = { name: 'LIVEKIT_API_SECRET', secret: 'livekit-api-secret' } // put there by whoever sets livekitUrl
var secretsBefore = withKeysBefore ? concat(secrets, [ beforeSecret ]) : secrets

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { token: token, location: location, tags: tags }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    days: logDays
    principalId: identity.outputs.serverPrincipalId
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: { token: token, location: location, tags: tags }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    serverPrincipalId: identity.outputs.serverPrincipalId
    setUpPrincipalId: identity.outputs.setUpPrincipalId
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zones: privateNetwork ? network!.outputs.zones : {}
    logsId: telemetry.outputs.logsId
  }
}

module recordings 'modules/recordings.bicep' = {
  name: 'recordings'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    serverPrincipalId: identity.outputs.serverPrincipalId
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zones: privateNetwork ? network!.outputs.zones : {}
    logsId: telemetry.outputs.logsId
  }
}

module ai 'modules/ai.bicep' = {
  name: 'ai'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.serverPrincipalId
    deployments: models.deployments
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zones: privateNetwork ? network!.outputs.zones : {}
    logsId: telemetry.outputs.logsId
  }
}

module calls 'modules/calls.bicep' = {
  name: 'calls'
  scope: group
  params: {
    token: token
    tags: tags
    dataLocation: acsDataLocation
    principalId: identity.outputs.serverPrincipalId
    logsId: telemetry.outputs.logsId
  }
}

module data 'modules/data.bicep' = {
  name: 'data'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    serverPrincipalId: identity.outputs.serverPrincipalId
    setUpPrincipalId: identity.outputs.setUpPrincipalId
    setUpName: identity.outputs.setUpName
    standby: databaseStandby
    zoneRedundant: zoneRedundant
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zones: privateNetwork ? network!.outputs.zones : {}
    logsId: telemetry.outputs.logsId
  }
}

module setUp 'modules/set-up.bicep' = {
  name: 'set-up'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.setUpId
    principalId: identity.outputs.setUpPrincipalId
    identityName: identity.outputs.setUpName
    roleName: identity.outputs.serverName
    rolePrincipalId: identity.outputs.serverPrincipalId
    vaultName: vault.outputs.name
    secrets: secrets
    databaseHost: data.outputs.databaseHost
    databaseName: data.outputs.databaseName
    subnetId: privateNetwork ? network!.outputs.scriptSubnetId : ''
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.serverPrincipalId
    logsId: telemetry.outputs.logsId
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.serverId
    registryServer: registry.outputs.server
    image: image
    liveRevision: liveRevision
    publicHost: publicHost
    certificateId: certificateId
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    zoneRedundant: zoneRedundant
    premiumIngress: premiumIngress
    callsPerReplica: callsPerReplica
    logsId: telemetry.outputs.logsId
    vaultUri: vault.outputs.uri
    secrets: empty(livekitUrl) ? secretsBefore : concat(secretsBefore, [ livekitSecret ])
    settings: [
      { name: 'AZURE_CLIENT_ID', value: identity.outputs.serverClientId }
      { name: 'ACS_ENDPOINT', value: empty(otherAcsEndpoint) ? calls.outputs.endpoint : otherAcsEndpoint }
      { name: 'ACS_RESOURCE_ID', value: empty(otherAcsResourceId) ? calls.outputs.immutableId : otherAcsResourceId }
      { name: 'ACS_SOURCE_NUMBER', value: sourceNumber }
      { name: 'AZURE_SPEECH_ENDPOINT', value: ai.outputs.speechEndpoint }
      { name: 'AZURE_SPEECH_RESOURCE_ID', value: ai.outputs.speechId }
      { name: 'AZURE_OPENAI_ENDPOINT', value: ai.outputs.openAiEndpoint }
      { name: 'AZURE_OPENAI_DEPLOYMENT', value: models.deployments[0].name }
      { name: 'AZURE_OPENAI_API_VERSION', value: '2025-04-01-preview' }
      { name: 'REDIS_URL', value: data.outputs.redisUrl }
      { name: 'REDIS_BY_ENTRA', value: 'true' }
      { name: 'DATABASE_URL', value: 'postgresql+psycopg://${identity.outputs.serverName}@${databaseHost}/${data.outputs.databaseName}?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt' }
      { name: 'DATABASE_BY_ENTRA', value: 'true' }
      { name: 'RECORDINGS_CONTAINER', value: recordings.outputs.container }
      { name: 'EVENT_GRID_SUBSCRIPTIONS', value: 'incoming-calls,recorded-files' } // their names in incoming-calls.bicep
      { name: 'EVENT_GRID_AUDIENCE', value: eventGridApplicationId }
      { name: 'EVENT_GRID_ISSUER', value: issuer }
      { name: 'EVENT_GRID_JWKS_URL', value: signingKeys }
      { name: 'ENTRA_AUDIENCE', value: apiApplicationId }
      { name: 'ENTRA_ISSUER', value: empty(apiApplicationId) ? '' : issuer }
      { name: 'ENTRA_JWKS_URL', value: empty(apiApplicationId) ? '' : signingKeys }
      { name: 'ENTRA_CLIENT_ID', value: consoleApplicationId }
      { name: 'ENTRA_TENANT', value: empty(consoleApplicationId) ? '' : ourTenant }
      { name: 'ENTRA_AUTHORITY', value: environment().authentication.loginEndpoint }
      { name: 'LIVEKIT_URL', value: livekitUrl }
      { name: 'LIVEKIT_API_KEY', value: livekitApiKey }
      { name: 'LIVEKIT_LINE', value: livekitLine }
      { name: 'LIVEKIT_PUBLIC_URL', value: livekitPublicUrl }
      { name: 'SESSION_TIMEOUT', value: string(sessionTimeout) }
      { name: 'LIVEKIT_OUTBOUND_TRUNK', value: livekitOutboundTrunk }
      { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: telemetry.outputs.connectionString }
    ]
  }
  dependsOn: [ setUp ]
}

module watch 'modules/watch.bicep' = {
  name: 'watch'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    email: alertEmail
    logsId: telemetry.outputs.logsId
    appId: app.outputs.id
    redisId: data.outputs.redisId
    databaseId: data.outputs.databaseId
    topicId: calls.outputs.topicId
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_CONTAINER_REGISTRY_NAME string = registry.outputs.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.server
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output RINGMASTER_APP_NAME string = app.outputs.name
output RINGMASTER_URL string = app.outputs.url
output ACS_ENDPOINT string = calls.outputs.endpoint
output ACS_RESOURCE_ID string = calls.outputs.immutableId
output ACS_TOPIC_NAME string = calls.outputs.topicName
