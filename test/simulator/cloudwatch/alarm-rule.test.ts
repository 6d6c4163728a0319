import type { AlarmState } from '../../../simulator/services/cloudwatch';
import { parseAlarmRule } from '../../../simulator/services/cloudwatch/alarm-rule';

const STATES: Record<string, AlarmState> = { good: 'OK', bad: 'ALARM', unknown: 'INSUFFICIENT_DATA', 'a b': 'ALARM' };

function holds(text: string): boolean {
  return parseAlarmRule(text).holds((name) => STATES[name]!);
}

describe('parseAlarmRule', () => {
  test.each([
    ['ALARM(bad)', true],
    ['ALARM("bad")', true],
    ['ALARM( "bad" )', true],
    ['ALARM("a b")', true],
    ['ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:bad)', true],
    ['ALARM("arn:aws:cloudwatch:us-east-1:123456789012:alarm:bad")', true],
    ['ALARM(good)', false],
    ['OK(good)', true],
    ['OK(unknown)', false],
    ['NOT ALARM(unknown)', true],
    ['INSUFFICIENT_DATA(unknown)', true],
    ['ALARM(bad) AND OK(good)', true],
    ['ALARM(bad) AND ALARM(good)', false],
    ['ALARM(good) OR ALARM(bad)', true],
    ['ALARM(bad) OR ALARM(good) AND ALARM(good)', true],
    ['(ALARM(bad) OR ALARM(good)) AND ALARM(good)', false],
    ['NOT ALARM(bad) OR ALARM(bad)', true],
    ['NOT (ALARM(bad) OR ALARM(good))', false],
    ['NOT NOT ALARM(bad)', true],
    ['TRUE AND ALARM(bad)', true],
    ['FALSE OR ALARM(good)', false],
    ['(ALARM("bad")\n  AND OK("good"))', true],
  ])('finds that %s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test('lists each alarm once, by name', () => {
    const rule = parseAlarmRule('ALARM(arn:aws:cloudwatch:us-east-1:1:alarm:bad) OR OK(good) OR OK(bad)');

    expect(rule.alarmNames).toEqual(['bad', 'good']);
  });

  test.each([
    '',
    'ALARM',
    'ALARM()',
    'ALARM(bad',
    'ALARM(bad) ALARM(good)',
    'ALARM(bad) XOR OK(good)',
    'RED(bad)',
    '(OK(good)',
    'NOT',
  ])('refuses %j', (text) => {
    expect(() => parseAlarmRule(text)).toThrow(/AlarmRule must combine/);
  });
});
