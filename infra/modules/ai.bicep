// Speech and the language model, reached with the app's identity only (local authentication is off).
param token string
param location string
param tags object
param principalId string
param modelName string
param modelVersion string
param modelCapacity int

var speechUser = 'f2dc8367-1007-4938-bd23-fe263f013447' // Cognitive Services Speech User
var openAiUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd' // Cognitive Services OpenAI User

resource speech 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'speech-${token}'
  location: location
  tags: tags
  kind: 'SpeechServices'
  sku: { name: 'S0' }
  properties: { customSubDomainName: 'speech-${token}', disableLocalAuth: true, publicNetworkAccess: 'Enabled' }
}

resource openAi 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'openai-${token}'
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: { customSubDomainName: 'openai-${token}', disableLocalAuth: true, publicNetworkAccess: 'Enabled' }
}

resource model 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  parent: openAi
  name: modelName
  sku: { name: 'GlobalStandard', capacity: modelCapacity }
  properties: { model: { format: 'OpenAI', name: modelName, version: modelVersion } }
}

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

output speechId string = speech.id
output speechEndpoint string = speech.properties.endpoint
output openAiEndpoint string = openAi.properties.endpoint
