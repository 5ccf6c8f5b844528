// Redis holds live calls, PostgreSQL what must outlive them. Both know identities only: there is no key and no password.
param token string
param location string
param tags object
param serverPrincipalId string
param setUpPrincipalId string
param setUpName string
param standby bool
param zoneRedundant bool
param endpointSubnetId string
param zones object
param logsId string

var isPrivate = !empty(endpointSubnetId)
var databaseName = 'ringmaster'
var mode = zoneRedundant ? 'ZoneRedundant' : 'SameZone'

resource redis 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: 'redis-${token}'
  location: location
  tags: tags
  sku: { name: 'Balanced_B1' }
  properties: {
    minimumTlsVersion: '1.2'
    highAvailability: 'Enabled' // two nodes, in two zones where the region has them
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }

  resource database 'databases' = {
    name: 'default'
    properties: {
      clientProtocol: 'Encrypted'
      port: 10000
      // One address for all shards, so that a plain client will do; keys of one script still have to share a slot.
      clusteringPolicy: 'EnterpriseCluster'
      evictionPolicy: 'NoEviction' // a live call must not be thrown away; keys have an end of life of their own
      accessKeysAuthentication: 'Disabled'
    }

    resource server 'accessPolicyAssignments' = {
      name: 'server'
      properties: { accessPolicyName: 'default', user: { objectId: serverPrincipalId } }
    }
  }
}

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'psql-${token}'
  location: location
  tags: tags
  sku: standby ? { name: 'Standard_D2ds_v5', tier: 'GeneralPurpose' } : { name: 'Standard_B2s', tier: 'Burstable' }
  properties: {
    version: '16'
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: tenant().tenantId }
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: standby ? mode : 'Disabled' }
    network: { publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled' }
  }

  resource database 'databases' = {
    name: databaseName
  }

  // The administrator is an identity that only modules/set-up.bicep uses; the server logs in as a role without rights.
  resource administrator 'administrators' = {
    name: setUpPrincipalId
    properties: { principalName: setUpName, principalType: 'ServicePrincipal', tenantId: tenant().tenantId }
    dependsOn: [ database ]
  }

  // Without the private network: packets from any Azure address get as far as the login, which takes tokens of our own
  // tenant only.
  resource fromAzure 'firewallRules' = if (!isPrivate) {
    name: 'azure-services'
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
    dependsOn: [ administrator ]
  }
}

resource redisLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: redis
  properties: { workspaceId: logsId, metrics: [ { category: 'AllMetrics', enabled: true } ] }
}

resource postgresLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: postgres
  properties: {
    workspaceId: logsId
    logs: [ { category: 'PostgreSQLLogs', enabled: true } ]
    metrics: [ { category: 'AllMetrics', enabled: true } ]
  }
}

module redisEndpoint 'private-endpoint.bicep' = if (isPrivate) {
  name: 'redis-endpoint'
  params: {
    name: 'pe-redis-${token}'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: redis.id
    groupId: 'redisEnterprise'
    zoneId: isPrivate ? zones.redis : ''
  }
}

module databaseEndpoint 'private-endpoint.bicep' = if (isPrivate) {
  name: 'database-endpoint'
  params: {
    name: 'pe-database-${token}'
    location: location
    tags: tags
    subnetId: endpointSubnetId
    serviceId: postgres.id
    groupId: 'postgresqlServer'
    zoneId: isPrivate ? zones.database : ''
  }
}

output redisId string = redis.id
// The user is the identity's object id; its password is a token, which the server asks for by itself.
output redisUrl string = 'rediss://${serverPrincipalId}@${redis.properties.hostName}:10000/0?cluster=false'
output databaseId string = postgres.id
output databaseHost string = postgres.properties.fullyQualifiedDomainName
output databaseName string = databaseName
