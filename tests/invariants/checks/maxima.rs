//! VAU-7: the largest amounts are told right.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IStakedMetis as Vault;

use super::super::action::{Actor, Program};
use super::super::spec::VAU_7;
use super::super::world::World;
use super::ask;
use super::chance::Chance;
use super::stream::endow;

/// One of the four: never fails, is zero where the books say so, goes through, and one more does
/// not.
pub fn are_exact(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let mut chance = Chance::of(world, 7);
    let who = world.cast.address(
        [Actor::Alice, Actor::Bob, Actor::Mallory, Actor::Wallet][chance.below(4) as usize],
    );
    match chance.below(4) {
        0 => {
            let max = world.view(Program::Vault, Vault::maxDepositCall { receiver: who });
            let call = |assets| Vault::depositCall { assets, receiver: who };
            entry(tally, world, who, "maxDeposit", max, call)
        }
        1 => {
            let max = world.view(Program::Vault, Vault::maxMintCall { receiver: who });
            let call = |shares| Vault::mintCall { shares, receiver: who };
            entry(tally, world, who, "maxMint", max, call)
        }
        2 => {
            let max = world.view(Program::Vault, Vault::maxWithdrawCall { owner: who });
            let call = |assets| Vault::withdrawCall { assets, receiver: who, owner: who };
            bound(tally, world, who, "maxWithdraw", max, call)
        }
        _ => {
            let max = world.view(Program::Vault, Vault::maxRedeemCall { owner: who });
            let call = |shares| Vault::redeem_0Call { shares, receiver: who, owner: who };
            bound(tally, world, who, "maxRedeem", max, call)
        }
    }
}

fn entry<C: SolCall<Return = U256>>(
    tally: &mut Tally,
    world: &World,
    who: Address,
    what: &str,
    max: Result<U256, String>,
    call: impl Fn(U256) -> C,
) -> Result<(), Violation> {
    let closed = !world.seen.is_open();
    let told_closed = max.as_ref().is_ok_and(U256::is_zero);
    tally.check(VAU_7, !closed || told_closed, || {
        format!("{what} is {max:?} and entries are closed")
    })?;
    bound(tally, world, who, what, max, call)
}

/// The operation goes through at `max` and fails above it.
fn bound<C: SolCall<Return = U256>>(
    tally: &mut Tally,
    world: &World,
    who: Address,
    what: &str,
    max: Result<U256, String>,
    call: impl Fn(U256) -> C,
) -> Result<(), Violation> {
    tally.check(VAU_7, max.is_ok(), || format!("{what} fails: {max:?}"))?;
    let Ok(max) = max else { return Ok(()) };
    let mut forks = [fork(world, who), fork(world, who)];
    let try_it =
        |fork: &mut Chain, amount| ask(fork, &world.cast, who, Program::Vault, call(amount));
    if !max.is_zero() {
        let at = try_it(&mut forks[0], max);
        tally.check(VAU_7, at.is_ok(), || format!("{what} is {max}, and fails: {at:?}"))?;
    }
    let above = try_it(&mut forks[1], max.saturating_add(U256::ONE));
    tally.check(VAU_7, above.is_err(), || {
        format!("{what} is {max}, and 1 more goes through: {above:?}")
    })
}

/// A fork in which the account has all the eMETIS that it may need.
fn fork(world: &World, who: Address) -> Chain {
    let mut fork = world.chain.clone();
    endow(&mut fork, world, who, U256::ONE << 100, world.cast.program(Program::Vault));
    fork
}
