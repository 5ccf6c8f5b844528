// The server: identical replicas, scaled on calls, drained before they go.
param token string
param location string
param tags object
param identityId string
param identityClientId string
param registryServer string
param logAnalyticsCustomerId string
@secure()
param logAnalyticsKey string
@secure()
param secrets object
param settings object

@description('Image of the server; azd sets it, any small web image does for the very first provisioning.')
param image string

@description('Calls that one replica takes; more start another one.')
param callsPerReplica int = 50

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'cae-${token}'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: { customerId: logAnalyticsCustomerId, sharedKey: logAnalyticsKey }
    }
  }
}

var name = 'ca-${token}'
var url = 'https://${name}.${environment.properties.defaultDomain}'
var plain = [for item in items(settings): { name: item.key, value: string(item.value) }]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'ringmaster' })
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    managedEnvironmentId: environment.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: 8080, transport: 'auto' }
      registries: [ { server: registryServer, identity: identityId } ]
      secrets: [
        { name: 'insights', value: secrets.insights }
        { name: 'redis', value: secrets.redis }
        { name: 'database', value: secrets.database }
        { name: 'eventgrid', value: secrets.eventgrid }
        { name: 'api', value: secrets.api }
      ]
    }
    template: {
      // A call may outlive the order to stop by this long; the server drains meanwhile.
      terminationGracePeriodSeconds: 600
      containers: [
        {
          name: 'ringmaster'
          image: image
          resources: { cpu: json('2.0'), memory: '4Gi' }
          env: concat(plain, [
            { name: 'AZURE_CLIENT_ID', value: identityClientId }
            { name: 'PUBLIC_BASE_URL', value: url }
            { name: 'WORKERS', value: '1' }
            { name: 'DRAIN_SECONDS', value: '580' }
            { name: 'MAX_CALLS', value: string(callsPerReplica * 2) }
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', secretRef: 'insights' }
            { name: 'REDIS_URL', secretRef: 'redis' }
            { name: 'DATABASE_URL', secretRef: 'database' }
            { name: 'EVENT_GRID_KEY', secretRef: 'eventgrid' }
            { name: 'API_KEY', secretRef: 'api' }
          ])
          probes: [
            { type: 'Startup', httpGet: { path: '/startupz', port: 8080 }, periodSeconds: 2, failureThreshold: 60 }
            { type: 'Liveness', httpGet: { path: '/livez', port: 8080 }, periodSeconds: 10, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 5, failureThreshold: 2 }
          ]
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: 20
        // A call is one open WebSocket: concurrent requests are concurrent calls.
        rules: [ { name: 'calls', http: { metadata: { concurrentRequests: string(callsPerReplica) } } } ]
      }
    }
  }
}

output url string = url
