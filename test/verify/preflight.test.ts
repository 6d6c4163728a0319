import { DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetHostedZoneCommand } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { preflightText } from '../../operations';
import { assemblyOf, planted } from '../operations/synthesized-assembly';
import {
  DOMAIN,
  FULL,
  limits,
  mocks,
  named,
  preflight,
  stacks,
  STANDARD_ZONE,
  textsOf,
  told,
  zoneNamed,
} from './preflight-account';

describe('The preflight of an empty account that is ready', () => {
  test('finds nothing to do, and says who asked and what it will cost', async () => {
    const result = await preflight();

    expect(told(result)).toEqual([]);
    expect(result).toMatchObject({ isClear: true, identity: { account: '123456789012' } });
    expect(preflightText(result)).toMatch(
      /Account 123456789012[\s\S]*\$\d+\.\d\d a month[\s\S]*Nothing speaks against/,
    );
  });

  test('changes nothing: every call is a question', async () => {
    await preflight(DOMAIN);

    const commands = Object.values(mocks).flatMap((mock) => mock.calls().map(({ args }) => args[0].constructor.name));
    expect(commands.length).toBeGreaterThan(20);
    expect([...new Set(commands)].filter((name) => !/^(Get|Describe|List)/.test(name))).toEqual([]);
  });

  test('notes a zone that nobody delegates to', async () => {
    expect(textsOf(await preflight({}))).toContain('reserved suffix .test');
  });
});

describe('A preflight', () => {
  test('finds a region that is not bootstrapped, and Route 53 needs us-east-1 whatever the pair', async () => {
    const european = { ...STANDARD_ZONE, 'tandem:primaryRegion': 'eu-west-1', 'tandem:standbyRegion': 'eu-west-2' };
    stacks.delete('us-east-1 CDKToolkit');
    const result = await preflight(european);
    expect(told(result)).toEqual(
      ['eu-west-1', 'eu-west-2', 'us-east-1'].map((region) => `blocker bootstrap ${region}`),
    );
    expect(textsOf(result)).toContain('npx cdk bootstrap aws://ACCOUNT/us-east-1');
  });

  test.each([
    [
      'a bootstrap that is too old',
      { status: 'UPDATE_COMPLETE', outputs: { BootstrapVersion: '5' } },
      'version 5, and 6 is needed',
    ],
    ['a bootstrap that failed', { status: 'ROLLBACK_COMPLETE' }, 'CDKToolkit of us-west-2 is ROLLBACK_COMPLETE'],
  ])('finds %s', async (_, stack, text) => {
    stacks.set('us-west-2 CDKToolkit', stack);
    const result = await preflight();
    expect(told(result)).toEqual(['blocker bootstrap us-west-2']);
    expect(textsOf(result)).toContain(text);
  });

  test('finds the quota of each region by itself: that of a region nobody uses is often still ten', async () => {
    limits.set('us-west-2', { limit: 10, unreserved: 10 });
    limits.set('us-east-2', { limit: 50, unreserved: 50 });
    const result = await preflight(FULL);
    expect(told(result)).toEqual(['blocker concurrency us-west-2', 'blocker concurrency us-east-2']);
    expect(textsOf(result)).toContain('--quota-code L-B99A9384 --desired-value 1000 --region us-west-2');
    expect(textsOf(result)).toContain('--desired-value 101 --region us-east-2');
    limits.clear();
    limits.set('us-west-2', { limit: 10, unreserved: 10 });
    expect(told(await preflight())).toEqual([]);
  });

  test('finds reservations that leave less than Lambda keeps, unless they are deployed already', async () => {
    limits.set('us-east-1', { limit: 1000, unreserved: 200 });
    const result = await preflight(FULL);
    expect(told(result)).toEqual(['blocker concurrency us-east-1']);
    expect(textsOf(result)).toContain('reserves 120 executions in us-east-1, which leaves 80');
    stacks.set('us-east-1 Tandem-full-Service-us-east-1', { status: 'UPDATE_COMPLETE' });
    mocks.cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: '{}' });
    expect(told(await preflight(FULL))).toEqual([]);
  });

  test.each([
    ['ROLLBACK_COMPLETE', 'aws cloudformation delete-stack'],
    ['REVIEW_IN_PROGRESS', 'aws cloudformation delete-stack'],
    ['CREATE_FAILED', 'aws cloudformation delete-stack'],
    ['UPDATE_IN_PROGRESS', 'Wait until it is over'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback'],
  ])('finds a stack that is %s', async (status, fix) => {
    stacks.set('us-east-2 Tandem-sandbox-Witness', { status });
    mocks.cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: '{}' });
    const result = await preflight();
    expect(told(result)).toEqual(['blocker stacks us-east-2']);
    expect(textsOf(result)).toContain(fix);
  });

  test.each([
    [
      'of another name',
      { HostedZone: zoneNamed('example.org.') },
      'is example.org, and tandem:zoneName is example.com',
    ],
    ['that is private', { HostedZone: zoneNamed('example.com.', true) }, 'is private'],
  ])('finds a zone %s', async (_, answer, text) => {
    mocks.route53.on(GetHostedZoneCommand).resolves(answer);
    const result = await preflight(DOMAIN);
    expect(told(result)).toEqual(['blocker zone -']);
    expect(textsOf(result)).toContain(text);
  });

  test('finds that there is no such zone', async () => {
    mocks.route53.on(GetHostedZoneCommand).rejects(named('NoSuchHostedZone'));
    expect(textsOf(await preflight(DOMAIN))).toContain('There is no zone Z0123456789ABCDEFGHIJ in this account');
  });

  test('finds health checks that would be replaced, and is silent about those that stay', async () => {
    const deployed = (changes: Readonly<Record<string, string>>): void => {
      const routing = assemblyOf(changes).stacks.find(({ stackName }) => stackName.endsWith('Routing'))!;
      stacks.set('us-east-1 Tandem-sandbox-Routing', { status: 'CREATE_COMPLETE' });
      mocks.cloudFormation
        .on(GetTemplateCommand)
        .resolves({ TemplateBody: JSON.stringify({ Resources: routing.resources }) });
    };
    deployed(STANDARD_ZONE);
    expect(told(await preflight())).toEqual([]);

    deployed({ ...STANDARD_ZONE, 'tandem:healthPath': 'another-path-than-before' });
    const result = await preflight();
    expect(told(result)).toEqual(Array.from({ length: 4 }, () => 'blocker replacements us-east-1'));
    expect(textsOf(result)).toContain('ResourcePath would change. A new inverted check starts unhealthy');

    deployed({ ...STANDARD_ZONE, 'tandem:footprint': 'lean' });
    expect(textsOf(await preflight())).toContain('RequestInterval would change');
  });

  test('finds a table whose consistency would change', async () => {
    const data = assemblyOf({ ...STANDARD_ZONE, 'tandem:consistency': 'strong' }).stacks[0]!;
    stacks.set('us-east-1 Tandem-sandbox-Data', { status: 'CREATE_COMPLETE' });
    mocks.cloudFormation
      .on(GetTemplateCommand)
      .resolves({ TemplateBody: JSON.stringify({ Resources: data.resources }) });
    expect(textsOf(await preflight())).toContain('MultiRegionConsistency would change from STRONG to EVENTUAL');
  });

  test('finds what is wrong in the templates, such as a table over regions of two sets', async () => {
    const strong = {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { MultiRegionConsistency: 'STRONG', Replicas: [] },
    };
    const result = await preflight(STANDARD_ZONE, planted(assemblyOf(STANDARD_ZONE), 'Data', { Planted: strong }));
    expect(told(result)).toEqual(['blocker templates -']);
    expect(textsOf(result)).toContain('it must be three regions of');
  });
});

