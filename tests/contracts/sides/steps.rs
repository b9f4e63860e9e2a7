//! Steps that both sides can do, with amounts and accounts told by what they are.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::amounts::{amount, amount_below, near};
use emetis::interfaces::IStakedMetis as Vault;
use proptest::prelude::*;

use super::super::kit::*;
use super::{ORDINARY, POOL, Part, Side, Sides, TREASURY};

/// An account, which is another one on each side if it is a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whom {
    Person(usize),
    Nobody,
    Vault,
    Asset,
}

/// A figure that amounts stand beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// Of the one who calls.
    AssetBalance,
    /// From the one who calls to the vault.
    AssetAllowance,
    /// Of the owner, as the three below.
    Shares,
    /// From the owner to the one who calls.
    ShareAllowance,
    MaxWithdraw,
    MaxRedeem,
    /// Of anybody.
    MaxDeposit,
    MaxMint,
    /// What the vault has in all.
    TotalAssets,
    /// The assets of one share, more or less.
    AShare,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Amount {
    Any(U256),
    Near(Base, i8),
    /// Half of it so many times.
    Part(Base, u8),
}

/// Something to do. Numbers are people, the first of them calls.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    ApproveAsset(usize, Amount),
    TransferAsset(usize, Whom, Amount),
    DepositAndStake(usize, Whom, Amount, Amount),
    Deposit(usize, Whom, Amount),
    Mint(usize, Whom, Amount),
    Withdraw(usize, Whom, usize, Amount),
    Redeem(usize, Whom, usize, Amount),
    RedeemWithMinimum(usize, Whom, usize, Amount, Amount),
    Transfer(usize, Whom, Amount),
    Approve(usize, Whom, Amount),
    TransferFrom(usize, usize, Whom, Amount),
    Notify(usize, Amount),
    Settle(usize, Amount, Amount),
    Sweep(usize, Whom),
}

/// A step whose amounts are numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    pub(crate) step: Step,
    /// The amount that the step is of.
    pub(crate) amount: U256,
    other: U256,
}

impl Step {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::ApproveAsset(..) => "approve eMETIS",
            Self::TransferAsset(..) => "transfer eMETIS",
            Self::DepositAndStake(..) => "depositAndStake",
            Self::Deposit(..) => "deposit",
            Self::Mint(..) => "mint",
            Self::Withdraw(..) => "withdraw",
            Self::Redeem(..) => "redeem",
            Self::RedeemWithMinimum(..) => "redeem with a minimum",
            Self::Transfer(..) => "transfer",
            Self::Approve(..) => "approve",
            Self::TransferFrom(..) => "transferFrom",
            Self::Notify(..) => "notify",
            Self::Settle(..) => "settle",
            Self::Sweep(..) => "sweep",
        }
    }

    /// Caller, owner, and the one or two amounts.
    fn parts(&self) -> (usize, usize, Amount, Amount) {
        let none = Amount::Any(U256::ZERO);
        match *self {
            Self::ApproveAsset(who, amount)
            | Self::TransferAsset(who, _, amount)
            | Self::Deposit(who, _, amount)
            | Self::Mint(who, _, amount)
            | Self::Transfer(who, _, amount)
            | Self::Approve(who, _, amount)
            | Self::Notify(who, amount) => (who, who, amount, none),
            Self::DepositAndStake(who, _, amount, least) => (who, who, amount, least),
            Self::Withdraw(who, _, owner, amount)
            | Self::Redeem(who, _, owner, amount)
            | Self::TransferFrom(who, owner, _, amount) => (who, owner, amount, none),
            Self::RedeemWithMinimum(who, _, owner, amount, least) => (who, owner, amount, least),
            Self::Settle(who, loss, pending) => (who, who, loss, pending),
            Self::Sweep(who, _) => (who, who, none, none),
        }
    }
}

impl Sides {
    /// A step with its amounts as they are on our side.
    pub(crate) fn named(&self, step: Step) -> Named {
        let (who, owner, amount, other) = step.parts();
        let amount = self.number(amount, who, owner);
        let other = match (step, other) {
            // What the step will give, and so much more or less.
            (Step::DepositAndStake(..), Amount::Near(_, by)) => {
                let told = Vault::previewDepositCall { assets: amount };
                near(self.chain.try_view(self.ours.vault, told).unwrap_or_default(), by)
            }
            (Step::RedeemWithMinimum(..), Amount::Near(_, by)) => {
                let told = Vault::previewRedeemCall { shares: amount };
                near(self.chain.try_view(self.ours.vault, told).unwrap_or_default(), by)
            }
            _ => self.number(other, who, owner),
        };
        Named { step, amount, other }
    }

