// In which turn of a call each field of its case was told: the agent then passed it on to the form's tool.

/**
 * @param call with its turns; viewers are given no arguments of tools, so they see no turns here. @param form its spec.
 * @returns {Object} the turn's index by field name: the last in which the field was told.
 */
export function saidIn(call, form) {
  const found = {};
  if (!call || !form) return found;
  const tool = form.tools?.record ?? `record_${form.name}`;
  for (const turn of call.turns) {
    for (const moment of turn.moments.filter((one) => one.kind === "tool" && one.name === tool && one.ok !== false)) {
      for (const name of namesIn(moment.given)) found[name] = turn.index;
    }
  }
  return found;
}

function namesIn(given) {
  try {
    return Object.entries(JSON.parse(given)).filter(([, value]) => value !== null).map(([name]) => name);
  } catch {
    return []; // it was cut, or may not be seen
  }
}
