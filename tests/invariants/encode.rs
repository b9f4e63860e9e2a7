//! From an action to the transaction it stands for.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use emetis::Signature;
use emetis::campaign::amounts::near;
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::action::{Action, Actor, Amount, Loss, Program};
use super::model::Rounding;
use super::world::{Basis, Side, World};

mod permit;
pub mod queue;
mod raw;
pub mod staking;

pub use raw::calldata;

/// A transaction to one of the programs.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub to: Program,
    pub caller: Address,
    pub value: U256,
    pub data: Vec<u8>,
    /// What was signed for it: digest, signature and signer.
    pub signed: Option<(B256, Signature, Address)>,
}

impl Transaction {
    /// A call that brings no METIS.
    pub fn new(to: Program, caller: Address, call: &impl SolCall) -> Self {
        Self::raw(to, caller, call.abi_encode())
    }

    /// A call with any calldata that brings no METIS.
    pub fn raw(to: Program, caller: Address, data: Vec<u8>) -> Self {
        Self { to, caller, value: U256::ZERO, data, signed: None }
    }

    /// With METIS sent along.
    pub fn value(self, value: U256) -> Self {
        Self { value, ..self }
    }

    /// The selector, if there is one.
    pub fn selector(&self) -> Option<[u8; 4]> {
        self.data.get(..4).and_then(|head| head.try_into().ok())
    }

    /// Whether it calls this entry of this program.
    pub fn is<C: SolCall>(&self, program: Program) -> bool {
        self.to == program && self.selector() == Some(C::SELECTOR)
    }

    /// A word of the arguments.
    pub fn word(&self, at: usize) -> Option<U256> {
        let start = 4 + 32 * at;
        self.data.get(start..start + 32).map(U256::from_be_slice)
    }

    /// The address in a word of the arguments.
    pub fn address(&self, at: usize) -> Option<Address> {
        self.word(at).map(|word| Address::from_word(B256::from(word)))
    }
}

/// The transaction of an action that is one call.
pub fn transaction(world: &World, action: &Action) -> Transaction {
    if let Action::Queue(action) = action {
        return queue::call(world, action);
    }
    hub_call(world, action)
        .or_else(|| vault_call(world, action))
        .or_else(|| token_call(world, action))
        .or_else(|| any_call(world, action))
        .unwrap_or_else(|| unreachable!("{action:?} is not one call"))
}

fn hub_call(world: &World, action: &Action) -> Option<Transaction> {
    let at = |actor: Actor| world.cast.address(actor);
    let call = |caller: Actor, data| Transaction::raw(Program::Hub, at(caller), data);
    let tag = B256::repeat_byte(7);
    Some(match *action {
        Action::Deposit { caller, receiver, assets } => {
            let deposit = Hub::depositCall { receiver: at(receiver), tag };
            call(caller, deposit.abi_encode()).value(world.pay(assets, at(caller)))
        }
        Action::DepositAndStake { caller, receiver, assets, least } => {
            let value = world.pay(assets, at(caller));
            let due = world.seen.books.shares_for(world.seen.now, value, Rounding::Down);
            let min_shares = least.map_or(U256::ZERO, |off| near(due.unwrap_or_default(), off));
            let stake =
                Hub::depositAndStakeCall { receiver: at(receiver), minShares: min_shares, tag };
            call(caller, stake.abi_encode()).value(value)
        }
        Action::ReceiveRewards { caller, receiver, assets } => {
            let rewards = Hub::receiveRewardsCall { receiver: at(receiver) };
            call(caller, rewards.abi_encode()).value(world.pay(assets, at(caller)))
        }
        Action::Burn { caller, assets } => {
            let assets = world.amount(assets, &basis(world, Program::Hub, caller, Side::Deposit));
            call(caller, Hub::burnCall { assets }.abi_encode())
        }
        _ => return None,
    })
}

/// An amount of the caller's own.
fn basis(world: &World, token: Program, caller: Actor, side: Side) -> Basis {
    let caller = world.cast.address(caller);
    Basis { token, giver: caller, caller, side }
}

