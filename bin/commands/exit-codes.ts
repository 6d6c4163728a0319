import { CommanderError } from 'commander';
import { GameDayUsageError } from '../../gamedays/errors';
import { CapacityError, CloudAssemblyError, CostError } from '../../operations';
import { ReportError } from '../../report';
import { SimulatorError } from '../../simulator';

/** What the exit code of every command means. */
export const EXIT_CODES = {
  pass: 0,
  /** The run finished and a check failed. */
  findings: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** Tandem itself failed in a way nobody foresaw. */
  unexpected: 3,
  /** An invariant of the simulator is broken, or it met something it does not model: the run says nothing. */
  simulator: 4,
} as const;

/** Commander's own code when a command that needs a subcommand was called without one. */
const HELP_WAS_SHOWN = 'commander.help';

/** A person's mistakes, each told in one line that says what is allowed. */
const USAGE_ERRORS = [GameDayUsageError, ReportError, CapacityError, CloudAssemblyError, CostError];

/** Tells the person what went wrong, in one line unless nobody foresaw it, and says how to exit. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.code !== HELP_WAS_SHOWN) console.error(usageLine(error.message));
    return EXIT_CODES.usage;
  }
  if (USAGE_ERRORS.some((type) => error instanceof type)) {
    console.error((error as Error).message);
    return EXIT_CODES.usage;
  }
  if (error instanceof SimulatorError) {
    console.error(`${error.name}: ${error.message}`);
    return EXIT_CODES.simulator;
  }
  console.error(error);
  return EXIT_CODES.unexpected;
}

// Commander puts its "did you mean" on a line of its own, and knows what was wrong better than what is allowed.
function usageLine(message: string): string {
  const line = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const sentence = `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.?]$/.test(line) ? '' : '.'}`;
  return sentence.includes('Allowed:') ? sentence : `${sentence} To see what is allowed, add --help.`;
}
