// Who gets the calls, and hears of files that ACS recorded. Deployed by infra/hooks/subscribe.sh once the server answers, for Event Grid shakes hands with it.
param topicName string
param url string
param tenantId string
param applicationId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource incoming 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'incoming-calls'
  properties: {
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: '${url}/api/v1/calls/answer'
        maxEventsPerBatch: 1 // the next caller does not wait for this one
        // Deliveries carry a token of our own tenant: the address holds no secret.
        azureActiveDirectoryTenantId: tenantId
        azureActiveDirectoryApplicationIdOrUri: applicationId
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: { includedEventTypes: [ 'Microsoft.Communication.IncomingCall' ] }
    // A call that was not answered within a minute is over: later deliveries, and letters kept of them, help nobody.
    retryPolicy: { maxDeliveryAttempts: 5, eventTimeToLiveInMinutes: 1 }
  }
}

// Where a line says recording.by: acs. A file stays at ACS for a day, and its event comes again until it is fetched.
resource recorded 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'recorded-files'
  properties: {
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: '${url}/api/v1/calls/answer'
        maxEventsPerBatch: 1
        azureActiveDirectoryTenantId: tenantId
        azureActiveDirectoryApplicationIdOrUri: applicationId
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: { includedEventTypes: [ 'Microsoft.Communication.RecordingFileStatusUpdated' ] }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
  dependsOn: [ incoming ] // one subscription of a topic at a time
}
