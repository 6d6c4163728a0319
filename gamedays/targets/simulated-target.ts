import { ClientTimeout, regionOf, type ClientPlatform, type SignerCredentials } from '../../client';
import { alarmSeverity, ledgerTableName, ordersTableName, serviceDnsName } from '../../blueprint/names';
import { Cloud, type Assembly, type AttributeMap, type AttributeValue } from '../../simulator';
import type { FaultStep, RegionRole } from '../game-day';
import { SimulatedRecord } from './simulated-record';
import type { GameDayTarget, TableItem, TargetRecord } from './target';

export interface SimulatedTargetOptions {
  readonly assembly: Assembly;
  readonly seed: number;
  readonly regions: Readonly<Record<RegionRole | 'witness', string>>;
  /** How long the system has been running when the game day starts. */
  readonly warmUpSeconds: number;
  readonly accountConcurrency: number;
  readonly traceSink?: (line: string) => void;
}
