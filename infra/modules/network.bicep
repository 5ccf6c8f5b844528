// The private network: one for the app, one for private endpoints, one for the script that sets things up.
param token string
param location string
param tags object

var zoneNames = {
  database: 'privatelink.postgres.database.azure.com'
  redis: 'privatelink.redis.azure.net'
  vault: 'privatelink.vaultcore.azure.net'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  speech: 'privatelink.cognitiveservices.azure.com'
  model: 'privatelink.openai.azure.com'
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [ '10.42.0.0/16' ] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.42.0.0/23'
          delegations: [ { name: 'app', properties: { serviceName: 'Microsoft.App/environments' } } ]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: '10.42.2.0/24' } }
      {
        name: 'script'
        properties: {
          addressPrefix: '10.42.3.0/28'
          serviceEndpoints: [ { service: 'Microsoft.Storage' } ]
          delegations: [
            { name: 'script', properties: { serviceName: 'Microsoft.ContainerInstance/containerGroups' } }
          ]
        }
      }
    ]
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [for zone in items(zoneNames): {
  name: zone.value
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (zone, index) in items(zoneNames): {
  parent: zones[index]
  name: 'link-${token}'
  location: 'global'
  tags: tags
  properties: { virtualNetwork: { id: network.id }, registrationEnabled: false }
}]

output appSubnetId string = '${network.id}/subnets/app'
output endpointSubnetId string = '${network.id}/subnets/endpoints'
output scriptSubnetId string = '${network.id}/subnets/script'
output zones object = {
  database: resourceId('Microsoft.Network/privateDnsZones', zoneNames.database)
  redis: resourceId('Microsoft.Network/privateDnsZones', zoneNames.redis)
  vault: resourceId('Microsoft.Network/privateDnsZones', zoneNames.vault)
  blob: resourceId('Microsoft.Network/privateDnsZones', zoneNames.blob)
  speech: resourceId('Microsoft.Network/privateDnsZones', zoneNames.speech)
  model: resourceId('Microsoft.Network/privateDnsZones', zoneNames.model)
}
