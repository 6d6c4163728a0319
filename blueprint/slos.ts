/** What customers may rely on. The error budget is what is left of it. */
export interface ServiceLevelObjective {
  readonly id: string;
  readonly promise: string;
  /** Good events of all events, 0 to 1. */
  readonly objective: number;
  readonly windowDays: number;
}

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
];
