// ACS, and the subscription that turns a ringing phone into a webhook.
param token string
param tags object
param dataLocation string
param principalId string
param cognitiveServicesId string
@description('Empty: do not subscribe yet. The webhook must be up to answer the handshake.')
param webhookUrl string

var contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c' // Contributor, on this one resource

resource acs 'Microsoft.Communication/communicationServices@2023-06-01-preview' = {
  name: 'acs-${token}'
  location: 'global'
  tags: union(tags, { speech: last(split(cognitiveServicesId, '/')) })
  identity: { type: 'SystemAssigned' }
  properties: { dataLocation: dataLocation }
}

resource mayUseCalls 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(acs.id, principalId, contributor)
  scope: acs
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', contributor)
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2024-06-01-preview' = {
  name: 'evgt-${token}'
  location: 'global'
  tags: tags
  properties: { source: acs.id, topicType: 'Microsoft.Communication.CommunicationServices' }
}

resource incoming 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2024-06-01-preview' = if (!empty(webhookUrl)) {
  parent: topic
  name: 'incoming-calls'
  properties: {
    destination: { endpointType: 'WebHook', properties: { endpointUrl: webhookUrl, maxEventsPerBatch: 1 } }
    filter: { includedEventTypes: [ 'Microsoft.Communication.IncomingCall' ] }
    // A call that was not answered within a minute is over: later deliveries help nobody.
    retryPolicy: { maxDeliveryAttempts: 5, eventTimeToLiveInMinutes: 1 }
  }
}

output immutableId string = acs.properties.immutableResourceId
output endpoint string = 'https://${acs.properties.hostName}'
