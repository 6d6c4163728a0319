import type { FlightPlan, GameDay } from '../../gamedays';
import { lostReplies } from '../../gamedays/scenarios/lost-replies';
import { regionLoss } from '../../gamedays/scenarios/region-loss';
import { steadyState } from '../../gamedays/scenarios/steady-state';
import {
  deletingFailedMessages,
  withBroaderGrant,
  withLedgerPerRegion,
  withoutGrant,
  withoutIdempotencyCondition,
} from './defects';
import { findings, flyGameDay, planFlight, shortCalm, shortRegionLoss } from './flight';
import { JUSTIFIED_GRANTS } from './justified-grants';
import { reportGrants } from './unused-grants';

jest.setTimeout(240_000);

/** Three tenths of all replies instead of a fifth, or whether a message is ever given back would be a matter of chance. */
const moreLostReplies: GameDay = {
  ...lostReplies,
  faults: lostReplies.faults.map((step) => ({ ...step, share: 0.3 })),
};

describe('A planted defect is found', () => {
  let plan: FlightPlan;
  beforeAll(async () => {
    plan = await planFlight();
  });

  it('not where there is none', async () => {
    expect(findings(await flyGameDay(plan, moreLostReplies))).toEqual([]);
  });

  it('when a grant is missing: by function, action and resource', async () => {
    const result = await flyGameDay(
      withoutGrant('us-east-1', 'Fulfilment', 'dynamodb:UpdateItem')(plan),
      shortCalm(steadyState),
    );

    const denied = result.checks.find((check) => check.id === 'no-access-denied')!;
    expect(denied.verdict).toBe('fail');
    expect(denied.details[0]).toMatch(
      /\/tandem-sandbox-fulfilment may not dynamodb:UpdateItem on arn:aws:dynamodb:us-east-1:\d+:table\/tandem-sandbox-orders$/,
    );
  });

  it('when a grant is too broad: by function, action and resource', async () => {
    const result = await flyGameDay(withBroaderGrant('Intake', 'dynamodb:Scan')(plan), shortCalm(steadyState));

    const { unused } = reportGrants([result], JUSTIFIED_GRANTS);
    expect(unused).toContainEqual(
      expect.stringMatching(
        /^tandem-STAGE-intake: dynamodb:Scan on arn:aws:dynamodb:REGION:\d+:table\/tandem-STAGE-orders$/,
      ),
    );
    expect(unused.filter((line) => line.includes('-intake: dynamodb:PutItem'))).toEqual([]);
  });

  it('when the idempotency condition is set aside', async () => {
    expect(findings(await flyGameDay(withoutIdempotencyCondition(plan), moreLostReplies))).toContain('accepted-once');
  });

  it('when a message is deleted although its reply was lost', async () => {
    expect(findings(await flyGameDay(deletingFailedMessages(plan), moreLostReplies))).toContain('nothing-expired');
  });

  it('when each region has a payment ledger of its own', async () => {
    const result = await flyGameDay(withLedgerPerRegion('us-west-2')(plan), shortRegionLoss(regionLoss));

    expect(findings(result)).toContain('charged-exactly-when-confirmed');
  });
});
