import type { Configuration } from './configuration';

/**
 * How often a quiet system looks at itself, which is most of what a quiet system costs.
 *
 * `standard` finds a lost region within seconds; `lean` finds it within two minutes and costs half. Both have every alarm.
 */
export type Footprint = Configuration['footprint'];

type Choices = Pick<Configuration, 'footprint' | 'routing' | 'automation'>;

/**
 * How a function that runs once a minute spends it: looking again and again until the next minute begins, or a few times in
 * a row. A function that waits is billed like one that works.
 */
export type Rhythm = 'steady' | 'burst';

export interface LookRhythm {
  /** In one minute. The first look is at once. */
  readonly looks: number;
  readonly periodMs: number;
  /** What was measured is published after so many looks, and at the end. */
  readonly looksAPublication: number;
  /** A handful of looks makes no percentile worth a metric. */
  readonly measuresLatency: boolean;
}

const BURST: LookRhythm = { looks: 4, periodMs: 1_000, looksAPublication: 4, measuresLatency: false };

export const RHYTHMS: Readonly<Record<'probe' | 'observer', Readonly<Record<Rhythm, LookRhythm>>>> = {
  probe: {
    // A region with 30 % errors is to be seen within a minute. The last probe begins after 54 s and ends within 3 s.
    steady: { looks: 28, periodMs: 2_000, looksAPublication: 5, measuresLatency: true },
    burst: BURST,
  },
  observer: {
    // The last look begins after 45 s, so that it has ended before the next minute's invocation begins.
    steady: { looks: 10, periodMs: 5_000, looksAPublication: 10, measuresLatency: true },
    burst: BURST,
  },
};

/** How long the looks of one minute last when everything answers at once, in milliseconds. */
export const looksMs = ({ looks, periodMs }: LookRhythm): number => (looks - 1) * periodMs;

/**
 * The rhythm of the probe in a region. It is steady where customers are hurt by what it sees: in the standby, which looks at
 * the primary, and under latency routing in both.
 */
export function probeRhythm({ footprint, routing, automation }: Choices, place: 'primary' | 'standby'): Rhythm {
  const watchesCustomers = place === 'standby' || routing === 'latency';
  return watchesCustomers && (footprint === 'standard' || automation === 'on') ? 'steady' : 'burst';
}

/** The observer's opinion is asked for within seconds by the responder alone; its alarms look once a minute. */
export const observerRhythm = ({ automation }: Choices): Rhythm => (automation === 'on' ? 'steady' : 'burst');

/** How checkers ask. An interval of ten seconds is an optional feature that is billed, and three times the requests. */
export interface CheckRhythm {
  readonly intervalSeconds: 10 | 30;
  /** So many results in a row turn the opinion of one checker. */
  readonly failureThreshold: number;
}

/**
 * Whether a region is ready. A region is unhealthy when five of its six checkers say so, so a lost packet turns nothing:
 * two failures ten seconds apart, or one where the next would be half a minute away. A standby that serves nobody is asked
 * less often: callers wait for the primary's check, and nobody waits for the standby's.
 */
export function readyRhythm(
  { footprint, routing }: Pick<Choices, 'footprint' | 'routing'>,
  place: 'primary' | 'standby',
): CheckRhythm {
  const servesNobody = place === 'standby' && routing === 'failover';
  return footprint === 'lean' || servesNobody
    ? { intervalSeconds: 30, failureThreshold: 1 }
    : { intervalSeconds: 10, failureThreshold: 2 };
}

/**
 * Whether a switch is set. Nothing but a switch that is set answers 200, so one answer suffices, and the second of six
 * checkers, which is enough, has it after nine seconds in the mean.
 */
export const SWITCH_RHYTHM: CheckRhythm = { intervalSeconds: 30, failureThreshold: 1 };

/**
 * Whether the standby is spared what only a region with customers needs: a health check of its own, since Route 53 answers
 * the second record of a failover pair without one whenever the first is unhealthy, and with one it answers the first when
 * both are (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html);
 * and the alarms on error budgets, which need a hundred orders an hour to say anything.
 */
export const sparesStandby = ({ footprint, routing }: Pick<Choices, 'footprint' | 'routing'>): boolean =>
  footprint === 'lean' && routing === 'failover';

/**
 * Whether every sweep publishes zeros of what did not happen. Without them an alarm on a sparse metric clears some minutes
 * after its last bad point rather than at once.
 */
export const publishesZeros = ({ footprint }: Choices): boolean => footprint === 'standard';
