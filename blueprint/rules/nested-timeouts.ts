import type { Blueprint } from '../blueprint';
import { sdkCallMsMax } from '../time-budgets';

/**
 * Every caller outwaits what it calls: the calls of an invocation fit its function's timeout, and the function's timeout
 * fits the patience of whoever waits for it. Otherwise a timeout inside is never seen, only the one outside, and what
 * has happened stays unknown.
 */
export function nestedTimeouts({ services, connections, timeBudgets }: Blueprint): string[] {
  const failures: string[] = [];
  for (const { name, timeoutSeconds, callsInSequence, budgetMs = 0 } of services) {
    const insideMs =
      budgetMs + callsInSequence.sdk * sdkCallMsMax(timeBudgets) + callsInSequence.payment * timeBudgets.payment.callMs;
    if (insideMs >= timeoutSeconds * 1_000) {
      failures.push(
        `${name}: its calls may take ${insideMs} ms, so its timeout must be longer than ${timeoutSeconds} s.`,
      );
    }
  }
  for (const { from, to, protocol, attemptMs } of connections) {
    const callee = services.find((service) => service.name === to);
    if (protocol !== 'https' || callee === undefined || attemptMs === undefined) continue;
    // Health checkers wait for the answer, not for the function: its calls must fit, its timeout need not.
    const waitedForMs =
      from === 'route53' ? callee.callsInSequence.sdk * sdkCallMsMax(timeBudgets) : callee.timeoutSeconds * 1_000;
    if (attemptMs < waitedForMs) {
      failures.push(
        `${from} waits ${attemptMs} ms for ${to}, which may take ${waitedForMs} ms: wait longer or bound ${to} tighter.`,
      );
    }
  }
  return failures;
}
