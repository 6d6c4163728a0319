import {
  evaluateAlarm,
  type AlarmRule,
  type AlarmState,
  type MissingDataTreatment,
} from '../../../simulator/services/cloudwatch/alarm-evaluation';

// Sources. Each vector names one, with the row or the sentence it was taken from.
const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring';
const TABLES = `${GUIDE}/alarms-and-missing-data.html, tables of the evaluation of missing data`;
const PREMATURE = `${GUIDE}/alarms-and-missing-data.html, "Avoiding premature transitions to alarm state"`;
const RULES = `${GUIDE}/alarms-and-missing-data.html, the three cases of an evaluation range`;
const EVALUATION = `${GUIDE}/alarm-evaluation.html, "Evaluation Periods" and "Datapoints to Alarm"`;
const OLD_TABLE =
  'https://github.com/awsdocs/amazon-cloudwatch-user-guide/blob/05fd32f/doc_source/AlarmThatSendsEmail.md, table 1';
const LOW_SAMPLES = `${GUIDE}/percentiles-with-low-samples.html`;
const API =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, ComparisonOperator';

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** The state before is one that no vector can end in by accident. */
const KEPT = 'kept';

function rule(evaluationPeriods: number, datapointsToAlarm: number, treatMissingData: MissingDataTreatment): AlarmRule {
  return {
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 1,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData,
  };
}

/** `0` is a good point, `X` a breaching one, `-` a missing one; the newest is on the right, as in the user guide. */
function parsePoints(text: string): (number | undefined)[] {
  return text.split(' ').map((symbol) => (symbol === '-' ? undefined : symbol === 'X' ? 5 : 0));
}

type Row = [points: string, n: number, m: number, source: string, ...states: [string, string, string, string]];

