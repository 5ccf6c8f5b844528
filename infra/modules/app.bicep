// The server: identical replicas, scaled on calls, drained before they go.
param token string
param location string
param tags object
param identityId string
param registryServer string
param image string
param liveRevision string
param publicHost string
param certificateId string
param subnetId string
param zoneRedundant bool
param premiumIngress bool
@description('Live calls for each replica, beyond which another one is started. A replica takes twice as many.')
param callsPerReplica int
param logsId string
param vaultUri string
param secrets array
param settings array

@description('Has python3 and sh, and is run as infra/placeholder.py.')
param placeholder string = 'mcr.microsoft.com/azurelinux/base/python:3.12'

var isPrivate = !empty(subnetId)
var name = 'ca-${token}'
var placeholderText = loadTextContent('../placeholder.py')
var workers = 2 // one for each core of a replica

// Ingress ends what is open 480 s after it is told to go, unless it has nodes of its own that are told otherwise.
var ingress = premiumIngress
  ? {
      ingressConfiguration: {
        workloadProfileName: 'ingress'
        terminationGracePeriodSeconds: 3600
        requestIdleTimeout: 30
      }
    }
  : {}

resource environment 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: 'cae-${token}'
  location: location
  tags: tags
  properties: union(ingress, {
    appLogsConfiguration: { destination: 'azure-monitor' } // by the setting below: no key of the workspace is needed
    zoneRedundant: zoneRedundant && isPrivate
    vnetConfiguration: isPrivate ? { infrastructureSubnetId: subnetId, internal: false } : null
    workloadProfiles: concat(
      [ { name: 'Consumption', workloadProfileType: 'Consumption' } ],
      premiumIngress ? [ { name: 'ingress', workloadProfileType: 'D4', minimumCount: 2, maximumCount: 4 } ] : []
    )
  })
}

resource environmentLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: environment
  properties: {
    workspaceId: logsId
    logs: [ { category: 'ContainerAppConsoleLogs', enabled: true }, { category: 'ContainerAppSystemLogs', enabled: true } ]
  }
}

// The ingress, which alone reaches a replica: it says who the client is, and limits for each client go by that. Its
// addresses are of the platform's range, and in the private network of the app's subnet.
var proxies = isPrivate ? '100.64.0.0/10,10.42.0.0/23' : '100.64.0.0/10'
var ownHost = '${name}.${environment.properties.defaultDomain}'
var url = 'https://${empty(publicHost) ? ownHost : publicHost}'

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    managedEnvironmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      // Several revisions at once: the next one is looked at before it gets calls, the last one talks until its calls
      // have ended. infra/hooks/roll-out.sh moves the traffic.
      activeRevisionsMode: 'Multiple'
      maxInactiveRevisions: 5
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
        customDomains: empty(certificateId)
          ? []
          : [ { name: publicHost, certificateId: certificateId, bindingType: 'SniEnabled' } ]
        traffic: empty(liveRevision)
          ? [ { latestRevision: true, weight: 100 } ]
          : [ { revisionName: liveRevision, weight: 100, label: 'live' } ]
      }
      registries: [ { server: registryServer, identity: identityId } ]
      secrets: [for one in secrets: { name: one.secret, keyVaultUrl: '${vaultUri}secrets/${one.secret}', identity: identityId }]
    }
    template: {
      // A call may outlive the order to stop by this long. The server drains for 580 s, and then has 20 s to say goodbye.
      terminationGracePeriodSeconds: 600
      containers: [
        {
          name: 'ringmaster'
          image: empty(image) ? placeholder : image
          // The same command for both images: a later one takes the place of the placeholder and nothing else changes.
          command: [ 'sh', '-c', 'command -v ringmaster >/dev/null && exec ringmaster serve; exec python3 -c "$0"' ]
          args: [ placeholderText ]
          resources: { cpu: json('2.0'), memory: '4Gi' }
          env: concat(
            settings,
            map(secrets, one => { name: one.name, secretRef: one.secret }),
            [
              { name: 'HOST', value: '0.0.0.0' }
              { name: 'PORT', value: '8080' }
              { name: 'PUBLIC_BASE_URL', value: url }
              { name: 'ALLOWED_HOSTS', value: ownHost }
              { name: 'TRUSTED_PROXIES', value: proxies }
              { name: 'WORKERS', value: string(workers) }
              { name: 'DRAIN_SECONDS', value: '580' }
              { name: 'MAX_CALLS', value: string(callsPerReplica) }
              { name: 'LOG_FORMAT', value: 'json' }
            ]
          )
          volumeMounts: [ { volumeName: 'var', mountPath: '/app/var' } ]
          probes: [
            { type: 'Startup', httpGet: { path: '/startupz', port: 8080 }, periodSeconds: 2, failureThreshold: 60 }
            { type: 'Liveness', httpGet: { path: '/livez', port: 8080 }, periodSeconds: 10, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 5, failureThreshold: 2 }
          ]
        }
      ]
      volumes: [ { name: 'var', storageType: 'EmptyDir' } ]
      scale: {
        minReplicas: 2
        maxReplicas: 20
        cooldownPeriod: 300
        pollingInterval: 15
        // An open WebSocket is one request when it is opened and none after that, so a rule on HTTP requests never sees
        // calls. Asked for are the live calls of all replicas, and cores as well: docs/operations.md has the arithmetic.
        rules: [
          {
            name: 'calls'
            custom: {
              type: 'metrics-api'
              metadata: {
                url: '${url}/stats'
                format: 'json'
                valueLocation: 'everywhere.live'
                targetValue: string(callsPerReplica)
                authMode: 'bearer'
              }
              auth: [ { triggerParameter: 'token', secretRef: 'api-key' } ]
            }
          }
          { name: 'cores', custom: { type: 'cpu', metadata: { type: 'Utilization', value: '60' } } }
        ]
      }
    }
  }
}

output id string = app.id
output name string = app.name
output url string = url
