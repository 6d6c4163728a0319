import * as fc from 'fast-check';
import { attempt } from './attempt';
import { differenceOf } from './declared-differences';
import { experiment } from './differential-requests';
import { createDynalite } from './dynalite';
import { createModel } from './model';
import { HASH_TABLE } from './tables';

/** `DIFFERENTIAL_RUNS=20000 npx jest test/simulator/dynamodb/differential` looks longer. */
const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 500);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 20_260_302);

test(
  `the model answers ${RUNS} random requests as dynalite does, apart from declared differences`,
  async () => {
    const model = createModel();
    const dynalite = createDynalite();
    await model.createTable(HASH_TABLE);
    await dynalite.createTable(HASH_TABLE);

    await fc.assert(
      fc.asyncProperty(experiment, async ({ item, request }) => {
        const ours = await attempt(model, item, request);
        const theirs = await attempt(dynalite, item, request);
        const difference = differenceOf({ item, request, ours, theirs });
        expect(ours).toEqual(difference === undefined ? theirs : ours);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
  60_000 + RUNS * 100,
);
