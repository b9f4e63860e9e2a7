//! Where actions come from: biased to edges, and to what is likely to matter.

use alloy_primitives::U256;
use emetis::campaign::amounts::amount;
use proptest::prelude::*;

use super::action::{Action, Damage, Flaw, Loss, Program};

mod how_much;
mod who;

use how_much::*;
use who::*;

/// Any action.
pub fn action() -> BoxedStrategy<Action> {
    prop_oneof![
        20 => plain(),
        1 => (plain(), 0u16..1000).prop_map(|(action, thousandths)| Action::Starve {
            action: Box::new(action),
            thousandths,
        }),
    ]
    .boxed()
}

fn plain() -> impl Strategy<Value = Action> {
    prop_oneof![
        30 => hub(),
        40 => vault(),
        30 => token(),
        16 => any_program(),
        12 => world(),
    ]
}

fn hub() -> impl Strategy<Value = Action> {
    prop_oneof![
        16 => (caller(), holder(), paid()).prop_map(|(caller, receiver, assets)| {
            Action::Deposit { caller, receiver, assets }
        }),
        12 => (caller(), holder(), paid(), least()).prop_map(|(caller, receiver, assets, least)| {
            Action::DepositAndStake { caller, receiver, assets, least }
        }),
        4 => (minter(), holder(), paid()).prop_map(|(caller, receiver, assets)| {
            Action::ReceiveRewards { caller, receiver, assets }
        }),
        1 => (caller(), entering()).prop_map(|(caller, assets)| Action::Burn { caller, assets }),
    ]
}

fn vault() -> impl Strategy<Value = Action> {
    prop_oneof![
        14 => (staker(), holder(), entering()).prop_map(|(caller, receiver, assets)| {
            Action::VaultDeposit { caller, receiver, assets }
        }),
        10 => (staker(), holder(), minting()).prop_map(|(caller, receiver, shares)| {
            Action::VaultMint { caller, receiver, shares }
        }),
        9 => (leaver(), holder(), leaving()).prop_map(|((caller, owner), receiver, assets)| {
            Action::VaultWithdraw { caller, receiver, owner, assets }
        }),
        14 => (leaver(), holder(), redeeming(), least()).prop_map(
            |((caller, owner), receiver, shares, least)| {
                Action::VaultRedeem { caller, receiver, owner, shares, least }
            }
        ),
        8 => (pool(), reward(), prop::bool::weighted(0.8)).prop_map(|(caller, assets, brought)| {
            Action::Notify { caller, assets, brought }
        }),
        9 => (pool(), loss()).prop_map(|(caller, loss)| Action::Settle { caller, loss }),
        1 => (caller(), entering(), holder()).prop_map(|(caller, assets, receiver)| {
            Action::ReceiveDeposit { caller, assets, receiver }
        }),
    ]
}

fn loss() -> impl Strategy<Value = Loss> {
    prop_oneof![
        5 => lost().prop_map(Loss::Propose),
        5 => Just(Loss::Veto),
        3 => Just(Loss::Execute),
        3 => (lost(), lost()).prop_map(|(loss, pending)| Loss::Any(loss, pending)),
    ]
}

fn token() -> impl Strategy<Value = Action> {
    prop_oneof![
        14 => (program(), caller(), holder(), moved()).prop_map(|(token, caller, to, value)| {
            Action::Transfer { token, caller, to, value }
        }),
        9 => (program(), caller(), holder(), allowed()).prop_map(
            |(token, caller, spender, value)| Action::Approve { token, caller, spender, value }
        ),
        10 => (program(), caller(), owner(), holder(), pulled()).prop_map(
            |(token, caller, from, to, value)| {
                Action::TransferFrom { token, caller, from, to, value }
            }
        ),
        8 => (program(), caller(), signer(), holder(), allowed(), flaw(), any::<bool>()).prop_map(
            |(token, caller, owner, spender, value, flaw, split)| {
                Action::Permit { token, caller, owner, spender, value, flaw, split }
            }
        ),
        2 => (program(), caller(), holder(), allowed(), prop::bool::weighted(0.7), length())
            .prop_map(|(token, caller, spender, value, confirms, length)| {
                Action::WalletPermit { token, caller, spender, value, confirms, length }
            }),
    ]
}

/// What both programs have.
fn any_program() -> impl Strategy<Value = Action> {
    prop_oneof![
        5 => (program(), treasurer(), holder()).prop_map(|(of, caller, receiver)| {
            Action::Sweep { of, caller, receiver }
        }),
        1 => (program(), caller(), paid()).prop_map(|(to, caller, assets)| {
            Action::PlainTransfer { to, caller, assets }
        }),
        1 => (program(), caller(), anyone(), anyone(), anyone(), out_of_place()).prop_map(
            |(of, caller, first, pool, treasury, value)| {
                Action::Construct { of, caller, first, pool, treasury, value }
            }
        ),
        10 => (program(), caller(), any::<u8>(), words(), out_of_place(), damage()).prop_map(
            |(to, caller, entry, words, value, damage)| {
                Action::Raw { to, caller, entry, words, value, damage }
            }
        ),
        3 => (program(), program(), any::<u8>(), words()).prop_map(|(of, target, entry, words)| {
            Action::Reenter { of, target, entry, words }
        }),
    ]
}

/// What happens around the programs.
fn world() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (donee(), paid()).prop_map(|(target, assets)| Action::Donate { target, assets }),
        2 => (caller(), given()).prop_map(|(caller, assets)| {
            Action::DonateAssets { caller, assets }
        }),
        2 => (written_off(), prop::bool::weighted(0.6)).prop_map(|(assets, back)| {
            Action::WriteOff { assets, back }
        }),
        6 => seconds().prop_map(|seconds| Action::Wait { seconds }),
        1 => prop_oneof![
            Just(None),
            Just(Some(Program::Hub)),
            Just(Some(Program::Vault)),
        ].prop_map(|only| Action::Expire { only }),
    ]
}

fn program() -> impl Strategy<Value = Program> {
    prop::sample::select(Program::ALL.to_vec())
}

fn flaw() -> impl Strategy<Value = Flaw> {
    prop_oneof![3 => Just(Flaw::None), 4 => prop::sample::select(Flaw::ALL.to_vec())]
}

/// Length of a wallet's signature.
fn length() -> impl Strategy<Value = u16> {
    prop_oneof![4 => Just(65u16), 2 => 0u16..200, 1 => 4_090u16..=4_100]
}

fn words() -> impl Strategy<Value = [U256; 7]> {
    prop::array::uniform7(amount())
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        3 => Just(Damage::None),
        2 => (0u16..300).prop_map(Damage::Cut),
        2 => prop_oneof![Just(1u16), 0u16..64, 7_900u16..8_400].prop_map(Damage::Longer),
        2 => (0u16..230, any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        2 => (0u8..8, amount()).prop_map(|(at, word)| Damage::Word(at, word)),
        1 => any::<[u8; 4]>().prop_map(Damage::Selector),
    ]
}

/// Moments, hours, days, weeks, and longer than a program lives.
fn seconds() -> impl Strategy<Value = u64> {
    const DAY: u64 = 86_400;
    const WEEK: u64 = 604_800;
    prop_oneof![
        6 => 1u64..=100,
        6 => (0u32..22).prop_map(|bits| 1u64 << bits),
        6 => DAY - 1..=DAY + 1,
        3 => WEEK - 1..=WEEK + 1,
        1 => Just(31_536_001u64),
    ]
}