describe('evaluateAlarm over missing data', () => {
  const rows: Row[] = [
    // points, N, M, source, then the state for missing, ignore, breaching, notBreaching
    ['0 - X - X', 3, 3, `${TABLES}: 3 of 3, row 1`, 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 3, 3, `${TABLES}: 3 of 3, row 2`, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 3, 3, `${TABLES}: 3 of 3, row 3`, 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
    ['0 X X - X', 3, 3, `${TABLES}: 3 of 3, row 4`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 3, 3, `${TABLES}: 3 of 3, row 5`, 'ALARM', KEPT, 'ALARM', 'OK'],
    ['0 - X - X', 3, 2, `${TABLES}: 2 of 3, row 1`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 3, 2, `${TABLES}: 2 of 3, row 2`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 3, 2, `${TABLES}: 2 of 3, row 3`, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 3, 2, `${TABLES}: 2 of 3, row 4`, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 3, 2, `${TABLES}: 2 of 3, row 5`, 'ALARM', KEPT, 'ALARM', 'OK'],
    ['- - - - X', 3, 3, `${OLD_TABLE}, row 5`, 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
    ['X - - - -', 3, 3, `${OLD_TABLE}, row 6`, 'ALARM', KEPT, 'ALARM', 'OK'],
    ['- - - X -', 3, 3, `${PREMATURE}: no transition yet`, 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
    ['- - - X 0', 3, 3, `${PREMATURE}: the next point is good`, 'OK', 'OK', 'OK', 'OK'],
    ['- - X - 0', 3, 3, `${PREMATURE}: the next point is good`, 'OK', 'OK', 'OK', 'OK'],
    ['- - X - X', 3, 3, `${PREMATURE}: newer points breach or are missing`, 'ALARM', KEPT, 'ALARM', 'OK'],
    ['- X X - -', 3, 3, `${PREMATURE}: newer points breach or are missing`, 'ALARM', KEPT, 'ALARM', 'OK'],
    ['- - - - X', 3, 1, `${EVALUATION}: one point is enough`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - - X X', 3, 2, `${EVALUATION}: M real points breach`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['X X 0 0 0', 3, 3, `${RULES}: none missing, older points are not used`, 'OK', 'OK', 'OK', 'OK'],
    ['0 0 X X X', 3, 3, `${RULES}: none missing, older points are not used`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['X X 0 - -', 3, 2, `${RULES}: N exist, the treatment is not used`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X - -', 3, 1, `${RULES}: N exist, the treatment is not used`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 0 - -', 3, 3, `${RULES}: N exist, even if the newest are missing`, 'OK', 'OK', 'OK', 'OK'],
    ['- X 0 - -', 3, 2, `${RULES}: gaps are filled as seldom as possible`, 'OK', 'OK', 'ALARM', 'OK'],
    ['X - - - -', 1, 1, `${RULES}: the last point is evaluated again and again`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - - - -', 1, 1, `${RULES}: the last point is evaluated again and again`, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 1, 1, `${RULES}: nothing in the range`, 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
    ['X X X X 0', 5, 4, `${EVALUATION}: 4 of 5`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['X X X 0 0', 5, 4, `${EVALUATION}: 4 of 5`, 'OK', 'OK', 'OK', 'OK'],
    ['X 0 X 0 X', 5, 3, `${EVALUATION}: M points need not be consecutive`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 X 0 X 0', 5, 3, `${EVALUATION}: M points need not be consecutive`, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - X - -', 5, 1, `${EVALUATION}: one point is enough`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['X - - - - - -', 5, 5, `${PREMATURE}: the oldest point is M periods old`, 'ALARM', KEPT, 'ALARM', 'OK'],
    ['- - - X - - -', 5, 5, `${PREMATURE}: the oldest point is younger`, 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
    ['- - - X X - -', 5, 2, `${EVALUATION}: M real points breach`, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ];

  const vectors = rows.flatMap(([points, n, m, source, ...states]) =>
    TREATMENTS.map((treatment, index) => ({ points, n, m, treatment, expected: states[index]!, source })),
  );

  test.each(vectors)(
    '$points with $m of $n and $treatment is $expected ($source)',
    ({ points, n, m, treatment, expected }) => {
      for (const previous of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies AlarmState[]) {
        const verdict = evaluateAlarm(rule(n, m, treatment), { points: parsePoints(points) }, previous);

        expect(verdict.state).toBe(expected === KEPT ? previous : expected);
        expect(verdict.reason).not.toBe('');
      }
    },
  );
});

describe('evaluateAlarm over an unbroken metric', () => {
  test('follows the example of the user guide: three of three above three units', () => {
    const values = [1, 2, 4, 5, 4, 2, 1, 3, 5, 2];
    const consecutive: AlarmRule = { ...rule(3, 3, 'missing'), threshold: 3 };

    const states = values.slice(2).map((_, index) => {
      return evaluateAlarm(consecutive, { points: values.slice(index, index + 3) }, 'OK').state;
    });

    // alarm-evaluation.html, figure: periods three to five breach, six dips below, nine breaches alone.
    expect(states).toEqual(['OK', 'OK', 'ALARM', 'OK', 'OK', 'OK', 'OK', 'OK']);
  });

  test.each([
    ['GreaterThanOrEqualToThreshold', 10, 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 9.99, 'OK'],
    ['GreaterThanThreshold', 10, 'OK'],
    ['GreaterThanThreshold', 10.01, 'ALARM'],
    ['LessThanOrEqualToThreshold', 10, 'ALARM'],
    ['LessThanOrEqualToThreshold', 10.01, 'OK'],
    ['LessThanThreshold', 10, 'OK'],
    ['LessThanThreshold', 9.99, 'ALARM'],
  ] as const)(`%s at threshold 10 makes %d %s (${API})`, (comparisonOperator, value, expected) => {
    const verdict = evaluateAlarm(
      { ...rule(1, 1, 'missing'), comparisonOperator, threshold: 10 },
      { points: [value] },
      'OK',
    );

    expect(verdict.state).toBe(expected);
  });
});

describe('evaluateAlarm over a percentile with few samples', () => {
  const percentile: AlarmRule = { ...rule(1, 1, 'missing'), sampleCountMin: 1000 };

  test.each([
    [999, 'ALARM', 'ALARM'],
    [999, 'OK', 'OK'],
    [999, 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'],
    [1000, 'OK', 'ALARM'],
  ] as const)(`with %d samples turns %s into %s (${LOW_SAMPLES})`, (sampleCount, previous, expected) => {
    expect(evaluateAlarm(percentile, { points: [5], sampleCount }, previous).state).toBe(expected);
  });

  test('evaluates whatever there is when it was not told to wait', () => {
    expect(evaluateAlarm(rule(1, 1, 'missing'), { points: [5], sampleCount: 1 }, 'OK').state).toBe('ALARM');
  });
});

describe('the reason of a verdict', () => {
  test.each([
    [
      'X X X',
      'missing',
      'Threshold Crossed: 3 out of the last 3 datapoints [5.0, 5.0, 5.0] was greater than the threshold (1.0).',
    ],
    [
      '0 X X',
      'missing',
      'Threshold Crossed: 1 out of the last 3 datapoints [0.0] was not greater than the threshold (1.0).',
    ],
    [
      '- - -',
      'breaching',
      'Threshold Crossed: no datapoints were received for 3 periods and missing data was treated as [Breaching].',
    ],
    ['- - -', 'missing', 'Insufficient Data: no datapoints were received for 3 periods.'],
  ] as const)('for %s says what was seen', (points, treatment, expected) => {
    expect(evaluateAlarm(rule(3, 3, treatment), { points: parsePoints(points) }, 'OK').reason).toBe(expected);
  });
});
