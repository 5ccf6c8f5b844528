// ACS, its logs, and the topic on which it announces calls. Who gets them: infra/incoming-calls.bicep.
param token string
param tags object
param dataLocation string
param principalId string
param logsId string

// The smallest built-in role that may answer calls: it holds for this one resource, and for nothing but ACS.
var communicationOwner = '09976791-48a7-449e-bb21-39d1a415f350' // Communication and Email Service Owner

resource acs 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: 'acs-${token}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation, disableLocalAuth: true }
}

resource mayUseCalls 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(acs.id, principalId, communicationOwner)
  scope: acs
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', communicationOwner)
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgt-${token}'
  location: 'global'
  tags: tags
  properties: { source: acs.id, topicType: 'Microsoft.Communication.CommunicationServices' }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: acs
  properties: {
    workspaceId: logsId
    logs: [
      { category: 'CallAutomationOperational', enabled: true }
      { category: 'CallAutomationMediaSummary', enabled: true }
      { category: 'CallSummary', enabled: true }
      { category: 'CallDiagnostics', enabled: true }
      { category: 'AuthOperational', enabled: true }
    ]
    metrics: [ { category: 'AllMetrics', enabled: true } ]
  }
}

resource topicLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: topic
  properties: {
    workspaceId: logsId
    logs: [ { category: 'DeliveryFailures', enabled: true } ]
    metrics: [ { category: 'AllMetrics', enabled: true } ]
  }
}

output immutableId string = acs.properties.immutableResourceId
// The host's name carries the place of its data, so it is asked for and not put together.
output endpoint string = 'https://${acs.properties.hostName}'
output topicName string = topic.name
output topicId string = topic.id
