import { ALARMS, COMPOSITE_ALARMS, GAME_DAYS } from '../../blueprint/alarms';
import { CATALOGUE, CHECKS } from '../../gamedays';

const alarms = new Set([...ALARMS, ...COMPOSITE_ALARMS].map(({ id }) => id));

describe('The catalogue of game days', () => {
  it('holds every day once that the table of alarms may name, and no other', () => {
    expect(CATALOGUE.map(({ name }) => name).toSorted()).toEqual([...GAME_DAYS].toSorted());
  });

  it.each(CATALOGUE)('asks for alarms and checks that exist: $name', ({ expectations }) => {
    const { mustFire, mayFire, checks } = expectations;

    expect([...mustFire, ...mayFire].map(({ alarm }) => alarm).filter((alarm) => !alarms.has(alarm))).toEqual([]);
    expect(checks.filter((check) => !CHECKS.has(check))).toEqual([]);
  });
});
