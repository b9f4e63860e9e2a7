//! VAU-8: what an account has falls only in calls that it made or allowed.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue, IStakedMetis as Vault};

use super::super::action::Program;
use super::super::model::Key;
use super::super::spec::VAU_8;
use super::super::world::{Change, World};
use super::Observed;

/// An allowance that a call used.
#[derive(Debug)]
struct Spent {
    token: Program,
    owner: Address,
    spender: Address,
    value: U256,
}

/// Balances fall, and allowances change, only by their owner's will; `permitted` if the call was a
/// permit that the owner had signed.
pub fn authorised(
    tally: &mut Tally,
    world: &World,
    seen: &Observed<'_>,
    permitted: bool,
) -> Result<(), Violation> {
    let spent = spent(seen);
    let wrong = seen
        .changes
        .iter()
        .find_map(|change| trespass(seen, change, spent.as_ref(), permitted))
        .or_else(|| spent.as_ref().and_then(|spent| misspent(world, seen, spent)));
    tally.check(VAU_8, wrong.is_none(), || wrong.unwrap_or_default())
}

fn spent(seen: &Observed<'_>) -> Option<Spent> {
    let transaction = seen.transaction;
    let (caller, to) = (transaction.caller, transaction.to);
    if to != Program::Queue && seen.did::<Hub::transferFromCall>(to) {
        let (owner, value) = (transaction.address(0)?, transaction.word(2)?);
        return Some(Spent { token: to, owner, spender: caller, value });
    }
    let asked = [
        seen.did::<Queue::requestRedeemCall>(Program::Queue),
        seen.did::<Queue::requestRedeemWithPermitCall>(Program::Queue),
        seen.did::<Queue::requestRedeemsCall>(Program::Queue),
    ];
    if asked.contains(&true) {
        let value = seen.after.queued.saturating_sub(seen.before.queued);
        let spender = seen.cast.program(Program::Queue);
        return Some(Spent { token: Program::Hub, owner: caller, spender, value });
    }
    let vault = seen.cast.program(Program::Vault);
    let enters = seen.did::<Vault::depositCall>(Program::Vault)
        || seen.did::<Vault::mintCall>(Program::Vault)
        || seen.did::<Vault::notifyCall>(Program::Vault);
    if enters {
        let value = seen.after.held.saturating_sub(seen.before.held);
        return Some(Spent { token: Program::Hub, owner: caller, spender: vault, value });
    }
    let value = if seen.did::<Vault::withdrawCall>(Program::Vault) {
        let output = seen.outcome.as_ref().ok()?;
        Vault::withdrawCall::abi_decode_returns(&output.output).ok()?
    } else if redeems(seen) {
        transaction.word(0)?
    } else {
        return None;
    };
    let owner = transaction.address(2)?;
    (owner != caller).then_some(Spent { token: Program::Vault, owner, spender: caller, value })
}

fn redeems(seen: &Observed<'_>) -> bool {
    seen.did::<Vault::redeem_0Call>(Program::Vault)
        || seen.did::<Vault::redeem_1Call>(Program::Vault)
}

/// What a change took from an account that did not want it.
fn trespass(
    seen: &Observed<'_>,
    change: &Change,
    spent: Option<&Spent>,
    permitted: bool,
) -> Option<String> {
    let Change { program: token, key, before, after } = *change;
    let transaction = seen.transaction;
    let symbol = token.symbol();
    match key {
        Key::Balance(owner) if after < before => {
            let own = transaction.caller == owner && may_lower(seen, token);
            let pulled = spent.is_some_and(|spent| {
                (spent.token, spent.owner) == (token, owner) && before - after <= spent.value
            });
            let pays = token == Program::Hub
                && owner == seen.cast.program(Program::Vault)
                && vault_pays(seen);
            let fills = token == Program::Hub
                && owner == seen.cast.program(Program::Queue)
                && (seen.did::<Queue::finalizeCall>(Program::Queue)
                    || seen.did::<Queue::cancelCall>(Program::Queue));
            let name = || seen.cast.name(owner);
            (!(own || pulled || pays || fills)).then(|| {
                format!("{} lost {} wei of {symbol} without having agreed", name(), before - after)
            })
        }
        Key::Allowance(owner, spender) => {
            let set = transaction.caller == owner
                && seen.did::<Hub::approveCall>(token)
                && transaction.address(0) == Some(spender);
            let signed = permitted
                && transaction.to == token
                && (transaction.address(0), transaction.address(1)) == (Some(owner), Some(spender));
            let used = spent.is_some_and(|spent| {
                (spent.token, spent.owner, spent.spender) == (token, owner, spender)
            });
            let handed = spender == seen.cast.program(Program::Queue)
                && transaction.caller == owner
                && seen.did::<Queue::requestRedeemWithPermitCall>(Program::Queue);
            (!(set || signed || used || handed)).then(|| {
                let [owner, spender] = [owner, spender].map(|who| seen.cast.name(who));
                format!(
                    "the {symbol} allowance of {owner} to {spender} went from {before} to {after}"
                )
            })
        }
        _ => None,
    }
}

/// Whether the call was one by which the caller gives of its own.
fn may_lower(seen: &Observed<'_>, token: Program) -> bool {
    let transfers = seen.did::<Hub::transferCall>(token);
    let leaves = || {
        let own = seen.transaction.address(2) == Some(seen.transaction.caller);
        own && (seen.did::<Vault::withdrawCall>(Program::Vault) || redeems(seen))
    };
    let redeems = token == Program::Hub && seen.did::<Hub::redeemNowCall>(Program::Hub);
    transfers || redeems || (token == Program::Vault && leaves())
}

/// Whether the call was one in which the vault hands out or burns its eMETIS.
fn vault_pays(seen: &Observed<'_>) -> bool {
    seen.did::<Vault::withdrawCall>(Program::Vault)
        || redeems(seen)
        || seen.settled()
        || seen.did::<Vault::sweepCall>(Program::Vault)
}

/// What is wrong with the allowance that a call used: it was too small, or did not fall by what was
/// used.
fn misspent(world: &World, seen: &Observed<'_>, spent: &Spent) -> Option<String> {
    let Spent { token, owner, spender, value } = *spent;
    let key = Key::Allowance(owner, spender);
    let after = world.figure(token, key);
    let change = seen.changes.iter().find(|change| (change.program, change.key) == (token, key));
    let before = change.map_or(after, |change| change.before);
    if seen.did::<Queue::requestRedeemWithPermitCall>(Program::Queue) {
        // The permit may have set it to exactly what was used.
        let set = after.is_zero() || after == before.wrapping_sub(value) || before == U256::MAX;
        return (!set).then(|| format!("a request left an allowance of {after}"));
    }
    let expected = if before == U256::MAX { before } else { before.wrapping_sub(value) };
    let wrong = before < value || after != expected;
    wrong.then(|| {
        let [owner, spender] = [owner, spender].map(|who| seen.cast.name(who));
        let symbol = token.symbol();
        format!("{spender} used {value} of {owner}'s {symbol}, the allowance went from {before} to {after}")
    })
}
