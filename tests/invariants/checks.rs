//! One function for each property of `spec.rs`.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError, SolInterface};
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, LiquidStakingErrors};
use emetis::{Chain, Failure, Receipt};
use emetis_common::totals::Totals;

use super::abi;
use super::action::{Action, Actor, Flaw};
use super::encode::Transaction;
use super::model::{Model, Prediction, word};
use super::spec::{ACC_3, MODEL, SAF_1, SAF_3, SAF_4, SOL_1, SOL_3, VAU_8};
use super::world::{Cast, Figures, Origin, World};

/// What really came of a call.
pub type Outcome = Result<Receipt<Bytes>, Failure>;

/// A call with everything a check may want to know of it.
#[derive(Debug)]
pub struct Observed<'a> {
    pub cast: &'a Cast,
    pub transaction: &'a Transaction,
    pub outcome: &'a Outcome,
    pub before: &'a Figures,
    pub after: &'a Figures,
}

impl Observed<'_> {
    fn accepted(&self) -> bool {
        self.outcome.is_ok()
    }

    fn selector(&self) -> Option<[u8; 4]> {
        self.transaction.data.get(..4).and_then(|head| head.try_into().ok())
    }

    fn is(&self, signature: &str) -> bool {
        self.selector() == Some(abi::selector(signature))
    }

    /// The address in a word of the arguments.
    fn address(&self, at: usize) -> Option<Address> {
        let start = 4 + 32 * at;
        self.transaction.data.get(start + 12..start + 32).map(Address::from_slice)
    }
}

/// MODEL: the answer, the logs and the books are the model's.
pub fn model(
    tally: &mut Tally,
    seen: &Observed<'_>,
    predicted: &Prediction,
    model: &Model,
) -> Result<(), Violation> {
    let found = match seen.outcome {
        Ok(receipt) => Ok(receipt.output.to_vec()),
        Err(failure) => Err(failure.data().to_vec()),
    };
    tally.check(MODEL, found == *predicted, || {
        let show = |answer: &Prediction| match answer {
            Ok(data) => format!("success {}", Bytes::copy_from_slice(data)),
            Err(data) => match LiquidStakingErrors::abi_decode(data) {
                Ok(error) => format!("revert {error:?}"),
                Err(_) => format!("revert {}", Bytes::copy_from_slice(data)),
            },
        };
        format!("expected {}, found {}", show(predicted), show(&found))
    })?;
    if let Ok(receipt) = seen.outcome {
        let logged: Vec<_> = receipt
            .logs
            .iter()
            .filter(|log| log.address == seen.cast.hub)
            .map(|log| log.data.clone())
            .collect();
        tally.check(MODEL, logged == model.events, || {
            format!("expected logs {:?}, found {logged:?}", model.events)
        })?;
    }
    books(tally, seen.cast, seen.after, model)
}

/// MODEL: what the hub's storage holds is what the model holds.
pub fn books(
    tally: &mut Tally,
    cast: &Cast,
    figures: &Figures,
    model: &Model,
) -> Result<(), Violation> {
    let flags = U256::from(u8::from(model.constructed));
    let packed =
        word(&model.supply) | word(&model.buffer) << 84 | word(&model.placed) << 168 | flags << 252;
    let mut wrong = Vec::new();
    if figures.totals != packed {
        wrong.push(format!("totals {:#x}, expected {packed:#x}", figures.totals));
    }
    for owner in Actor::ALL {
        let (index, address) = (owner as usize, cast.address(owner));
        let name = owner.label();
        let mut compare = |what: &str, of: &str, found: U256, expected: U256| {
            if found != expected {
                wrong.push(format!("{what} of {name}{of} {found}, expected {expected}"));
            }
        };
        let balance = model.balances.get(&address).map_or(U256::ZERO, word);
        compare("balance", "", figures.balances[index], balance);
        compare("nonce", "", figures.nonces[index], U256::from(model.nonce(address)));
        for spender in Actor::ALL {
            let key = (address, cast.address(spender));
            let expected = model.allowances.get(&key).map_or(U256::ZERO, word);
            let found = figures.allowances[index][spender as usize];
            compare("allowance", spender.label(), found, expected);
        }
    }
    tally.check(MODEL, wrong.is_empty(), || wrong.join("; "))
}

