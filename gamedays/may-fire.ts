import { BURN_ALARMS } from '../blueprint/burn-alarms';
import type { Expectations } from './game-day';

type Tolerated = Expectations['mayFire'];

/** Alarms of one place that a day neither asks for nor forbids. */
export const mayFire = (region: Tolerated[number]['region'], ...alarms: readonly string[]): Tolerated =>
  alarms.map((alarm) => ({ region, alarm }));

/** What tells of orders that are refused, for load or by the breaker, and what that makes of the budgets of their classes. */
export const refusalAlarms = (): string[] => [
  'payment-breaker',
  'requests-refused',
  'critical-orders-refused',
  'normal-orders-refused',
  ...BURN_ALARMS.map(({ id }) => id).filter((id) => /^(critical|normal)-acceptance-burn-/.test(id)),
];

/** The windows in which one of the error budgets is watched. */
export const burnAlarms = (of: 'acceptance' | 'decision' | 'normal-acceptance' | 'bulk-acceptance'): string[] =>
  BURN_ALARMS.map(({ id }) => id).filter((id) => id.startsWith(`${of}-burn-`));
