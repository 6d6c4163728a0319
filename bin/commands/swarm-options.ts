import { InvalidArgumentError } from 'commander';

const RUNS_MAX = 100_000;
const ORDERS_MAX = 100_000;

/** @throws InvalidArgumentError, as all of these do, with what is allowed; the command line adds what it got */
export function parseRuns(text: string): number {
  return parseCount(text, RUNS_MAX, '--runs 100');
}

export function parseOrders(text: string): number {
  return parseCount(text, ORDERS_MAX, '--orders 200');
}

/** The numbers of the faults to keep: `0,2`, or `none`. */
export function parseFaultNumbers(text: string): number[] {
  if (text === 'none') return [];
  if (!/^\d{1,3}(,\d{1,3})*$/.test(text)) {
    throw new InvalidArgumentError(
      'Allowed: numbers of faults as a failure lists them, such as --faults 0,2, or none.',
    );
  }
  return text.split(',').map(Number);
}

function parseCount(text: string, max: number, example: string): number {
  const count = Number(text);
  if (!/^[1-9]\d*$/.test(text) || count > max) {
    throw new InvalidArgumentError(`Allowed: a whole number from 1 to ${max}, such as ${example}.`);
  }
  return count;
}