fn vault_call(world: &World, action: &Action) -> Option<Transaction> {
    let at = |actor: Actor| world.cast.address(actor);
    let entering = |caller: Actor, amount: Amount, side: Side| {
        let vault = at(Actor::Vault);
        // What stands beside an allowance is what the vault may take.
        let basis = Basis { token: Program::Hub, giver: at(caller), caller: vault, side };
        world.amount(amount, &basis)
    };
    let leaving = |caller: Actor, owner: Actor, amount: Amount, side: Side| {
        let basis = Basis { token: Program::Vault, giver: at(owner), caller: at(caller), side };
        world.amount(amount, &basis)
    };
    let call = |caller: Actor, data| Transaction::raw(Program::Vault, at(caller), data);
    Some(match *action {
        Action::VaultDeposit { caller, receiver, assets } => {
            let assets = entering(caller, assets, Side::Deposit);
            call(caller, Vault::depositCall { assets, receiver: at(receiver) }.abi_encode())
        }
        Action::VaultMint { caller, receiver, shares } => {
            let shares = entering(caller, shares, Side::Mint);
            call(caller, Vault::mintCall { shares, receiver: at(receiver) }.abi_encode())
        }
        Action::VaultWithdraw { caller, receiver, owner, assets } => {
            let assets = leaving(caller, owner, assets, Side::Withdraw);
            let (receiver, owner) = (at(receiver), at(owner));
            call(caller, Vault::withdrawCall { assets, receiver, owner }.abi_encode())
        }
        Action::VaultRedeem { caller, receiver, owner, shares, least } => {
            let shares = leaving(caller, owner, shares, Side::Redeem);
            let (receiver, owner) = (at(receiver), at(owner));
            let Some(off) = least else {
                let redeem = Vault::redeem_0Call { shares, receiver, owner };
                return Some(call(caller, redeem.abi_encode()));
            };
            let min_assets = near(world.seen.worth(shares), off);
            let redeem = Vault::redeem_1Call { shares, receiver, owner, minAssets: min_assets };
            call(caller, redeem.abi_encode())
        }
        Action::ReceiveDeposit { caller, assets, receiver } => {
            let (assets, receiver) = (entering(caller, assets, Side::Deposit), at(receiver));
            let minted = Vault::receiveDepositCall { assets, receiver, minShares: U256::ZERO };
            call(caller, minted.abi_encode())
        }
        Action::Notify { caller, assets, .. } => {
            let assets = entering(caller, assets, Side::Deposit);
            call(caller, Vault::notifyCall { assets }.abi_encode())
        }
        Action::Settle { caller, loss } => {
            let amount = |amount| entering(caller, amount, Side::None);
            let (loss, pending) = match loss {
                Loss::Propose(assets) => (U256::ZERO, amount(assets)),
                Loss::Veto => (U256::ZERO, U256::ZERO),
                Loss::Execute => (world.seen.books.pending, U256::ZERO),
                Loss::Any(loss, pending) => (amount(loss), amount(pending)),
            };
            call(caller, Vault::settleCall { loss, pending }.abi_encode())
        }
        _ => return None,
    })
}

fn token_call(world: &World, action: &Action) -> Option<Transaction> {
    let at = |actor: Actor| world.cast.address(actor);
    let call = |to, caller: Actor, data| Transaction::raw(to, at(caller), data);
    Some(match *action {
        Action::Transfer { token, caller, to, value } => {
            let value = world.amount(value, &basis(world, token, caller, Side::None));
            call(token, caller, Hub::transferCall { to: at(to), value }.abi_encode())
        }
        Action::DonateAssets { caller, assets } => {
            let value = world.amount(assets, &basis(world, Program::Hub, caller, Side::None));
            let to = at(Actor::Vault);
            call(Program::Hub, caller, Hub::transferCall { to, value }.abi_encode())
        }
        Action::Approve { token, caller, spender, value } => {
            let value = world.amount(value, &basis(world, token, caller, Side::None));
            call(token, caller, Hub::approveCall { spender: at(spender), value }.abi_encode())
        }
        Action::TransferFrom { token, caller, from, to, value } => {
            let basis = Basis { giver: at(from), ..basis(world, token, caller, Side::None) };
            let value = world.amount(value, &basis);
            let pull = Hub::transferFromCall { from: at(from), to: at(to), value };
            call(token, caller, pull.abi_encode())
        }
        Action::Permit { token, caller, owner, spender, value, flaw, split } => {
            let basis = Basis { giver: at(owner), ..basis(world, token, caller, Side::None) };
            let value = world.amount(value, &basis);
            let (data, signed) =
                permit::permit(world, token, owner, at(spender), value, flaw, split);
            Transaction { signed: Some(signed), ..call(token, caller, data) }
        }
        Action::WalletPermit { token, caller, spender, value, length, .. } => {
            let owner = at(Actor::Wallet);
            let basis = Basis { giver: owner, ..basis(world, token, caller, Side::None) };
            let permit = Hub::permit_1Call {
                owner,
                spender: at(spender),
                value: world.amount(value, &basis),
                deadline: U256::MAX,
                signature: vec![0x5a; usize::from(length)].into(),
            };
            call(token, caller, permit.abi_encode())
        }
        _ => return None,
    })
}

fn any_call(world: &World, action: &Action) -> Option<Transaction> {
    let at = |actor: Actor| world.cast.address(actor);
    let call = |to, caller: Actor, data| Transaction::raw(to, at(caller), data);
    Some(match *action {
        Action::Sweep { of, caller, receiver } => {
            call(of, caller, Hub::sweepCall { receiver: at(receiver) }.abi_encode())
        }
        Action::Pause { of, caller, seconds } => {
            call(of, caller, Hub::pauseCall { duration: seconds }.abi_encode())
        }
        Action::Unpause { of, caller } => call(of, caller, Hub::unpauseCall {}.abi_encode()),
        Action::PlainTransfer { to, caller, assets } => {
            call(to, caller, Vec::new()).value(world.pay(assets, at(caller)))
        }
        Action::Construct { of, caller, first, pool, authority, value } => {
            let data = raw::constructor([first, pool, authority, pool].map(at));
            call(of, caller, data).value(world.pay(value, at(caller)))
        }
        Action::Raw { to, caller, entry, ref words, value, damage } => {
            let data = raw::damaged(calldata(world, to, entry, words), damage);
            let value = world.pay(value, at(caller));
            call(to, caller, raw::away_from_arbos(data)).value(value)
        }
        _ => return None,
    })
}
