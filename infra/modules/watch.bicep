// Alerts, and a workbook that shows the lines. Events and what to do about each: docs/log-events.md.
param token string
param location string
param tags object
param email string
param logsId string
param appId string
param redisId string
param databaseId string
param topicId string

var events = loadJsonContent('../alerts.json')

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'ringmaster'
    enabled: true
    emailReceivers: empty(email) ? [] : [ { name: 'on-duty', emailAddress: email, useCommonAlertSchema: true } ]
  }
}

// What the server says itself.
resource said 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for alert in events: {
  name: 'said-${alert.name}-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Ringmaster: ${alert.title}'
    description: alert.todo
    severity: alert.severity
    enabled: true
    scopes: [ logsId ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    skipQueryValidation: true // the table is there once the first replica has logged
    criteria: {
      allOf: [
        {
          query: 'ContainerAppConsoleLogs | extend said = parse_json(Log) | where tostring(said.event) in (${join(map(alert.events, name => '"${name}"'), ', ')})'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [ people.id ] }
  }
}]

// What only Azure sees: nobody is there to say anything, or it is not us who broke.
var measured = [
  { name: 'undelivered', scope: topicId, metric: 'DroppedEventCount', type: 'Microsoft.EventGrid/systemTopics', over: 0, below: false, sum: 'Total', title: 'calls rang and were announced to nobody' }
  { name: 'restarts', scope: appId, metric: 'RestartCount', type: 'Microsoft.App/containerApps', over: 2, below: false, sum: 'Maximum', title: 'replicas start again and again' }
  { name: 'replicas', scope: appId, metric: 'Replicas', type: 'Microsoft.App/containerApps', over: 2, below: true, sum: 'Minimum', title: 'fewer than two replicas' }
  { name: 'redis-memory', scope: redisId, metric: 'usedmemorypercentage', type: 'Microsoft.Cache/redisEnterprise', over: 80, below: false, sum: 'Maximum', title: 'Redis is nearly full' }
  { name: 'database-disk', scope: databaseId, metric: 'storage_percent', type: 'Microsoft.DBforPostgreSQL/flexibleServers', over: 80, below: false, sum: 'Maximum', title: 'the disk of the database is nearly full' }
  { name: 'database-busy', scope: databaseId, metric: 'cpu_percent', type: 'Microsoft.DBforPostgreSQL/flexibleServers', over: 80, below: false, sum: 'Average', title: 'the database is busy' }
]

resource seen 'Microsoft.Insights/metricAlerts@2018-03-01' = [for alert in measured: {
  name: 'seen-${alert.name}-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Ringmaster: ${alert.title}'
    severity: 1
    enabled: true
    scopes: [ alert.scope ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: alert.name
          criterionType: 'StaticThresholdCriterion'
          metricName: alert.metric
          metricNamespace: alert.type
          operator: alert.below ? 'LessThan' : 'GreaterThan'
          threshold: alert.over
          timeAggregation: alert.sum
          skipMetricValidation: true
        }
      ]
    }
    autoMitigate: true
    actions: [ { actionGroupId: people.id } ]
  }
}]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'ringmaster')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Ringmaster: lines and calls'
    category: 'workbook'
    sourceId: logsId
    serializedData: string(loadJsonContent('../workbook.json'))
  }
}