    fn number(&self, amount: Amount, who: usize, owner: usize) -> U256 {
        let Side { asset, vault } = self.ours;
        let [account, owner] = [who, owner].map(|person| self.people[person].address);
        let base = match amount {
            Amount::Any(value) => return value,
            Amount::Near(base, _) | Amount::Part(base, _) => base,
        };
        let told = match base {
            Base::AssetBalance => self.ask(asset, Hub::balanceOfCall { account }),
            Base::AssetAllowance => {
                self.ask(asset, Hub::allowanceCall { owner: account, spender: vault })
            }
            Base::Shares => self.ask(vault, Vault::balanceOfCall { account: owner }),
            Base::ShareAllowance => {
                self.ask(vault, Vault::allowanceCall { owner, spender: account })
            }
            Base::MaxDeposit => self.most(self.ours, account)[0],
            Base::MaxMint => self.most(self.ours, account)[1],
            Base::MaxWithdraw => self.most(self.ours, owner)[2],
            Base::MaxRedeem => self.most(self.ours, owner)[3],
            Base::TotalAssets => self.ask(vault, Vault::totalAssetsCall {}),
            Base::AShare => self.ask(vault, Vault::previewMintCall { shares: U256::ONE }),
        };
        match amount {
            Amount::Near(_, by) => near(told, by),
            Amount::Part(_, halves) => told >> usize::from(halves),
            Amount::Any(value) => value,
        }
    }

    fn address(&self, side: Side, whom: Whom) -> Address {
        match whom {
            Whom::Person(person) => self.people[person].address,
            Whom::Nobody => Address::ZERO,
            Whom::Vault => side.vault,
            Whom::Asset => side.asset,
        }
    }

    /// Who calls what of a side with how much METIS and what data.
    pub(super) fn encode(&self, named: &Named, side: Side) -> (Account, Part, U256, Bytes) {
        let Named { step, amount, other } = *named;
        let from = self.people[step.parts().0];
        let of = |whom| self.address(side, whom);
        let person = |person: usize| self.people[person].address;
        let (part, data) = match step {
            Step::ApproveAsset(..) => {
                let call = Hub::approveCall { spender: side.vault, value: amount };
                (Part::Asset, call.abi_encode())
            }
            Step::TransferAsset(_, to, _) => {
                (Part::Asset, Hub::transferCall { to: of(to), value: amount }.abi_encode())
            }
            Step::DepositAndStake(_, to, ..) => {
                let call =
                    Hub::depositAndStakeCall { receiver: of(to), minShares: other, tag: TAG };
                return (from, Part::Asset, amount, encoded(&call));
            }
            Step::Deposit(_, to, _) => {
                let call = Vault::depositCall { assets: amount, receiver: of(to) };
                (Part::Vault, call.abi_encode())
            }
            Step::Mint(_, to, _) => {
                (Part::Vault, Vault::mintCall { shares: amount, receiver: of(to) }.abi_encode())
            }
            Step::Withdraw(_, to, owner, _) => {
                let (receiver, owner) = (of(to), person(owner));
                (Part::Vault, Vault::withdrawCall { assets: amount, receiver, owner }.abi_encode())
            }
            Step::Redeem(_, to, owner, _) => {
                let (receiver, owner) = (of(to), person(owner));
                (Part::Vault, Vault::redeem_0Call { shares: amount, receiver, owner }.abi_encode())
            }
            Step::RedeemWithMinimum(_, to, owner, ..) => {
                let (receiver, owner, shares) = (of(to), person(owner), amount);
                let call = Vault::redeem_1Call { shares, receiver, owner, minAssets: other };
                (Part::Vault, call.abi_encode())
            }
            Step::Transfer(_, to, _) => {
                (Part::Vault, Vault::transferCall { to: of(to), value: amount }.abi_encode())
            }
            Step::Approve(_, spender, _) => {
                let call = Vault::approveCall { spender: of(spender), value: amount };
                (Part::Vault, call.abi_encode())
            }
            Step::TransferFrom(_, owner, to, _) => {
                let (from, to) = (person(owner), of(to));
                (Part::Vault, Vault::transferFromCall { from, to, value: amount }.abi_encode())
            }
            Step::Notify(..) => (Part::Vault, Vault::notifyCall { assets: amount }.abi_encode()),
            Step::Settle(..) => {
                (Part::Vault, Vault::settleCall { loss: amount, pending: other }.abi_encode())
            }
            Step::Sweep(_, to) => (Part::Vault, Vault::sweepCall { receiver: of(to) }.abi_encode()),
        };
        (from, part, U256::ZERO, data.into())
    }
}

