import { CONDITION_CASES } from './cases/conditions';
import { KEY_CASES } from './cases/keys';
import { READ_CASES } from './cases/reads';
import { TRANSACTION_CASES } from './cases/transactions';
import { UPDATE_CASES } from './cases/updates';
import { VALUE_CASES } from './cases/values';
import type { ConformanceCase, Step } from './conformance-case';
import { createDynalite } from './dynalite';
import type { Answer, Implementation } from './implementation';
import { createModel } from './model';
import { TABLES } from './tables';

const GROUPS: readonly (readonly [string, readonly ConformanceCase[]])[] = [
  ['keys', KEY_CASES],
  ['values', VALUE_CASES],
  ['conditions', CONDITION_CASES],
  ['updates', UPDATE_CASES],
  ['reads', READ_CASES],
  ['transactions', TRANSACTION_CASES],
];

describe.each([
  ['model', createModel],
  ['dynalite', createDynalite],
] as const)('%s', (implementationName, create) => {
  const isDeclared = ({ differs }: ConformanceCase): boolean => differs?.[implementationName] !== undefined;
  const cases = GROUPS.flatMap(([group, members]) =>
    members.filter((member) => !isDeclared(member)).map((member) => [group, member.name, member] as const),
  );

  test.each(cases)('%s: %s', async (_group, _name, conformanceCase) => {
    await expect(check(create(), conformanceCase)).resolves.toBeUndefined();
  });
});

const DECLARED = GROUPS.flatMap(([, members]) => members.filter(({ differs }) => differs?.dynalite !== undefined));

test.each(named(DECLARED))('a declared difference of dynalite is one: %s', async (_name, conformanceCase) => {
  await expect(check(createDynalite(), conformanceCase)).rejects.toThrow(/toMatchObject|toHaveProperty/);
});

/** Makes the calls of a case on fresh tables and looks at each answer. */
async function check(implementation: Implementation, conformanceCase: ConformanceCase): Promise<void> {
  for (const { step, answer } of await play(implementation, conformanceCase)) {
    expect(answer).toMatchObject(expectedAnswer(step));
    for (const path of step.absent ?? []) expect(answer).not.toHaveProperty(`output.${path}`);
  }
}

function named(cases: readonly ConformanceCase[]): readonly (readonly [string, ConformanceCase])[] {
  return cases.map((conformanceCase) => [conformanceCase.name, conformanceCase] as const);
}

/** Makes the calls of a case one after the other, on fresh tables. */
async function play(
  implementation: Implementation,
  { steps }: ConformanceCase,
): Promise<readonly { readonly step: Step; readonly answer: Answer }[]> {
  const used = JSON.stringify(steps);
  for (const table of TABLES) if (used.includes(`"${table.tableName}"`)) await implementation.createTable(table);
  const played = [];
  for (const step of steps) played.push({ step, answer: await implementation.call(step.operation, step.input) });
  return played;
}

function expectedAnswer({ fault, message = '', fields = {}, output = {} }: Step): object {
  return fault === undefined ? { output } : { fault, message: expect.stringContaining(message) as unknown, fields };
}
