import type { AlarmDefinition } from './alarm-definition';
import { BURN_ALARMS } from './burn-alarms';
import { ORDER_ALARMS } from './order-alarms';
import { REGION_ALARMS } from './region-alarms';

export * from './alarm-definition';
export { COMPOSITE_ALARMS } from './composite-alarms';

/** Every alarm on metrics, as tickets. What pages is composed of them: `composite-alarms.ts`. */
export const ALARMS: readonly AlarmDefinition[] = [...ORDER_ALARMS, ...BURN_ALARMS, ...REGION_ALARMS];
