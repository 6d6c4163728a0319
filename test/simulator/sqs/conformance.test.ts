import type { JsonObject } from '../../../simulator/services/aws-service';
import { CONFORMANCE_CASES, type ConformanceCase, type Step } from './conformance-cases';
import type { Answer, Implementation } from './implementation';
import { createModel } from './model';

type Call = Exclude<Step, { readonly waitSeconds: number }>;

describe.each([['model', createModel] as const])('%s', (_, create) => {
  test.each(CONFORMANCE_CASES.map((conformanceCase) => [conformanceCase.name, conformanceCase] as const))(
    '%s',
    async (_name, conformanceCase) => {
      for (const { call, answer } of await play(create(), conformanceCase)) {
        expect(answer).toMatchObject(expectedAnswer(call));
        for (const path of call.absent ?? []) expect(answer).not.toHaveProperty(`output.${path}`);
      }
    },
  );
});

/** Makes the calls of a case one after the other. */
async function play(
  implementation: Implementation,
  { queue, steps }: ConformanceCase,
): Promise<readonly { readonly call: Call; readonly answer: Answer }[]> {
  const { url: queueUrl } = await implementation.createQueue({ queueName: 'work', ...queue });
  const answers: JsonObject[] = [];
  const played = [];
  for (const step of steps) {
    if ('waitSeconds' in step) {
      await implementation.waitSeconds(step.waitSeconds);
      answers.push({});
      continue;
    }
    const input = typeof step.input === 'function' ? step.input({ queueUrl, answers }) : step.input;
    const needsUrl = step.operation !== 'GetQueueUrl' && input.QueueUrl === undefined;
    const answer = await implementation.call(step.operation, needsUrl ? { QueueUrl: queueUrl, ...input } : input);
    answers.push('output' in answer ? answer.output : {});
    played.push({ call: step, answer });
  }
  return played;
}

function expectedAnswer({ fault, message, output }: Call): object {
  if (fault === undefined) return { output: output ?? {} };
  return { fault, ...(message === undefined ? {} : { message }) };
}