describe('A preflight that is not answered', () => {
  test.each([
    ['expired', named('ExpiredTokenException', 'The token has expired'), 'blocker credentials -', 'aws sso login'],
    [
      'missing',
      named('CredentialsProviderError', 'Could not load credentials'),
      'blocker credentials -',
      'AWS_PROFILE',
    ],
    ['out of reach', named('TimeoutError'), 'unknown credentials -', 'Look at the network'],
  ])('says that credentials are %s, once and without asking anything else', async (_, error, finding, fix) => {
    mocks.sts.on(GetCallerIdentityCommand).rejects(error);
    const result = await preflight();
    expect(told(result)).toEqual([finding]);
    expect(textsOf(result)).toContain(fix);
    expect(mocks.cloudFormation.calls()).toHaveLength(0);
  });

  const DENIED = named('AccessDeniedException', 'User is not authorized to perform this action');
  const THROTTLED = named('ThrottlingException', 'Rate exceeded');
  test.each([
    ['denied', DENIED, 'Give this identity the action'],
    ['throttled', THROTTLED, 'Wait a minute and run it again'],
    ['broken', named('InternalFailure'), 'health.aws.amazon.com'],
  ])('says of each check that it is %s, and goes on with the others', async (_, error, fix) => {
    mocks.cloudFormation.on(DescribeStacksCommand).rejects(error);
    mocks.lambda.on(GetAccountSettingsCommand).rejects(error);
    mocks.route53.on(GetHostedZoneCommand).rejects(error);
    const result = await preflight(DOMAIN);

    expect(result.isClear).toBe(false);
    expect(new Set(told(result).map((line) => line.split(' ').slice(0, 2).join(' ')))).toEqual(
      new Set(
        ['bootstrap', 'concurrency', 'stacks', 'names', 'zone', 'records', 'replacements'].map(
          (check) => `unknown ${check}`,
        ),
      ),
    );
    expect(textsOf(result)).toContain(fix);
    expect(textsOf(result)).toContain('a month at list prices');
  });
});
