import type { ActiveAlarm, FaultBand } from '../gamedays/result';
import { clockTime, duration } from './quantities';
import { clip, fit, plain } from './terminal/columns';

export interface WatchedRun {
  readonly name: string;
  /** The duration of the day; a run may go on for longer, until the world is at rest. */
  readonly durationSeconds: number;
  readonly faults: readonly FaultBand[];
}

const WIDTH = 100;
const NAME_WIDTH = 46;
const LANE_WIDTH = WIDTH - NAME_WIDTH - 2;
/** Beyond these the alarms that fired later have no lane of their own. */
const LANES_MAX = 20;
/** Where nothing can be redrawn, progress is told so many times. */
const TOLD_TIMES = 20;

interface WatchedLane {
  readonly alarm: ActiveAlarm;
  readonly cells: boolean[];
  isActive: boolean;
}

/**
 * A run as somebody follows it: how far it is, how fast, how long it still takes, and a lane for each alarm that has fired.
 * It is told of each step and says what a terminal shows; it writes nothing and looks at no clock.
 */
export class TerminalWatch {
  private readonly lanes = new Map<string, WatchedLane>();
  /** Where the run was when it was first looked at: the warm-up is not told of. */
  private begunSeconds: number | undefined;
  private nowSeconds = 0;
  private elapsedSeconds = 0;
  private told = 0;

  constructor(private readonly run: WatchedRun) {}

  /**
   * The run has come to that second.
   *
   * @param alarms those that are in ALARM now
   * @param elapsedSeconds how long it has taken since the first step, in real time
   * @returns what is worth a line where nothing can be redrawn: changes of alarms, and now and then how far it is
   */
  advance(nowSeconds: number, alarms: readonly ActiveAlarm[], elapsedSeconds: number): string[] {
    this.begunSeconds ??= nowSeconds;
    this.nowSeconds = nowSeconds;
    this.elapsedSeconds = elapsedSeconds;
    const active = new Map(alarms.map((alarm) => [`${alarm.region}/${alarm.alarmName}`, alarm]));
    for (const [key, alarm] of active) {
      if (!this.lanes.has(key)) this.lanes.set(key, { alarm, cells: [], isActive: false });
    }
    const said: string[] = [];
    for (const [key, lane] of this.lanes) {
      const isActive = active.has(key);
      if (isActive !== lane.isActive) said.push(this.changeLine(lane.alarm, isActive));
      lane.isActive = isActive;
      const cell = this.cellOf(nowSeconds);
      lane.cells[cell] = isActive || (lane.cells[cell] ?? false);
    }
    const share = Math.floor((TOLD_TIMES * nowSeconds) / this.run.durationSeconds);
    if (share > this.told) {
      this.told = share;
      said.push(this.progressLine());
    }
    return said;
  }

  /** The whole picture, for a terminal that can be redrawn. */
  picture(): string[] {
    const lanes = [...this.lanes.values()];
    const bands = this.run.faults.map((fault) =>
      this.laneLine(plain(fault.title), (cell) => (this.isWithin(fault, cell) ? '▒' : ' ')),
    );
    const shown = lanes.slice(0, LANES_MAX).map(({ alarm, cells, isActive }) => {
      const name = `${isActive ? '!' : ' '} ${alarm.severity.padEnd(6)} ${plain(alarm.region)} ${plain(alarm.alarmName)}`;
      return this.laneLine(name, (cell) =>
        cells[cell] === true ? '█' : cell <= this.cellOf(this.nowSeconds) ? '·' : ' ',
      );
    });
    const more = lanes.length - shown.length;
    return [this.progressLine(), ...bands, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
  }

  private progressLine(): string {
    const { name, durationSeconds } = this.run;
    const isEnding = this.nowSeconds >= durationSeconds;
    const share = Math.min(1, this.nowSeconds / durationSeconds);
    const bar = '█'.repeat(Math.round(share * 20)).padEnd(20, '░');
    const flownSeconds = this.nowSeconds - (this.begunSeconds ?? 0);
    const rate = this.elapsedSeconds === 0 ? 0 : flownSeconds / this.elapsedSeconds;
    const left = rate === 0 ? '?' : duration(Math.round((durationSeconds - this.nowSeconds) / rate));
    const ending = isEnding ? 'comes to rest' : `${left} left`;
    return clip(
      `${name} ${bar} ${clockTime(this.nowSeconds)} of ${clockTime(durationSeconds)}, ${rate.toFixed(0)} virtual s/s, ${ending}`,
      WIDTH,
    );
  }

  private changeLine({ region, alarmName, severity }: ActiveAlarm, isActive: boolean): string {
    const parts = [clockTime(this.nowSeconds).padStart(7), isActive ? 'ALARM' : 'clear', severity.padEnd(6)];
    return clip([...parts, plain(region), plain(alarmName)].join('  '), WIDTH);
  }

  private laneLine(name: string, cellAt: (cell: number) => string): string {
    return `${fit(name, NAME_WIDTH)} |${Array.from({ length: LANE_WIDTH }, (_, cell) => cellAt(cell)).join('')}`;
  }

  private cellOf(seconds: number): number {
    return Math.min(LANE_WIDTH - 1, Math.max(0, Math.floor((LANE_WIDTH * seconds) / this.run.durationSeconds)));
  }

  private isWithin({ fromSeconds, toSeconds }: FaultBand, cell: number): boolean {
    return cell >= this.cellOf(fromSeconds) && cell <= this.cellOf(toSeconds - 1);
  }
}
