import { ALARMS, COMPOSITE_ALARMS, isAlarmOf } from '../../blueprint/alarms';
import { looksMs, observerRhythm, probeRhythm, RHYTHMS, type Footprint } from '../../blueprint/footprints';
import { serviceNamed } from '../../blueprint/services';

const choose = (footprint: Footprint, more: { routing?: 'latency'; automation?: 'on' } = {}) => ({
  footprint,
  routing: more.routing ?? ('failover' as const),
  automation: more.automation ?? ('off' as const),
});

describe('The probe', () => {
  test.each([
    ['in the standby, of the region that has customers', choose('standard'), 'standby', 'steady'],
    ['in the primary, of the region that has none', choose('standard'), 'primary', 'burst'],
    ['in both where both serve', choose('standard', { routing: 'latency' }), 'primary', 'steady'],
    ['where it is lean', choose('lean'), 'standby', 'burst'],
    ['where it is lean and acts by itself', choose('lean', { automation: 'on' }), 'standby', 'steady'],
  ] as const)('looks %s: %#', (_, configuration, place, rhythm) => {
    expect(probeRhythm(configuration, place)).toBe(rhythm);
  });
});

describe('The observer', () => {
  test('looks steadily when the responder asks it, and only then', () => {
    expect(observerRhythm(choose('standard'))).toBe('burst');
    expect(observerRhythm(choose('lean', { automation: 'on' }))).toBe('steady');
  });
});

describe('A rhythm', () => {
  test('ends before the next minute begins, with three seconds for the last look', () => {
    for (const [service, rhythms] of Object.entries(RHYTHMS)) {
      for (const rhythm of Object.values(rhythms)) {
        const timeoutMs = serviceNamed(service as keyof typeof RHYTHMS).timeoutSeconds * 1_000;
        expect(looksMs(rhythm) + 3_000).toBeLessThanOrEqual(Math.min(60_000, timeoutMs));
      }
    }
  });
});

describe('A lean system', () => {
  const idsIn = (footprint: Footprint, place: 'primary' | 'standby' | 'witness' | 'routing'): string[] =>
    [...ALARMS, ...COMPOSITE_ALARMS]
      .filter((alarm) => isAlarmOf(alarm, place, { ...choose(footprint), consistency: 'eventual' }))
      .map(({ id }) => id);

  test('has every alarm where customers are, and in the witness region', () => {
    expect(idsIn('lean', 'primary')).toEqual(idsIn('standard', 'primary'));
    expect(idsIn('lean', 'witness')).toEqual(idsIn('standard', 'witness'));
  });

  test('spares the standby error budgets and tickets of load, which nobody causes there, and the check that it has not', () => {
    const spared = (place: 'standby' | 'routing'): string[] =>
      idsIn('standard', place).filter((id) => !idsIn('lean', place).includes(id));
    expect(
      spared('standby')
        .filter((id) => !id.includes('-burn-'))
        .toSorted(),
    ).toEqual([
      'budget-burning',
      'bulk-orders-refused',
      'normal-orders-refused',
      'payment-breaker',
      'requests-refused',
      'table-throttles',
    ]);
    expect(spared('standby')).toHaveLength(6 + 20);
    expect(spared('routing')).toEqual(['standby-health-check']);
  });
});
