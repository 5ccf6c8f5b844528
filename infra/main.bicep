// One resource group with everything a line needs. Nothing but the container app is reachable from outside,
// and every Azure call is made with the app's managed identity: no key is stored anywhere.
targetScope = 'subscription'

@description('Name of the azd environment; resources are named after it.')
@minLength(2)
@maxLength(32)
param environmentName string

@description('Azure region of everything but ACS, which is global.')
param location string

@description('Where ACS keeps its data.')
param acsDataLocation string = 'United States'

@description('Model deployment that agents use when they name none.')
param modelName string = 'gpt-4o'

@description('Version of that model.')
param modelVersion string = '2024-11-20'

@description('Tokens per minute, in thousands.')
param modelCapacity int = 100

@description('Number that outbound calls and transfers come from (E.164). Empty until one is bought.')
param sourceNumber string = ''

@description('Administrator password of the PostgreSQL server.')
@secure()
param databasePassword string

@description('Secret that Event Grid puts into the address of the incoming-call webhook.')
@secure()
param eventGridKey string

@description('Key of the operations API.')
@secure()
param apiKey string

@description('Image of the server, set by azd after its first deployment; see README.')
param image string

@description('Set after the first deployment, when the webhook can answer the handshake.')
param subscribeToCalls bool = false

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  scope: group
  params: { token: token, location: location, tags: tags }
}

module ai 'modules/ai.bicep' = {
  name: 'ai'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    modelName: modelName
    modelVersion: modelVersion
    modelCapacity: modelCapacity
  }
}

module calls 'modules/calls.bicep' = {
  name: 'calls'
  scope: group
  params: {
    token: token
    tags: tags
    dataLocation: acsDataLocation
    principalId: identity.outputs.principalId
    cognitiveServicesId: ai.outputs.speechId
    webhookUrl: subscribeToCalls ? '${app.outputs.url}/api/v1/calls/answer?key=${eventGridKey}' : ''
  }
}

module data 'modules/data.bicep' = {
  name: 'data'
  scope: group
  params: { token: token, location: location, tags: tags, password: databasePassword }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  scope: group
  params: { token: token, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    registryServer: registry.outputs.server
    image: image
    logAnalyticsCustomerId: telemetry.outputs.customerId
    logAnalyticsKey: telemetry.outputs.sharedKey
    secrets: {
      insights: telemetry.outputs.connectionString
      redis: data.outputs.redisUrl
      database: data.outputs.databaseUrl
      eventgrid: eventGridKey
      api: apiKey
    }
    settings: {
      ACS_ENDPOINT: 'https://acs-${token}.communication.azure.com'
      ACS_SOURCE_NUMBER: sourceNumber
      AZURE_SPEECH_ENDPOINT: ai.outputs.speechEndpoint
      AZURE_SPEECH_RESOURCE_ID: ai.outputs.speechId
      AZURE_OPENAI_ENDPOINT: ai.outputs.openAiEndpoint
      AZURE_OPENAI_DEPLOYMENT: modelName
    }
  }
}

output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.server
output SERVICE_RINGMASTER_URI string = app.outputs.url
output ACS_RESOURCE_ID string = calls.outputs.immutableId