/// SOL-1: METIS is the buffer and the donations.
pub fn solvent(tally: &mut Tally, figures: &Figures, model: &Model) -> Result<(), Violation> {
    let expected = figures.buffer() + word(&model.donations);
    tally.check(SOL_1, figures.metis == expected, || {
        format!(
            "the hub holds {} wei, its buffer is {} and donations are {}",
            figures.metis,
            figures.buffer(),
            model.donations
        )
    })
}

/// SOL-3: eMETIS comes from METIS, and supply is the sum of balances.
pub fn minted(tally: &mut Tally, seen: &Observed<'_>, strangers: U256) -> Result<(), Violation> {
    let rise = seen.after.supply().saturating_sub(seen.before.supply());
    let received = seen.after.metis.saturating_sub(seen.before.metis);
    tally.check(SOL_3, rise.is_zero() || rise == received, || {
        format!("{rise} wei of eMETIS were minted against {received} wei of METIS")
    })?;
    let sum = seen.after.balances.iter().fold(strangers, |sum, balance| sum.wrapping_add(*balance));
    tally.check(SOL_3, sum == seen.after.supply(), || {
        format!("balances sum to {sum}, the supply is {}", seen.after.supply())
    })
}

/// VAU-8: balances and allowances fall, and allowances rise, only by their owner's will.
pub fn authorised(
    tally: &mut Tally,
    seen: &Observed<'_>,
    permitted: bool,
) -> Result<(), Violation> {
    let wrong = Actor::ALL.into_iter().find_map(|owner| trespass(seen, owner, permitted));
    tally.check(VAU_8, wrong.is_none(), || wrong.unwrap_or_default())
}

/// What happened to an account's eMETIS or allowances that its owner did not want.
fn trespass(seen: &Observed<'_>, owner: Actor, permitted: bool) -> Option<String> {
    let (before, after, index) = (seen.before, seen.after, owner as usize);
    let same = before.balances[index] == after.balances[index]
        && before.allowances[index] == after.allowances[index];
    let (caller, address) = (seen.transaction.caller, seen.cast.address(owner));
    let pulls =
        seen.is("transferFrom(address,address,uint256)") && seen.address(0) == Some(address);
    if same && !pulls {
        return None;
    }
    let spender = seen.cast.actor(caller).map(|actor| actor as usize);
    let allowance = spender.map_or(U256::ZERO, |at| before.allowances[index][at]);
    let fall = before.balances[index].saturating_sub(after.balances[index]);
    let moves = caller == address && seen.is("transfer(address,uint256)");
    if !(fall.is_zero() || moves || (pulls && fall <= allowance)) {
        return Some(format!("{} lost {fall} wei of eMETIS without having agreed", owner.label()));
    }
    for other in Actor::ALL {
        let at = other as usize;
        let (old, new) = (before.allowances[index][at], after.allowances[index][at]);
        let target = Some(seen.cast.address(other));
        let signed = permitted && seen.address(0) == Some(address) && seen.address(1) == target;
        let set =
            caller == address && seen.is("approve(address,uint256)") && seen.address(0) == target;
        // Moving eMETIS to oneself uses the allowance and lowers no balance.
        let spends = pulls && seen.accepted() && Some(at) == spender;
        let used = if spends { pulled(seen) } else { U256::ZERO };
        let expected = if old == U256::MAX { old } else { old.saturating_sub(used) };
        if !(set || signed || new == expected) {
            let (owner, other) = (owner.label(), other.label());
            return Some(format!(
                "the allowance of {owner} to {other} went from {old} to {new}, expected {expected}"
            ));
        }
    }
    None
}

/// The amount in the arguments of a `transferFrom`.
fn pulled(seen: &Observed<'_>) -> U256 {
    seen.transaction.data.get(68..100).map_or(U256::ZERO, U256::from_be_slice)
}

/// ACC-3: a permit is taken if and only if nothing is wrong with it, and uses up one nonce.
pub fn permits(tally: &mut Tally, seen: &Observed<'_>, action: &Action) -> Result<(), Violation> {
    let (owner, expected) = match *action {
        // The zero spender is refused whatever the signature.
        Action::Permit { spender: Actor::Zero, .. } => return Ok(()),
        Action::Permit { owner, flaw, .. } => (owner, flaw == Flaw::None),
        Action::WalletPermit { spender: Actor::Zero, .. } => return Ok(()),
        Action::WalletPermit { confirms, length, .. } => {
            (Actor::Wallet, confirms && length <= 4_096)
        }
        _ => return Ok(()),
    };
    tally.check(ACC_3, seen.accepted() == expected, || {
        format!("{action:?}: expected {}", if expected { "success" } else { "a refusal" })
    })?;
    for actor in Actor::ALL {
        let used = U256::from(u8::from(seen.accepted() && actor == owner));
        let index = actor as usize;
        let (old, new) = (seen.before.nonces[index], seen.after.nonces[index]);
        tally.check(ACC_3, new == old + used, || {
            format!("the nonce of {} went from {old} to {new}", actor.label())
        })?;
    }
    Ok(())
}

