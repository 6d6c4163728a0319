/**
 * The questions a game day can ask, by id.
 *
 * - `no-order-lost`, `charged-exactly-when-confirmed`, `accepted-once`, `one-outcome-everywhere`, `told-once`,
 *   `refused-without-effect`, `served-after-healing`, `expired-orders`: the promises to customers
 * - `promises`: the ids of checks that days ask for together
 * - `disagreements-recorded`: what a person is told of promises that were broken
 * - `lists-complete`: what customers are shown of all their orders
 * - `recovery-objectives`: how long, and how much
 * - `requests`: what callers saw
 * - `alarms`: what the person on call saw
 * - `declared-connections`: who called whom
 * - `operator-commands`: what the commands of the runbooks came to
 * - `dns-stood-still`, `dns-follows-the-operator`: where callers were sent
 * - `plans-follow-the-writer`: how old customers' plans were
 * - `automatic-evacuation`: what the responder did without a person
 * - `knee-as-predicted`: how much one region carries
 * - `calm-again`, `important-orders-first`, `survivor-keeps-serving`, `survivor-stays-in-dns`: what overload does
 * - `override-followed`: whether a region was as open as the operator ordered
 * - `residue`: what must not be left behind
 * - `not-called-off`: whether the day was flown to its end
 */
import { acceptedOnce } from './accepted-once';
import { expectedAlarmsCleared, expectedAlarmsFired, noOtherAlarmFired } from './alarms';
import { chargedExactlyWhenConfirmed } from './charged-exactly-when-confirmed';
import { calmAgain } from './calm-again';
import type { Check } from './check';
import { evacuatedAutomatically, nothingEvacuated } from './automatic-evacuation';
import { disagreementsRecorded } from './disagreements-recorded';
import { dnsStoodStill } from './dns-stood-still';
import { dnsFollowsTheOperator } from './dns-follows-the-operator';
import { declaredConnections } from './declared-connections';
import { expiredOnlyInFlight, nothingExpired } from './expired-orders';
import { importantOrdersFirst } from './important-orders-first';
import { listsComplete } from './lists-complete';
import { kneeAsPredicted } from './knee-as-predicted';
import { noOrderLost } from './no-order-lost';
import { plansFollowTheWriter } from './plans-follow-the-writer';
import { notCalledOff } from './not-called-off';
import { oneOutcomeEverywhere } from './one-outcome-everywhere';
import { operatorCommandsWorked } from './operator-commands';
import { overrideFollowed } from './override-followed';
import { recoveryPoint, recoveryTime } from './recovery-objectives';
import { refusedWithoutEffect } from './refused-without-effect';
import { noRequestFailed } from './requests';
import { converged, noAccessDenied, noDeadLetters, noFunctionTimedOut } from './residue';
import { servedAfterHealing } from './served-after-healing';
import { survivorKeepsServing } from './survivor-keeps-serving';
import { survivorStaysInDns } from './survivor-stays-in-dns';
import { toldOnce } from './told-once';

export const CHECKS: ReadonlyMap<string, Check> = new Map(
  [
    noOrderLost,
    chargedExactlyWhenConfirmed,
    acceptedOnce,
    oneOutcomeEverywhere,
    toldOnce,
    disagreementsRecorded,
    listsComplete,
    refusedWithoutEffect,
    servedAfterHealing,
    nothingExpired,
    expiredOnlyInFlight,
    recoveryTime,
    recoveryPoint,
    noRequestFailed,
    plansFollowTheWriter,
    kneeAsPredicted,
    overrideFollowed,
    calmAgain,
    importantOrdersFirst,
    survivorKeepsServing,
    survivorStaysInDns,
    expectedAlarmsFired,
    expectedAlarmsCleared,
    noOtherAlarmFired,
    noDeadLetters,
    notCalledOff,
    noAccessDenied,
    noFunctionTimedOut,
    declaredConnections,
    operatorCommandsWorked,
    evacuatedAutomatically,
    nothingEvacuated,
    dnsStoodStill,
    dnsFollowsTheOperator,
    converged,
  ].map((check) => [check.id, check]),
);

export type { Check, Judgement } from './check';
