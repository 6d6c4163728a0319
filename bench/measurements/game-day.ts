import { CATALOGUE, fly } from '../../gamedays';
import { timed } from '../elapsed';
import type { BenchInputs, Figure, Measure } from '../figure';

/** A flight in a new process, from the deployment to the verdict. @throws Error when it does not pass: that is other work */
export function gameDay(name: string, secondsMax: number): Measure {
  return async ({ assembly, configuration }: BenchInputs): Promise<readonly Figure[]> => {
    const found = CATALOGUE.find((one) => one.name === name)!;
    let verdict = '';
    let virtualSeconds = 0;
    const { wallMs } = await timed(async () => {
      const result = await fly({ assembly, configuration, gameDay: found, seed: 1, replay: '' });
      verdict = result.verdict;
      virtualSeconds = found.warmUpSeconds + found.durationSeconds;
    });
    if (verdict !== 'pass') throw new Error(`The game day ${name} ended with the verdict ${verdict}.`);
    return [
      { title: `The game day ${name}, after the synth`, unit: 's', value: wallMs / 1000, barMax: secondsMax },
      { title: `Virtual time in ${name} by real time`, unit: 'times', value: (virtualSeconds * 1000) / wallMs },
    ];
  };
}
