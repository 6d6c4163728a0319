import type { CompositeDefinition } from './alarm-definition';
import { burnPairs } from './burn-alarms';

type Defaulted = 'severity' | 'place' | 'owner' | 'runbook' | 'action';

/** A page of both serving regions. */
const composite = (
  definition: Omit<CompositeDefinition, Defaulted> & Partial<Pick<CompositeDefinition, Defaulted>>,
): CompositeDefinition => ({
  severity: 'page',
  place: 'serving',
  owner: 'orders team',
  runbook: `runbooks/${definition.id}.md`,
  action: 'Pages, unless maintenance is declared.',
  ...definition,
});

/** What wakes a person: one page a trouble, whatever number of alarms it sets off. */
export const COMPOSITE_ALARMS: readonly CompositeDefinition[] = [
  composite({
    id: 'orders-at-risk',
    service: 'intake',
    anyOf: [
      'intake-server-errors',
      'intake-latency',
      'orders-too-low',
      'critical-orders-refused',
      ...burnPairs('fast', 'order-acceptance', 'critical-acceptance'),
    ],
    why: 'Customers cannot place orders, or soon will not, or those who come first are refused.',
    gameDay: 'queue-unavailable',
  }),
  composite({
    id: 'decisions-at-risk',
    service: 'fulfilment',
    anyOf: ['work-queue-age', 'stuck-orders', ...burnPairs('fast', 'order-decision')],
    why: 'Orders were promised an outcome and do not get it in time.',
    gameDay: 'payment-down',
  }),
  composite({
    id: 'peer-lost',
    service: 'probe',
    anyOf: ['peer-silent', 'peer-failing'],
    why: 'The other region is gone, sick or cut off; a region cannot page about its own loss.',
    gameDay: 'dead-dependency',
  }),
  composite({
    id: 'traffic-moved',
    service: 'intake',
    place: 'standby',
    anyOf: ['standby-serving', 'evacuated'],
    why: 'Customers are served by the standby: there is no second region any more, and somebody must know why.',
    onlyUnder: 'failover',
    gameDay: 'dead-dependency',
  }),
  composite({
    id: 'budget-burning',
    service: 'intake',
    severity: 'ticket',
    runbook: 'runbooks/error-budget.md',
    // Those who are refused first wake nobody, however fast it goes.
    anyOf: [...burnPairs('slow'), ...burnPairs('fast', 'normal-acceptance', 'bulk-acceptance')],
    isSpared: true,
    why: 'At this pace the error budget is gone within days: work for the morning.',
    gameDay: 'slow-burn',
    action: 'None: a person follows the runbook.',
  }),
  composite({
    id: 'region-unseen',
    service: 'observer',
    place: 'witness',
    anyOf: ['primary-unseen', 'standby-unseen', 'observer-silent'],
    why: 'Seen from outside both, a serving region does not answer, or nobody looks any more.',
    gameDay: 'dead-dependency',
  }),
];
