import type { Stage } from '../../blueprint/capacity';
import { CONNECTIONS, type ConnectionDefinition } from '../../blueprint/connections';
import { DATA } from '../../blueprint/data';
import { datumResourceName, functionName, OPERATOR_ROLE } from '../../blueprint/names';
import { PUBLIC_ROUTES } from '../../blueprint/order-api';
import { SERVICES } from '../../blueprint/services';
import type { ObservedCall } from '../targets/target';
import type { Check } from './check';

/** Routes of the payment provider, which is a service of ours in the sandbox only. */
const PAYMENT_ROUTE = /^(POST\/(charges|voids)|GET\/payments\/.*)$/;

/** What the health API answers without a signature, behind its unguessable path. */
const HEALTH_URL = /^https:\/\/[^/]+\/[^/]+\/(live|ready|switch\/[a-z0-9-]+)$/;

/** What the blueprint calls the caller: a service by its function's name, the operator, and everybody else a client. */
function callerOf(stage: Stage, { caller }: ObservedCall): ConnectionDefinition['from'] {
  if (caller === OPERATOR_ROLE) return 'operator';
  if (caller === 'route53') return 'route53';
  return SERVICES.find(({ name }) => functionName(stage, name) === caller)?.name ?? 'client';
}

/** What the blueprint calls the resource, or undefined for one it does not know. */
function calleeOf(stage: Stage, { resource }: ObservedCall): string | undefined {
  const route = /^arn:aws:execute-api:[^:]*:[^:]*:[^/]+\/\$default\/(.*)$/.exec(resource)?.[1];
  if (route !== undefined) {
    if (PAYMENT_ROUTE.test(route)) return 'payments';
    return PUBLIC_ROUTES.find(({ method, path }) => route.startsWith(`${method}${path.split('{')[0]}`))?.service;
  }
  if (HEALTH_URL.test(resource)) return 'health';
  if (resource.startsWith('arn:aws:sns:')) return 'notifications';
  const name = /^arn:aws:dynamodb:[^:]*:[^:]*:table\/([^/]+)|^arn:aws:sqs:[^:]*:[^:]*:(.+)$/.exec(resource);
  return DATA.find((datum) => datumResourceName(stage, datum.name) === (name?.[1] ?? name?.[2]))?.name;
}

/** It sees the calls that an identity makes, and those that functions and health checkers make under none. */
export const declaredConnections: Check = {
  id: 'declared-connections',
  title: 'Every call between parts is one the blueprint declares',
  failureTitle: 'Parts called each other in ways the blueprint does not declare',
  description:
    'A call nobody declared has no time limit, no recovery strategy and no owner: it is found when it fails, by those it takes down.',
  judge: ({ stage, record }) => {
    const undeclared = record.calls.filter((call) => {
      const [from, to] = [callerOf(stage, call), calleeOf(stage, call)];
      return !CONNECTIONS.some((connection) => connection.from === from && connection.to === to);
    });
    return {
      // A day on which nobody called anybody proves nothing.
      verdict: undeclared.length === 0 && record.calls.length > 0 ? 'pass' : 'fail',
      measured: `${undeclared.length} of ${record.calls.length} different calls`,
      bar: '0 undeclared ones',
      details: undeclared.map(({ caller, action, resource }) => `${caller} called ${action} on ${resource}`),
    };
  },
};
