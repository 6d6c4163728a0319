/** What cannot be priced is refused by name: a bill that leaves something out is worse than none. */
export class CostError extends Error {
  override readonly name = 'CostError';
}
