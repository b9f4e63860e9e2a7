//! SAF-3, SAF-4 and SAF-5: failures speak, engines agree, expiry loses nothing.

use alloy_sol_types::{SolCall, SolError};
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};
use emetis::{Chain, Failure};

use super::super::action::{Actor, Program};
use super::super::encode::Transaction;
use super::super::spec::{SAF_3, SAF_4};
use super::super::world::{Origin, World};
use super::{Outcome, send};

/// `Panic(uint256)`, as solc reverts with.
const PANIC: [u8; 4] = [0x4e, 0x48, 0x7b, 0x71];

/// SAF-3: a failure says why.
pub fn speaks(tally: &mut Tally, world: &World, outcome: &Outcome) -> Result<(), Violation> {
    let Err(failure) = outcome else { return Ok(()) };
    let speaks = match failure {
        Failure::Revert { data, .. } => data.len() >= 4 && !data.starts_with(&PANIC),
        _ => false,
    };
    tally.check(SAF_3, speaks, || {
        let error = world.chain.names().error(&failure.data());
        format!("the call ended in {failure:?} ({error})")
    })
}

/// SAF-3: with less gas a call ends the same, or out of gas.
pub fn starves(
    tally: &mut Tally,
    full: &Outcome,
    starved: &Outcome,
    gas: u64,
) -> Result<(), Violation> {
    let ran_dry = match starved {
        Err(Failure::OutOfGas { .. } | Failure::Invalid { .. }) => true,
        // What a callee does without gas is its own: a program can only say that it failed, or pass
        // on the nothing that it got.
        Err(failure) => {
            let data = failure.data();
            let passes_on = matches!(failure, Failure::Revert { .. }) && data.is_empty();
            data.starts_with(&Hub::ERC1271InvalidSignature::SELECTOR)
                || data.starts_with(&Hub::PaymentFailed::SELECTOR)
                || data.starts_with(&Hub::VaultMissing::SELECTOR)
                || passes_on
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
    earlier: &Chain,
    transaction: &Transaction,
    first: &Outcome,
) -> Result<(), Violation> {
    let mut chain = Chain::from(earlier.snapshot().on(origin.second.clone()));
    let second = send(&mut chain, &origin.cast, transaction);
    let same = match (first, &second) {
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
    tally.check(SAF_4, same, || format!("one engine says {first:?}, the other {second:?}"))
}

/// SAF-5: views tell what they told before.
pub fn views_agree(world: &World) -> Result<(), String> {
    for program in Program::ALL {
        for actor in [Actor::Alice, Actor::Bob, Actor::Wallet] {
            let account = world.cast.address(actor);
            let balance = world.view(program, Hub::balanceOfCall { account })?;
            let stored = world.balance(program, account);
            if balance != stored {
                let (name, symbol) = (actor.label(), program.symbol());
                return Err(format!("{name} holds {stored} {symbol}, the view says {balance}"));
            }
        }
    }
    let found = (
        world.view(Program::Hub, Hub::totalSupplyCall {})?,
        world.view(Program::Vault, Vault::totalSupplyCall {})?,
        world.view(Program::Vault, Vault::totalAssetsCall {})?,
    );
    let seen = &world.seen;
    let expected = (seen.supply, seen.books.shares, seen.books.total_assets(seen.now));
    if found != expected {
        return Err(format!("the totals were {expected:?}, the views say {found:?}"));
    }
    Ok(())
}

/// SAF-5: whether a program that has expired answers at all.
pub fn is_dead(world: &World, program: Program) -> bool {
    let call = Hub::authorityCall {}.abi_encode();
    let mut fork = world.chain.clone();
    let answer =
        fork.send_raw(world.cast.account(Actor::Bob), world.cast.program(program), call).run();
    matches!(answer, Err(Failure::Trap { .. }))
}
