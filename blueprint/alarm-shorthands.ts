import type { AlarmDefinition, AlarmMetric } from './alarm-definition';

type Defaulted = 'severity' | 'place' | 'owner' | 'runbook' | 'periodSeconds' | 'action';

/** A ticket of both serving regions, looked at every minute, with a page of its own name, that only tells. */
export const alarm = (
  definition: Omit<AlarmDefinition, Defaulted> & Partial<Pick<AlarmDefinition, Defaulted>>,
): AlarmDefinition => ({
  severity: 'ticket',
  place: 'serving',
  owner: 'orders team',
  runbook: `runbooks/${definition.id}.md`,
  periodSeconds: 60,
  action: 'None: a person follows the runbook.',
  ...definition,
});

export const QUIET_IS_GOOD = {
  missingData: 'notBreaching',
  missingDataWhy: 'AWS publishes nothing while nothing happens, and nothing happening is no failure.',
} as const;
export const ZEROS_ARE_PUBLISHED = {
  missingData: 'notBreaching',
  missingDataWhy: 'Every sweep publishes a zero; a sweeper that is silent is the business of peer-silent.',
} as const;
export const SILENCE_IS_BAD = (missingDataWhy: string) => ({ missingData: 'breaching', missingDataWhy }) as const;

export const ONCE = {
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  periodsWhy: 'A single one is a fact, not a fluctuation.',
} as const;
export const TWO_OF_THREE = {
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  periodsWhy: 'One bad minute is chance; two of three are a state. One good minute between them must not hide it.',
} as const;
export const THREE_OF_FIVE = {
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  periodsWhy: 'A percentile of few samples jumps: three of five minutes do not.',
} as const;

export const expression = (
  title: string,
  formula: string,
  metrics: Extract<AlarmMetric, { source: 'expression' }>['metrics'],
): AlarmMetric => ({ source: 'expression', title, formula, metrics });
