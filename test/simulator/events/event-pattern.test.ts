import { parseEventPattern } from '../../../simulator/services/events/event-pattern';

const event = { source: 'aws.cloudwatch', detail: { alarmName: 'a', state: { value: 'ALARM' } } };

describe('An event pattern', () => {
  it.each([
    ['one of the values of each leaf', { source: ['aws.cloudwatch', 'aws.ec2'] }, true],
    ['leaves deep inside', { detail: { alarmName: ['a'], state: { value: ['ALARM'] } } }, true],
    ['nothing of another value', { detail: { state: { value: ['OK'] } } }, false],
    ['nothing of a member that is not there', { detail: { region: ['a'] } }, false],
    ['nothing when one of several leaves differs', { source: ['aws.cloudwatch'], detail: { alarmName: ['b'] } }, false],
  ])('matches %s', (_, pattern, isMatch) => {
    expect(parseEventPattern(pattern)(event)).toBe(isMatch);
  });

  it('refuses by name what it does not model', () => {
    expect(() => parseEventPattern({ source: [{ prefix: 'aws' }] })(event)).toThrow('source in an event pattern');
  });
});
