/** What customers are promised whatever happens, once the world has healed. */
export const ORDER_PROMISES = [
  'no-order-lost',
  'charged-exactly-when-confirmed',
  'accepted-once',
  'one-outcome-everywhere',
] as const;

/** What must not be left behind by any day. */
export const NO_RESIDUE = ['no-dead-letters', 'no-access-denied', 'declared-connections', 'converged'] as const;

/** What the person on call relies on. */
export const ALARMS_AS_EXPECTED = ['expected-alarms-fired', 'expected-alarms-cleared', 'no-other-alarm-fired'] as const;
