import type { Blueprint } from '../blueprint';

/** Whatever may arrive twice says what makes that harmless, and a queue has somewhere to put what can never be handled. */
export function repeatsAreHarmless({ interfaces, services }: Blueprint): string[] {
  const failures: string[] = [];
  for (const { name, recovery, idempotentBy, kind, deadLetterQueue } of interfaces) {
    if (recovery !== 'at-most-once' && (idempotentBy ?? '').trim() === '') {
      failures.push(`The interface "${name}" is ${recovery} but nothing makes a repeat harmless: give idempotentBy.`);
    }
    if (kind === 'queue' && !deadLetterQueue) {
      failures.push(
        `The interface "${name}" is a queue without a dead-letter queue: a poisoned message would come back for ever.`,
      );
    }
  }
  for (const { name } of services) {
    if (!interfaces.some(({ offeredBy }) => offeredBy === name)) {
      failures.push(`The service ${name} offers no interface: define it in blueprint/interfaces.ts.`);
    }
  }
  return failures;
}