/// SAF-3: a failure says why.
pub fn speaks(tally: &mut Tally, chain: &Chain, outcome: &Outcome) -> Result<(), Violation> {
    let Err(failure) = outcome else { return Ok(()) };
    let speaks = matches!(failure, Failure::Revert { data, .. } if data.len() >= 4);
    let error = chain.names().error(&failure.data());
    let panics = error.contains("panic");
    tally.check(SAF_3, speaks && !panics, || format!("the call ended in {failure:?} ({error})"))
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
        // What a callee does without gas is its own: the hub can only say that it failed.
        Err(failure) => {
            let data = failure.data();
            data.starts_with(&Hub::ERC1271InvalidSignature::SELECTOR)
                || data.starts_with(&Hub::PaymentFailed::SELECTOR)
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

/// SAF-4: the packed slot after a deposit is what the pure core computes from the one before.
pub fn core(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let deposits = seen.is("deposit(address,bytes32)");
    if !(deposits || seen.is("receiveRewards(address)")) || !seen.accepted() {
        return Ok(());
    }
    let before = Totals::unpack(&seen.before.totals.to_be_bytes());
    let assets = seen.transaction.value.saturating_to::<u128>();
    let after = if deposits { before.deposit(assets) } else { before.receive_rewards(assets) };
    let expected = after.map(|after| U256::from_be_bytes(after.pack()));
    tally.check(SAF_4, expected == Ok(seen.after.totals), || {
        format!("the core computes {expected:?}, the program wrote {:#x}", seen.after.totals)
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
    let second = send(&mut chain, origin.cast.hub, transaction);
    let key = |outcome: &Outcome| match outcome {
        Ok(receipt) => (true, receipt.output.clone(), receipt.logs.clone(), receipt.gas_used),
        Err(failure) => (false, failure.data(), Vec::new(), failure.gas_used()),
    };
    tally.check(SAF_4, key(first) == key(&second), || {
        format!("one engine says {first:?}, the other {second:?}")
    })
}

/// SAF-1: whoever holds eMETIS can move all of it, whatever others just did.
pub fn can_leave(tally: &mut Tally, world: &World, caller: Address) -> Result<(), Violation> {
    for victim in [Actor::Alice, Actor::Bob] {
        let (account, balance) = (world.cast.account(victim), world.seen.balances[victim as usize]);
        if account.address == caller || balance.is_zero() {
            continue;
        }
        let mut fork = world.chain.clone();
        let call = Hub::transferCall { to: Address::repeat_byte(0x77), value: balance };
        let outcome = fork.send(account, world.cast.hub, call).run();
        tally.check(SAF_1, outcome.as_ref().is_ok_and(|receipt| receipt.output), || {
            format!("{} cannot move {balance} wei of eMETIS: {outcome:?}", victim.label())
        })?;
    }
    Ok(())
}

/// SAF-5: views tell what they told before.
pub fn views_agree(world: &World) -> Result<(), String> {
    for actor in [Actor::Alice, Actor::Bob, Actor::Wallet] {
        let account = world.cast.address(actor);
        let balance = world.view(Hub::balanceOfCall { account })?;
        let stored = world.seen.balances[actor as usize];
        if balance != stored {
            return Err(format!("{} holds {stored}, the view says {balance}", actor.label()));
        }
    }
    let supply = world.view(Hub::totalSupplyCall {})?;
    if supply != world.seen.supply() {
        return Err(format!("supply is {}, the view says {supply}", world.seen.supply()));
    }
    Ok(())
}

/// Sends a transaction to the hub.
pub fn send(chain: &mut Chain, hub: Address, transaction: &Transaction) -> Outcome {
    let Transaction { caller, value, data } = transaction;
    chain.send_raw(*caller, hub, data.clone()).value(*value).run()
}

/// Whether calldata is that of a permit.
pub fn is_permit(data: &[u8]) -> bool {
    data.starts_with(&Hub::permit_0Call::SELECTOR) || data.starts_with(&Hub::permit_1Call::SELECTOR)
}
