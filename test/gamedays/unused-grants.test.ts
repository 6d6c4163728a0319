import { Kernel } from '../../simulator/kernel/kernel';
import { Iam } from '../../simulator/services/iam/iam';
import { JUSTIFIED_GRANTS } from './justified-grants';
import type { FunctionGrant } from '../../gamedays/result';
import { regionLossResult } from '../report/region-loss-result';
import { reportGrants } from './unused-grants';

const day = (grants: readonly FunctionGrant[], denials: readonly string[] = []) => ({
  gameDay: regionLossResult.gameDay,
  access: { grants, denials },
});

const grant = (functionName: string, action: string, isUsed: boolean, region = 'us-east-1'): FunctionGrant => ({
  functionName,
  action,
  resource: `arn:aws:dynamodb:${region}:123456789012:table/orders`,
  isUsed,
});

describe('The report on grants', () => {
  test('names what nobody has used in any region, and not what was used after a failover', () => {
    const report = reportGrants(
      [
        day([
          grant('intake', 'dynamodb:PutItem', true),
          grant('sweeper', 'dynamodb:PutItem', false),
          grant('query', 'dynamodb:DeleteItem', false),
        ]),
        day([
          grant('sweeper', 'dynamodb:PutItem', true, 'us-west-2'),
          grant('query', 'dynamodb:DeleteItem', false, 'us-west-2'),
        ]),
      ],
      [],
    );
    expect(report).toMatchObject({
      used: 2,
      unused: ['query: dynamodb:DeleteItem on arn:aws:dynamodb:REGION:123456789012:table/orders'],
    });
  });

  test('takes what is used in one stage for used in the others', () => {
    const report = reportGrants(
      [
        day([grant('tandem-full-query', 'dynamodb:Query', false)]),
        day([grant('tandem-sandbox-query', 'dynamodb:Query', true)]),
      ],
      [],
    );
    expect(report).toMatchObject({ used: 1, unused: [], resting: [] });
  });

  test('names a function that nothing has made work, though its grants have a reason', () => {
    const list = [{ functions: /^query$/, actions: ['dynamodb:DeleteItem'], reason: 'Wanted.' }];
    const grants = [grant('intake', 'dynamodb:PutItem', true), grant('query', 'dynamodb:DeleteItem', false)];

    expect(reportGrants([day(grants)], list)).toMatchObject({ unused: [], resting: ['query'] });
  });

  test('names each kind of denied call once, and the days that were not flown', () => {
    const report = reportGrants([day([], ['intake may not x on y']), day([], ['intake may not x on y'])], []);

    expect(report.denied).toEqual(['intake may not x on y']);
    expect(report.missing).toContain('steady-day');
    expect(report.missing).not.toContain('region-loss');
  });

  test('refuses a result that says nothing of grants', () => {
    expect(() => reportGrants([{ gameDay: regionLossResult.gameDay }], [])).toThrow('region-loss says nothing');
  });

  test('takes a reason for an answer, and finds one that justifies nothing any more', () => {
    const list = [
      { functions: /^query$/, actions: ['dynamodb:DeleteItem'], reason: 'Wanted.' },
      { functions: /^intake$/, actions: ['dynamodb:PutItem'], reason: 'Forgotten.' },
    ];
    const report = reportGrants(
      [day([grant('query', 'dynamodb:DeleteItem', false), grant('intake', 'dynamodb:PutItem', true)])],
      list,
    );
    expect(report.unused).toEqual([]);
    expect(report.justified).toEqual([expect.stringContaining('Wanted.')]);
    expect(report.idle).toEqual(['Forgotten.']);
  });

  test('rests on a list in which every entry says why', () => {
    for (const { reason, actions } of JUSTIFIED_GRANTS) {
      expect(reason.length).toBeGreaterThan(40);
      expect(actions.length).toBeGreaterThan(0);
    }
  });
});

describe('The grants of an identity', () => {
  test('are each action on each resource, and used when a call was one of them', () => {
    const iam = new Iam(new Kernel({ seed: 1 }));
    iam.addPrincipal('arn:aws:iam::1:role/r');
    iam.attachPolicy('arn:aws:iam::1:role/r', {
      Statement: [
        { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'], Resource: ['queue-*', 'other'] },
      ],
    });
    iam.authorize('arn:aws:iam::1:role/r', 'sqs:SendMessage', 'queue-1');
    iam.authorize('arn:aws:iam::1:role/r', 'sqs:DeleteMessage', 'queue-1');

    expect(iam.grants().map(({ action, resource, isUsed }) => `${action} ${resource} ${isUsed}`)).toEqual([
      'sqs:SendMessage queue-* true',
      'sqs:SendMessage other false',
      'sqs:ReceiveMessage queue-* false',
      'sqs:ReceiveMessage other false',
    ]);
  });
});
