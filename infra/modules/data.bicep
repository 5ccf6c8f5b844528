// Redis holds live calls, PostgreSQL what must outlive them.
param token string
param location string
param tags object
@secure()
param password string

resource redis 'Microsoft.Cache/redis@2024-03-01' = {
  name: 'redis-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'Standard', family: 'C', capacity: 1 } // Basic loses its data on failover
    minimumTlsVersion: '1.2'
    enableNonSslPort: false
  }
}

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'psql-${token}'
  location: location
  tags: tags
  sku: { name: 'Standard_B2s', tier: 'Burstable' }
  properties: {
    version: '16'
    administratorLogin: 'ringmaster'
    administratorLoginPassword: password
    storage: { storageSizeGB: 32 }
    backup: { backupRetentionDays: 14 }
  }

  resource database 'databases' = {
    name: 'ringmaster'
  }

  resource fromAzure 'firewallRules' = {
    name: 'azure-services'
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  }
}

@secure()
output redisUrl string = 'rediss://:${uriComponent(redis.listKeys().primaryKey)}@${redis.properties.hostName}:6380/0'
@secure()
output databaseUrl string = 'postgresql+psycopg://ringmaster:${uriComponent(password)}@${postgres.properties.fullyQualifiedDomainName}/ringmaster?sslmode=require'
