import type { AttributeMap, AttributeValue, MutableAttributeMap } from '../attribute-value';
import { emptyMap } from '../attribute-value';
import { type Bindings, type DocumentPath, ExpressionFault, nameOfStep } from './expression';

/** A path whose placeholders are resolved: attribute names as text, list elements as numbers. */
export type ResolvedPath = readonly (string | number)[];

export function resolvePath(path: DocumentPath, bindings: Bindings): ResolvedPath {
  return path.map((step) => ('index' in step ? step.index : nameOfStep(step, bindings)));
}

/** What stands at the path, or undefined when the item has nothing there. */
export function valueAt(path: DocumentPath, item: AttributeMap, bindings: Bindings): AttributeValue | undefined {
  let map: AttributeMap | undefined = item;
  let value: AttributeValue | undefined;
  for (const step of path) {
    if ('index' in step) value = value?.L?.[step.index];
    else value = map?.[nameOfStep(step, bindings)];
    if (value === undefined) return undefined;
    map = value.M;
  }
  return value;
}

/** The path as the service shows it in refusals: `[a, b, [0]]`. */
export function showPath(path: ResolvedPath): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

/**
 * Refuses paths of which one is the beginning of another (overlap), or which treat the same thing as a map and as a
 * list (conflict). An overlap anywhere is told before a conflict anywhere.
 */
export function checkDisjoint(paths: readonly ResolvedPath[]): void {
  let conflict: ExpressionFault | undefined;
  for (let later = 1; later < paths.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const relation = relationOf(paths[earlier]!, paths[later]!);
      if (relation === 'disjoint') continue;
      const fault = pathFault(relation, paths[earlier]!, paths[later]!);
      if (relation === 'overlap') throw fault;
      conflict ??= fault;
    }
  }
  if (conflict !== undefined) throw conflict;
}

function pathFault(relation: 'overlap' | 'conflict', one: ResolvedPath, other: ResolvedPath): ExpressionFault {
  return new ExpressionFault(
    `Two document paths ${relation} with each other; must remove or rewrite one of these paths; ` +
      `path one: ${showPath(one)}, path two: ${showPath(other)}`,
  );
}

function relationOf(one: ResolvedPath, other: ResolvedPath): 'disjoint' | 'overlap' | 'conflict' {
  for (let depth = 0; depth < one.length && depth < other.length; depth++) {
    if (typeof one[depth] !== typeof other[depth]) return 'conflict';
    if (one[depth] !== other[depth]) return 'disjoint';
  }
  return 'overlap';
}

interface Selection {
  /** The whole value is selected. */
  value?: AttributeValue;
  readonly children: Map<string | number, Selection>;
}

/**
 * The part of the item that the paths name, in the item's own structure. Elements of a list keep their order and close
 * up.
 */
export function project(paths: readonly ResolvedPath[], item: AttributeMap): AttributeMap {
  const root: Selection = { children: new Map() };
  for (const path of paths) select(root, path, item);
  return collectMap(root);
}

function select(root: Selection, path: ResolvedPath, item: AttributeMap): void {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) value = typeof step === 'number' ? value?.L?.[step] : value?.M?.[step];
  if (value === undefined) return;
  let node = root;
  for (const step of path) {
    let child = node.children.get(step);
    if (child === undefined) {
      child = { children: new Map() };
      node.children.set(step, child);
    }
    node = child;
  }
  node.value = value;
}

function collectMap(selection: Selection): AttributeMap {
  const map: MutableAttributeMap = emptyMap();
  for (const [name, child] of selection.children) map[name] = collect(child);
  return map;
}

function collect(selection: Selection): AttributeValue {
  if (selection.value !== undefined) return selection.value;
  const [firstStep] = selection.children.keys();
  if (typeof firstStep !== 'number') return { M: collectMap(selection) };
  const elements = [...selection.children].sort(([one], [other]) => Number(one) - Number(other));
  return { L: elements.map(([, child]) => collect(child)) };
}
