import { ALARMS, COMPOSITE_ALARMS, GAME_DAYS } from '../../blueprint/alarms';
import { CATALOGUE, CHECKS } from '../../gamedays';

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

  it.each(CATALOGUE)('asks for alarms and checks that exist: $name', ({ expectations }) => {
    const { mustFire, mayFire, checks } = expectations;

    expect([...mustFire, ...mayFire].map(({ alarm }) => alarm).filter((alarm) => !alarms.has(alarm))).toEqual([]);
    expect(checks.filter((check) => !CHECKS.has(check))).toEqual([]);
  });
});
