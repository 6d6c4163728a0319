import { NotModelled } from '../../kernel/errors';
import type { Json, JsonObject } from '../aws-service';

/** One statement of an identity policy, ready to be matched. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly RegExp[];
  readonly resources: readonly RegExp[];
  /** The statement as the template has it, for messages. */
  readonly source: JsonObject;
}

const MODELLED = new Set(['Sid', 'Effect', 'Action', 'Resource']);

/**
 * Reads one statement of an identity policy document.
 * @throws NotModelled for members such as `Condition` or `NotAction`: ignoring one would grant or deny the wrong thing
 */
export function parsePolicyStatement(statement: JsonObject): PolicyStatement {
  for (const member of Object.keys(statement)) {
    if (!MODELLED.has(member)) {
      throw new NotModelled(`${member} in an identity policy`, 'State the grant with actions and resources alone.');
    }
  }
  const effect = statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new NotModelled(`Effect ${JSON.stringify(effect)}`, 'Use Allow or Deny.');
  }
  return {
    effect,
    actions: asStrings(statement.Action).map((pattern) => wildcard(pattern, 'i')),
    resources: asStrings(statement.Resource).map((pattern) => wildcard(pattern, '')),
    source: statement,
  };
}

/** Whether the statement speaks about this action on this resource. */
export function statementMatches(statement: PolicyStatement, action: string, resource: string): boolean {
  return (
    statement.actions.some((pattern) => pattern.test(action)) &&
    statement.resources.some((pattern) => pattern.test(resource))
  );
}

function asStrings(value: Json | undefined): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((entry) => {
    if (typeof entry !== 'string') {
      throw new NotModelled(`Policy member ${JSON.stringify(entry)}`, 'It must resolve to a string.');
    }
    return entry;
  });
}

function wildcard(pattern: string, flags: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, flags);
}
