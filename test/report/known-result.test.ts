import type { GameDayResult } from '../../gamedays/result';
import { htmlReport, knownResult, terminalReport, UnknownResultError } from '../../report';
import { regionLossResult } from './region-loss-result';

describe('A document', () => {
  it('of the known version is taken as it is', () => {
    expect(knownResult(regionLossResult)).toBe(regionLossResult);
  });

  it.each([
    [{ ...regionLossResult, schemaVersion: 2 }, 'schemaVersion 2'],
    [{ schemaVersion: '1' }, 'schemaVersion "1"'],
    [{}, 'no schemaVersion'],
    [null, 'no schemaVersion'],
    ['text', 'no schemaVersion'],
  ])('of another version is refused in one line that says what to do (%#)', (document, found) => {
    const refusal = expect.objectContaining({
      name: 'UnknownResultError',
      message: expect.stringMatching(new RegExp(`found ${found}, known is 1\\. Run the game day again.*$`)),
    });
    expect(() => knownResult(document)).toThrow(refusal);
    expect(() => terminalReport(document as GameDayResult)).toThrow(UnknownResultError);
    expect(() => htmlReport(document as GameDayResult)).toThrow(UnknownResultError);
  });
});
