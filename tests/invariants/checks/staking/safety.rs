//! SAF-3 to SAF-5 for staking: failures speak, engines agree, expiry loses nothing.

use alloy_sol_types::{SolCall, SolError};
use emetis::campaign::{Tally, Violation};
use emetis::{Chain, Failure};

use super::super::super::model::staking::{Bench, Money, Part};
use super::super::super::spec::{SAF_3, SAF_4};
use super::super::super::world::Origin;
use super::super::super::world::staking::Stage;
use super::super::Outcome;
use super::Noticed;

/// `Panic(uint256)`, as solc reverts with.
const PANIC: [u8; 4] = [0x4e, 0x48, 0x7b, 0x71];

/// SAF-3: a failure says why.
pub fn speaks(tally: &mut Tally, chain: &Chain, outcome: &Outcome) -> Result<(), Violation> {
    let Err(failure) = outcome else { return Ok(()) };
    let speaks = match failure {
        Failure::Revert { data, .. } => data.len() >= 4 && !data.starts_with(&PANIC),
        _ => false,
    };
    tally.check(SAF_3, speaks, || {
        let error = chain.names().error(&failure.data());
        format!("the call ended in {failure:?} ({error})")
    })
}

/// SAF-3: with less gas a call ends the same, or out of gas. What a callee does without gas is its
/// own: a receiver cannot be told from one that refuses.
pub fn starves(
    tally: &mut Tally,
    full: &Outcome,
    starved: &Outcome,
    gas: u64,
) -> Result<(), Violation> {
    let ran_dry = match starved {
        Err(Failure::OutOfGas { .. } | Failure::Invalid { .. }) => true,
        Err(failure) => {
            let data = failure.data();
            let passes_on = matches!(failure, Failure::Revert { .. }) && data.is_empty();
            data.starts_with(&Money::PaymentFailed::SELECTOR) || passes_on
        }
        Ok(_) => false,
    };
    let same = match (full, starved) {
        (Ok(full), Ok(starved)) => full.output == starved.output && full.logs == starved.logs,
        (Err(full), Err(starved)) => full.data() == starved.data(),
        _ => false,
    };
    tally.check(SAF_3, ran_dry || same, || {
        format!("with {gas} gas the call ended in {starved:?}, with enough in {full:?}")
    })
}

/// SAF-4: another engine, which has never seen this world, agrees on answer, logs and gas.
pub fn second_opinion(
    tally: &mut Tally,
    origin: &Origin,
    stage: &Stage,
    earlier: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    let mut chain = Chain::from(earlier.snapshot().on(origin.second.clone()));
    let call = noticed.call;
    let program = stage.crew.program(call.to);
    let second = chain.send_raw(call.caller, program, call.data.clone()).value(call.value).run();
    let same = match (noticed.outcome, &second) {
        (Ok(first), Ok(second)) => {
            first.output == second.output
                && first.logs == second.logs
                && first.gas_used == second.gas_used
        }
        (Err(first), Err(second)) => {
            first.data() == second.data() && first.gas_used() == second.gas_used()
        }
        _ => false,
    };
    tally.check(SAF_4, same, || {
        format!("one engine says {:?}, the other {second:?}", noticed.outcome)
    })
}

/// SAF-5: whether a program that has expired answers at all.
pub fn is_dead(stage: &Stage, chain: &Chain, part: Part) -> bool {
    let data = match part {
        Part::Staking => Money::countCall {}.abi_encode(),
        Part::Registry => super::super::super::model::staking::Names::stakingCall {}.abi_encode(),
        Part::Court => Bench::countCall {}.abi_encode(),
        Part::Quota => super::super::super::model::staking::Rule::limitsCall {}.abi_encode(),
    };
    let program = stage.crew.program(part);
    matches!(
        chain.clone().send_raw(stage.crew.manager, program, data).run(),
        Err(Failure::Trap { .. })
    )
}
