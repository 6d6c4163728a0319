import { respond, type AlarmStateChange } from './respond';

/** One change of an alarm's state, as EventBridge tells it, at least once. */
export const handler = (event: AlarmStateChange): Promise<void> => respond(event, Date.now());