/// Any amount, often beside one of some figures.
fn beside(bases: &'static [Base]) -> impl Strategy<Value = Amount> {
    prop_oneof![
        1 => amount().prop_map(Amount::Any),
        2 => amount_below(84).prop_map(Amount::Any),
        4 => (prop::sample::select(bases), -1i8..=1).prop_map(|(base, by)| Amount::Near(base, by)),
        4 => (prop::sample::select(bases), 1u8..=20).prop_map(|(base, by)| Amount::Part(base, by)),
    ]
}

fn person() -> std::ops::Range<usize> {
    0..ORDINARY
}

/// Mostly a person.
fn whom() -> impl Strategy<Value = Whom> {
    prop_oneof![
        30 => person().prop_map(Whom::Person),
        1 => Just(Whom::Nobody),
        1 => Just(Whom::Vault),
        1 => Just(Whom::Asset),
    ]
}

/// Mostly the caller.
fn owned(who: usize) -> impl Strategy<Value = usize> {
    prop_oneof![2 => Just(who), 1 => person()]
}

/// Steps that an ordinary vault and token know.
pub(crate) fn ordinary() -> impl Strategy<Value = Step> {
    use Base::{
        AShare, AssetAllowance, AssetBalance, MaxDeposit, MaxMint, MaxRedeem, MaxWithdraw,
        ShareAllowance, Shares, TotalAssets,
    };
    let approvals = || prop_oneof![1 => Just(Amount::Any(U256::MAX)), 2 => beside(&[AssetBalance])];
    let shares = || beside(&[Shares, Shares, ShareAllowance]);
    let assets_in = || beside(&[AssetBalance, AssetAllowance, MaxDeposit, AShare]);
    let shares_in = || beside(&[Shares, MaxMint, AShare]);
    let assets_out = || beside(&[MaxWithdraw, MaxWithdraw, TotalAssets, AShare]);
    let shares_out = || beside(&[MaxRedeem, MaxRedeem, Shares, ShareAllowance]);
    prop_oneof![
        2 => (person(), approvals()).prop_map(|(who, value)| Step::ApproveAsset(who, value)),
        4 => (person(), whom(), assets_in()).prop_map(|(who, to, of)| Step::Deposit(who, to, of)),
        4 => (person(), whom(), shares_in()).prop_map(|(who, to, of)| Step::Mint(who, to, of)),
        4 => (person().prop_flat_map(|who| (Just(who), owned(who))), whom(), assets_out())
            .prop_map(|((who, owner), to, of)| Step::Withdraw(who, to, owner, of)),
        4 => (person().prop_flat_map(|who| (Just(who), owned(who))), whom(), shares_out())
            .prop_map(|((who, owner), to, of)| Step::Redeem(who, to, owner, of)),
        2 => (person(), whom(), shares()).prop_map(|(who, to, of)| Step::Transfer(who, to, of)),
        2 => (person(), whom(), shares()).prop_map(|(who, to, of)| Step::Approve(who, to, of)),
        2 => (person(), person(), whom(), shares())
            .prop_map(|(who, from, to, of)| Step::TransferFrom(who, from, to, of)),
    ]
}

/// Steps that only our vault and its twin know.
pub(crate) fn special() -> impl Strategy<Value = Step> {
    use Base::{AssetBalance, MaxDeposit, MaxRedeem, Shares, TotalAssets};
    let pool = || prop_oneof![8 => Just(POOL), 1 => person()];
    let treasury = || prop_oneof![5 => Just(TREASURY), 1 => person()];
    // Of what shares stand for, from nothing to half: losses that leave a vault to go on with.
    let part = || {
        prop_oneof![
            3 => amount_below(60).prop_map(Amount::Any),
            3 => Just(Amount::Any(U256::ZERO)),
            1 => beside(&[TotalAssets]),
        ]
    };
    let least = || {
        prop_oneof![
            1 => Just(Amount::Any(U256::ZERO)),
            3 => (-1i8..=1).prop_map(|by| Amount::Near(Shares, by)),
        ]
    };
    prop_oneof![
        3 => (person(), whom(), beside(&[MaxDeposit]), least())
            .prop_map(|(who, to, of, least)| Step::DepositAndStake(who, to, of, least)),
        2 => (person().prop_flat_map(|who| (Just(who), owned(who))), whom(), beside(&[MaxRedeem]), least())
            .prop_map(|((who, owner), to, of, least)| {
                Step::RedeemWithMinimum(who, to, owner, of, least)
            }),
        1 => (person(), Just(Whom::Vault), beside(&[AssetBalance]))
            .prop_map(|(who, to, of)| Step::TransferAsset(who, to, of)),
        2 => (pool(), beside(&[AssetBalance])).prop_map(|(who, of)| Step::Notify(who, of)),
        2 => (pool(), part(), part()).prop_map(|(who, of, then)| Step::Settle(who, of, then)),
        1 => (treasury(), whom()).prop_map(|(who, to)| Step::Sweep(who, to)),
    ]
}
