import { extractMetrics } from '../../../simulator/services/cloudwatch/emf';

function document(overrides: Record<string, unknown> = {}, directive: Record<string, unknown> = {}): string {
  return JSON.stringify({
    _aws: {
      Timestamp: 1_772_442_000_000,
      CloudWatchMetrics: [
        {
          Namespace: 'Shop',
          Dimensions: [['service'], ['service', 'region']],
          Metrics: [{ Name: 'OrderAccepted', Unit: 'Count' }],
          ...directive,
        },
      ],
    },
    service: 'intake',
    region: 'us-east-1',
    OrderAccepted: 1,
    ...overrides,
  });
}

describe('extractMetrics', () => {
  test('makes one sample for each dimension set', () => {
    const { samples, problems } = extractMetrics('us-east-1', document());

    expect(problems).toEqual([]);
    const shared = { region: 'us-east-1', namespace: 'Shop', name: 'OrderAccepted', value: 1, unit: 'Count' };
    const timed = { ...shared, epochMs: 1_772_442_000_000, storageResolutionSeconds: 60 };
    expect(samples).toEqual([
      { ...timed, dimensions: { service: 'intake' } },
      { ...timed, dimensions: { service: 'intake', region: 'us-east-1' } },
    ]);
  });

  test('makes one sample for each value of a list', () => {
    const { samples } = extractMetrics('us-east-1', document({ OrderAccepted: [3, 4] }, { Dimensions: [['service']] }));

    expect(samples.map((sample) => sample.value)).toEqual([3, 4]);
  });

  test('keeps an empty dimension set as a metric without dimensions', () => {
    const { samples, problems } = extractMetrics('us-east-1', document({}, { Dimensions: [[]] }));

    expect(problems).toEqual([]);
    expect(samples.map((sample) => sample.dimensions)).toEqual([{}]);
  });

  test('notes high resolution and lets a missing unit be None', () => {
    const { samples } = extractMetrics(
      'us-east-1',
      document({}, { Dimensions: [[]], Metrics: [{ Name: 'OrderAccepted', StorageResolution: 1 }] }),
    );

    expect(samples).toMatchObject([{ unit: 'None', storageResolutionSeconds: 1 }]);
  });

  test.each(['START RequestId: 1', '{"level":"INFO","message":"accepted"}', '', '{"message":"the \\"_aws\\" member"}'])(
    'takes %j for an ordinary line',
    (line) => {
      expect(extractMetrics('us-east-1', line)).toEqual({ samples: [], problems: [] });
    },
  );

  test.each([
    ['{"_aws": ', /not a JSON object/],
    ['{"_aws": 1}', /_aws must be an object/],
    ['{"_aws": {"CloudWatchMetrics": []}}', /Timestamp/],
    ['{"_aws": {"Timestamp": 1}}', /CloudWatchMetrics must be a list/],
    [document({}, { Namespace: '' }), /Namespace/],
    [document({}, { Dimensions: 'service' }), /Dimensions and Metrics must be lists/],
    [document({}, { Dimensions: [] }), /no dimension set/],
    [document({ service: undefined }), /dimension "service"/],
    [document({ service: 7 }), /dimension "service"/],
    [document({ OrderAccepted: 'one' }), /OrderAccepted: the root must hold a number/],
    [document({ OrderAccepted: undefined }), /OrderAccepted: the root must hold a number/],
    [document({ OrderAccepted: Array.from({ length: 101 }, () => 1) }), /at most 100 numbers/],
    [document({}, { Metrics: [{ Unit: 'Count' }] }), /must have a Name/],
    [document({}, { Metrics: [{ Name: 'OrderAccepted', StorageResolution: 5 }] }), /StorageResolution/],
  ])('reports what is wrong with %s', (line, problem) => {
    const extracted = extractMetrics('us-east-1', line);

    expect(extracted.problems.join(' ')).toMatch(problem);
  });

  test('still takes the dimension sets that are right when one is wrong', () => {
    const { samples, problems } = extractMetrics('us-east-1', document({ region: '' }));

    expect(problems).toHaveLength(1);
    expect(samples.map((sample) => sample.dimensions)).toEqual([{ service: 'intake' }]);
  });
});
