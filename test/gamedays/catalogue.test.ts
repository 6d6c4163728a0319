import { ALARMS, COMPOSITE_ALARMS, GAME_DAYS } from '../../blueprint/alarms';
import { CATALOGUE, CHECKS, configuredDay } from '../../gamedays';

const table = [...ALARMS, ...COMPOSITE_ALARMS];
const alarms = new Set(table.map(({ id }) => id));

describe('The catalogue of game days', () => {
  it('holds every day once that the table of alarms may name, and no other', () => {
    expect(CATALOGUE.map(({ name }) => name).toSorted()).toEqual([...GAME_DAYS].toSorted());
  });

  it.each(table)('fires $id on the day that the table names, and sees it clear there', ({ id, gameDay }) => {
    const { mustFire, checks } = CATALOGUE.find(({ name }) => name === gameDay)!.expectations;

    expect(mustFire.map(({ alarm }) => alarm)).toContain(id);
    expect(checks).toEqual(expect.arrayContaining(['expected-alarms-fired', 'expected-alarms-cleared']));
  });

  const underBoth = CATALOGUE.flatMap((gameDay) =>
    (['off', 'on'] as const).map((automation) => ({ automation, ...configuredDay(gameDay, { automation }) })),
  );

  it.each(underBoth)('asks for alarms and checks that exist: $name, automation $automation', ({ expectations }) => {
    const { mustFire, mayFire, checks } = expectations;

    expect([...mustFire, ...mayFire].map(({ alarm }) => alarm).filter((alarm) => !alarms.has(alarm))).toEqual([]);
    expect(checks.filter((check) => !CHECKS.has(check))).toEqual([]);
  });

  it.each(underBoth)('ends after its last step: $name, automation $automation', (gameDay) => {
    const { durationSeconds, faults, operatorSteps = [] } = gameDay;
    const steps = [...faults.map(({ toSeconds }) => toSeconds), ...operatorSteps.map(({ atSeconds }) => atSeconds)];

    expect(Math.max(0, ...steps)).toBeLessThanOrEqual(durationSeconds);
  });

  it('expects callers to be moved by the responder where a day has them stay without it', () => {
    const day = CATALOGUE.find(({ name }) => name === 'dynamodb-throttled')!;
    const checksWith = (automation: 'on' | 'off'): readonly string[] =>
      configuredDay(day, { automation }).expectations.checks;

    expect(checksWith('off')).toContain('dns-stood-still');
    expect(checksWith('on')).not.toContain('dns-stood-still');
    expect(checksWith('on')).toEqual(expect.arrayContaining(['evacuated-automatically', 'operator-commands-worked']));
  });
});
