// Speech and the language models, reached with the server's identity only (keys are switched off).
param token string
param location string
param tags object
param principalId string
param deployments array
param endpointSubnetId string
param zones object
param logsId string

var speechUser = 'f2dc8367-1007-4938-bd23-fe263f013447' // Cognitive Services Speech User
var openAiUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd' // Cognitive Services OpenAI User
var isPrivate = !empty(endpointSubnetId)
var publicAccess = isPrivate ? 'Disabled' : 'Enabled'

resource speech 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'speech-${token}'
  location: location
  tags: tags
  kind: 'SpeechServices'
  sku: { name: 'S0' }
  properties: { customSubDomainName: 'speech-${token}', disableLocalAuth: true, publicNetworkAccess: publicAccess }
}

resource openAi 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'openai-${token}'
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: { customSubDomainName: 'openai-${token}', disableLocalAuth: true, publicNetworkAccess: publicAccess }
}

// One after the other: the service refuses a second deployment while the first one is being made.
@batchSize(1)
resource model 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = [for deployment in deployments: {
  parent: openAi
  name: deployment.name
  sku: { name: 'GlobalStandard', capacity: deployment.capacity }
  properties: {
    model: { format: 'OpenAI', name: deployment.model, version: deployment.version }
    versionUpgradeOption: 'OnceCurrentVersionExpired' // a line that talks worse is better than one that does not talk
  }
}]

resource mayUseSpeech 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(speech.id, principalId, speechUser)
  scope: speech
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', speechUser)
  }
}

resource mayUseModel 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(openAi.id, principalId, openAiUser)
  scope: openAi
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', openAiUser)
  }
}

// Who asked when and how it ended. The traces that hold what was said are not among the audit logs.
resource speechLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: speech
  properties: {
    workspaceId: logsId
    logs: [ { category: 'Audit', enabled: true }, { category: 'RequestResponse', enabled: true } ]
    metrics: [ { category: 'AllMetrics', enabled: true } ]
  }
}

resource openAiLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: openAi
  properties: {
    workspaceId: logsId
    logs: [ { category: 'Audit', enabled: true }, { category: 'RequestResponse', enabled: true } ]
    metrics: [ { category: 'AllMetrics', enabled: true } ]
  }
}

module speechEndpoint 'private-endpoint.bicep' = if (isPrivate) {
  name: 'speech-endpoint'
  params: {
    name: 'pe-speech-${token}'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: speech.id
    groupId: 'account'
    zoneId: isPrivate ? zones.speech : ''
  }
}

module openAiEndpoint 'private-endpoint.bicep' = if (isPrivate) {
  name: 'model-endpoint'
  params: {
    name: 'pe-model-${token}'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: openAi.id
    groupId: 'account'
    zoneId: isPrivate ? zones.model : ''
  }
}

output speechId string = speech.id
output speechEndpoint string = speech.properties.endpoint
output openAiEndpoint string = openAi.properties.endpoint
