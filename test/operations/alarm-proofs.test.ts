import { resolve } from 'node:path';
import { ALARMS, COMPOSITE_ALARMS } from '../../blueprint/alarms';
import { evidenceOfProofs, PROOFS_FILE, readProofs, updateProofs } from '../../operations';
import type { DatedResult } from '../../operations/alarm-evidence';
import { definitionDigest } from '../../operations/alarm-proofs';

const TABLE = [...COMPOSITE_ALARMS, ...ALARMS];
const STANDBY_UNSEEN = ALARMS.find(({ id }) => id === 'standby-unseen')!;
const NOTHING = { alarms: {} };
const ON = Date.parse('2026-11-25T10:00:00Z');

const resultOf = (name: string, alarm: string, isCleared = true): DatedResult => ({
  atMs: ON,
  result: {
    gameDay: { name },
    seed: 7,
    parameters: { stage: 'sandbox' },
    faults: [{ fromSeconds: 60 }],
    alarms: [
      {
        alarmName: `tandem-sandbox-${alarm}`,
        intervals: [
          { state: 'ALARM', fromSeconds: 100.4, toSeconds: 250 },
          { state: isCleared ? 'OK' : 'ALARM', fromSeconds: 250, toSeconds: 600 },
        ],
      },
    ],
  },
});
const provenIn = (...results: DatedResult[]) => updateProofs(NOTHING, results, 'a command').alarms['standby-unseen']!;

describe('The proofs of alarms', () => {
  it('keep which day fired and cleared an alarm, and how long that took', () => {
    expect(provenIn(resultOf(STANDBY_UNSEEN.gameDay, 'standby-unseen'))).toEqual({
      definition: definitionDigest(STANDBY_UNSEEN),
      falseAlarms: 0,
      fired: { gameDay: 'standby-loss', seed: 7, on: '2026-11-25', afterSeconds: 40 },
      cleared: { gameDay: 'standby-loss', seed: 7, on: '2026-11-25', afterSeconds: 150 },
    });
  });

  it('take none from a day that the table does not name, and none of an alarm that stayed', () => {
    expect(provenIn(resultOf('region-loss', 'standby-unseen')).fired).toBeUndefined();
    expect(provenIn(resultOf('standby-loss', 'standby-unseen', false)).cleared).toBeUndefined();
  });

  it('count what fired in a calm day as false', () => {
    const { falseAlarms, calm } = provenIn(resultOf('steady-state', 'standby-unseen'));

    expect({ falseAlarms, calm }).toEqual({
      falseAlarms: 1,
      calm: { gameDay: 'steady-state', seed: 7, on: '2026-11-25' },
    });
  });

  it('stay when other days are flown, and are void with another definition', () => {
    const proofs = updateProofs(NOTHING, [resultOf('standby-loss', 'standby-unseen')], 'a command');

    expect(updateProofs(proofs, [resultOf('region-loss', 'peer-lost')], 'a command')).toEqual(proofs);

    const old = { ...proofs.alarms['standby-unseen']!, definition: 'of before' };
    const before = { ...proofs, alarms: { ...proofs.alarms, 'standby-unseen': old } };
    expect(updateProofs(before, [], 'a command').alarms['standby-unseen']!.fired).toBeUndefined();
    expect(evidenceOfProofs(before).records.get('standby-unseen')).toBeUndefined();
    expect(evidenceOfProofs(proofs).records.get('standby-unseen')!.fired!.afterSeconds).toBe(40);
  });

  it('have another definition when an alarm would fire otherwise, and the same when only its texts change', () => {
    const digest = definitionDigest(STANDBY_UNSEEN);

    expect(definitionDigest({ ...STANDBY_UNSEEN, threshold: 5 })).not.toBe(digest);
    expect(definitionDigest({ ...STANDBY_UNSEEN, thresholdWhy: 'So.' })).toBe(digest);
  });
});

describe('The file of proofs', () => {
  const { alarms, madeBy } = readProofs(resolve(__dirname, '../..', PROOFS_FILE));

  it('is of the table as it is, and of no other alarm', () => {
    expect(madeBy).toBe('npm run -s tandem -- alarms prove --results out');
    expect(Object.entries(alarms).map(([id, { definition }]) => [id, definition])).toEqual(
      TABLE.map((alarm) => [alarm.id, definitionDigest(alarm)]),
    );
  });

  it.each(TABLE)('proves that $id fires and clears on its day, and not in calm: else fly $gameDay', (alarm) => {
    const { fired, cleared, calm, falseAlarms } = alarms[alarm.id]!;

    expect([fired?.gameDay, cleared?.gameDay]).toEqual([alarm.gameDay, alarm.gameDay]);
    expect([calm?.gameDay, falseAlarms]).toEqual([expect.stringMatching(/^steady-/), 0]);
  });
});
