/** What customers may rely on. The error budget is what is left of it. */
export interface ServiceLevelObjective {
  readonly id: string;
  readonly promise: string;
  /** Good events of all events, 0 to 1. */
  readonly objective: number;
  readonly windowDays: number;
  /** Whose promise it is. @default - everybody's */
  readonly ofClass?: AvailabilityClass;
}

/** The availability that each class of orders is promised, as a share of the minutes of a year. */
export const AVAILABILITY_TARGETS = { critical: 0.99999, normal: 0.9995, bulk: 0.999 } as const;
export type AvailabilityClass = keyof typeof AVAILABILITY_TARGETS;
/** The most important one first. */
export const AVAILABILITY_CLASSES: readonly AvailabilityClass[] = ['critical', 'normal', 'bulk'];

/**
 * The first two are of all orders: the API that counts its 5xx knows no class, and neither does the provider that decides.
 * Being refused for load is what tells the classes apart.
 */
export const SERVICE_LEVEL_OBJECTIVES: readonly ServiceLevelObjective[] = [
  {
    id: 'order-acceptance',
    promise: 'An order sent until it is answered, with one key, is acknowledged.',
    objective: 0.9995,
    windowDays: 28,
  },
  {
    id: 'order-decision',
    promise: 'An acknowledged order is decided before its deadline.',
    objective: 0.999,
    windowDays: 28,
  },
  ...AVAILABILITY_CLASSES.map((name) => ({
    id: `${name}-acceptance`,
    promise: `An order of the class ${name} is not refused for load.`,
    objective: AVAILABILITY_TARGETS[name],
    windowDays: 28,
    ofClass: name,
  })),
];

/** How often something is declared to break, and how long callers of one class are without service each time. */
export interface DeclaredFailure {
  readonly name: string;
  readonly perYear: number;
  readonly outageSeconds: number;
  /** The share of callers that is hurt meanwhile. */
  readonly share: number;
  readonly source: string;
}

/**
 * Declared, not known: nobody can measure a rate of once in years on a laptop. The durations are measured by the game day
 * that is named, or are the published figure for AWS where that is longer.
 */
export const DECLARED_FAILURES: readonly DeclaredFailure[] = [
  {
    name: 'the primary region is lost and DNS moves by itself',
    perYear: 0.5,
    outageSeconds: 90,
    share: 1,
    source: 'Published failovers of Route 53 take 60 to 90 s; region-loss measures less.',
  },
  {
    name: 'the primary is gray and the responder evacuates it',
    perYear: 2,
    outageSeconds: 240,
    share: 0.3,
    source: 'gray-region: the switch within 180 s of the start, then the time to live.',
  },
  {
    name: 'a deployment breaks the primary and is evacuated',
    perYear: 2,
    outageSeconds: 180,
    share: 1,
    source: 'bad-deployment, and a person who reads the page.',
  },
];

const SECONDS_A_YEAR = 365.25 * 86_400;

/** What the declared failures leave of a year, and which targets are within reach. */
export function reachableAvailability(failures: readonly DeclaredFailure[] = DECLARED_FAILURES): {
  readonly availability: number;
  readonly outageSecondsAYear: number;
  readonly isReachable: Readonly<Record<AvailabilityClass, boolean>>;
} {
  const outageSecondsAYear = failures.reduce(
    (sum, { perYear, outageSeconds, share }) => sum + perYear * outageSeconds * share,
    0,
  );
  const availability = 1 - outageSecondsAYear / SECONDS_A_YEAR;
  const { critical, normal, bulk } = AVAILABILITY_TARGETS;
  const reaches = (target: number): boolean => availability >= target;
  return {
    availability,
    outageSecondsAYear,
    isReachable: { critical: reaches(critical), normal: reaches(normal), bulk: reaches(bulk) },
  };
}

/** Windows in which an error budget may be seen to burn: a long one that proves it, a short one that proves it still does. */
export interface BurnWindow {
  readonly name: 'fast' | 'slow';
  /** How many times faster than the window of the objective would allow. */
  readonly rate: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
}

/**
 * Two per cent of the budget in an hour, and five per cent in six hours
 * (https://sre.google/workbook/alerting-on-slos/, multiwindow, multi-burn-rate alerts).
 */
export const BURN_WINDOWS: readonly BurnWindow[] = [
  { name: 'fast', rate: 14.4, longSeconds: 3_600, shortSeconds: 300 },
  { name: 'slow', rate: 6, longSeconds: 21_600, shortSeconds: 1_800 },
];

/** The share of bad events, in per cent, at which a window burns too fast. */
export const burnThresholdPercent = ({ objective }: ServiceLevelObjective, { rate }: BurnWindow): number =>
  Number((100 * rate * (1 - objective)).toFixed(4));

/**
 * The bad events at which a window burns too fast, of that many planned ones a second: at least one.
 * @param periodSeconds the longer or the shorter period of the window
 */
export const burnThresholdEvents = (
  objective: ServiceLevelObjective,
  window: BurnWindow,
  { eventsPerSecond, periodSeconds }: { readonly eventsPerSecond: number; readonly periodSeconds: number },
): number => Math.max(1, Math.round((burnThresholdPercent(objective, window) / 100) * eventsPerSecond * periodSeconds));
