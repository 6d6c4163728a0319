import type { FlightPlan } from '../../gamedays';
import type { Stack, Template } from '../../simulator';

/** A known bug, planted into a synthesized app. Each must be found by the checks, or the checks are the bug. */
export type Defect = (plan: FlightPlan) => FlightPlan;

/** Takes an action out of every policy of a function's role in one region. */
export const withoutGrant =
  (region: string, functionId: string, action: string): Defect =>
  (plan) =>
    editTemplates(plan, (stack) => {
      if (stack.region !== region) return stack.template;
      return mapJson(stack.template, (value, path) =>
        path.includes(functionId) && Array.isArray(value) && value.includes(action)
          ? value.filter((entry) => entry !== action)
          : path.includes(functionId) && value === action
            ? 'none:Nothing'
            : value,
      );
    });

/** Gives the functions of that name, in both regions, one more action wherever they may write. */
export const withBroaderGrant =
  (functionId: string, action: string): Defect =>
  (plan) =>
    editTemplates(plan, (stack) =>
      mapJson(stack.template, (value, path) => {
        const { Action } = (value ?? {}) as { readonly Action?: unknown };
        return path.includes(`${functionId}Role`) && Action === 'dynamodb:PutItem'
          ? { ...(value as object), Action: [Action, action] }
          : value;
      }),
    );

/** Lets a repeated order replace the first one. */
export const withoutIdempotencyCondition: Defect = (plan) =>
  editBundles(plan, 'attribute_not_exists(orderId)', 'attribute_not_exists(neverThere)');

/** Deletes a message whatever its function answered. */
export const deletingFailedMessages: Defect = (plan) =>
  editTemplates(plan, (stack) =>
    mapJson(stack.template, (value, path) => (path.endsWith('FunctionResponseTypes') ? [] : value)),
  );

/** Gives the standby a payment provider of its own, with a ledger of its own. */
export const withLedgerPerRegion =
  (standbyRegion: string): Defect =>
  (plan) => {
    const witness = plan.assembly.stacks.find((stack) => stack.stackName.endsWith('-Witness'))!;
    const rename = (value: unknown): unknown =>
      typeof value === 'string' ? value.replace(/tandem-(\w+)-pay/, 'tandem-$1-second-pay') : value;
    const second: Stack = {
      ...witness,
      stackName: `${witness.stackName}2`,
      template: mapJson(witness.template, rename),
    };
    const edited = editTemplates(plan, (stack) =>
      stack.region !== standbyRegion
        ? stack.template
        : mapJson(stack.template, (value) => (value === witness.stackName ? second.stackName : value)),
    );
    return { ...edited, assembly: { ...edited.assembly, stacks: [second, ...edited.assembly.stacks] } };
  };

export function editTemplates(plan: FlightPlan, edit: (stack: Stack) => Template): FlightPlan {
  const stacks = plan.assembly.stacks.map((stack) => ({ ...stack, template: edit(stack) }));
  if (JSON.stringify(stacks) === JSON.stringify(plan.assembly.stacks)) throw new Error('The defect changed nothing.');
  return { ...plan, assembly: { ...plan.assembly, stacks } };
}

/** Replaces a piece of code wherever a bundle has it; a pattern must be global. */
export function editBundles(plan: FlightPlan, text: string | RegExp, replacement: string): FlightPlan {
  let count = 0;
  const bundles = new Map(
    [...plan.assembly.bundles].map(([key, code]) => {
      const edited = code.replaceAll(text, replacement);
      if (edited !== code) count++;
      return [key, edited];
    }),
  );
  if (count === 0) throw new Error(`No bundle holds ${String(text)}.`);
  return { ...plan, assembly: { ...plan.assembly, bundles } };
}

export function mapJson<T>(value: T, edit: (value: unknown, path: string) => unknown, path = ''): T {
  const edited = edit(value, path);
  if (Array.isArray(edited)) return edited.map((entry) => mapJson(entry as unknown, edit, path)) as T;
  if (typeof edited !== 'object' || edited === null) return edited as T;
  return Object.fromEntries(
    Object.entries(edited).map(([name, inner]) => [name, mapJson(inner as unknown, edit, `${path}/${name}`)]),
  ) as T;
}
