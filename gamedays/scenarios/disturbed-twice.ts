import { NO_RESIDUE, ORDER_PROMISES } from '../checks/promises';
import type { FaultStep, GameDay } from '../game-day';

export interface DisturbedDay extends Pick<GameDay, 'name' | 'title' | 'hypothesis' | 'blastRadius' | 'settings'> {
  /** What disturbs the calm, and then again while the primary is evacuated. */
  readonly disturbance: (window: { readonly fromSeconds: number; readonly toSeconds: number }) => readonly FaultStep[];
}

/**
 * A day that is disturbed twice, each time for ninety seconds, which is twice what DNS needs to move: in calm, when it must
 * move nobody; and after the operator has evacuated the primary, when it must send nobody back.
 */
export function disturbedTwice({ disturbance, ...of }: DisturbedDay): GameDay {
  return {
    ...of,
    warmUpSeconds: 120,
    durationSeconds: 420,
    convergenceSecondsMax: 600,
    workload: { ordersPerSecond: 1, declinedShare: 0.02, readShare: 0.2, readAfterSeconds: 3 },
    faults: [...disturbance({ fromSeconds: 30, toSeconds: 120 }), ...disturbance({ fromSeconds: 270, toSeconds: 360 })],
    // After the retries that the first disturbance leaves behind, or the guards would call the standby's queue late.
    operatorSteps: [{ command: 'evacuate', region: 'primary', atSeconds: 150 }],
    expectations: {
      checks: [
        'dns-follows-the-operator',
        'operator-commands-worked',
        'nothing-evacuated',
        ...ORDER_PROMISES,
        ...NO_RESIDUE,
      ],
      mustFire: [],
      mayFire: [],
    },
  };
}
