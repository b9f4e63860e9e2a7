//! Two vaults side by side in one world, each over an asset of its own: ours and a reference. The
//! same steps are done on both, and what comes of them is made comparable.

mod steps;

use alloy_primitives::{Address, Bytes, Log, U256};
use alloy_sol_types::SolCall;
use emetis::interfaces::IStakedMetis as Vault;

use super::kit::*;
pub(crate) use steps::{Named, Step, Whom, ordinary, special};

/// People by number: Alice, Bob and Carol, then the pool and the treasury.
pub(crate) const POOL: usize = 3;
pub(crate) const TREASURY: usize = 4;
/// How many take part in ordinary steps.
pub(crate) const ORDINARY: usize = 3;

/// A vault and its asset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side {
    pub(crate) asset: Address,
    pub(crate) vault: Address,
}

/// Whom of a side a call goes to, or a log is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Asset,
    Vault,
}

/// What a contract logged, with the side's own addresses replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    /// Whether it is the vault's, not the asset's.
    pub(crate) of_vault: bool,
    /// Topics, then data.
    pub(crate) text: Bytes,
}

/// What came of a step on one side: the answer and the logs, or the error, comparable.
pub(crate) type Outcome = Result<(Bytes, Vec<Told>), Bytes>;

/// The world of both.
#[derive(Clone)]
pub(crate) struct Sides {
    pub(crate) chain: Chain,
    pub(crate) ours: Side,
    pub(crate) theirs: Side,
    pub(crate) people: [Account; 5],
}

impl Side {
    pub(crate) fn part(&self, part: Part) -> Address {
        match part {
            Part::Asset => self.asset,
            Part::Vault => self.vault,
        }
    }

    /// Bytes with words that are an address of this side replaced by what stands for it.
    fn comparable(&self, bytes: &[u8]) -> Bytes {
        // An error has a selector before its words.
        let (head, words) = bytes.split_at(bytes.len() % 32);
        let words = words.chunks(32).flat_map(|word| {
            let names = [(self.asset, 0xaa), (self.vault, 0xbb)];
            let name = names.iter().find(|(address, _)| address.into_word() == *word);
            name.map_or_else(|| word.to_vec(), |(_, name)| vec![*name; 32])
        });
        head.iter().copied().chain(words).collect()
    }

    fn told(&self, log: &Log) -> Told {
        assert!([self.asset, self.vault].contains(&log.address), "a log of somebody else: {log:?}");
        let topics: Vec<u8> = log.data.topics().iter().flat_map(|topic| topic.0).collect();
        let text = [&topics[..], &log.data.data].concat();
        Told { of_vault: log.address == self.vault, text: self.comparable(&text) }
    }
}

impl Sides {
    pub(crate) fn ask<C: SolCall>(&self, to: Address, call: C) -> C::Return {
        self.chain.view(to, call)
    }

    /// Does a call on a side, or only finds out what would come of it.
    pub(crate) fn send(
        &mut self,
        side: Side,
        from: Account,
        part: Part,
        (value, data): (U256, Bytes),
        keep: bool,
    ) -> Outcome {
        let call = self.chain.send_raw(from, side.part(part), data).value(value);
        let outcome = if keep { call.run() } else { call.dry_run() };
        match outcome {
            Ok(receipt) => {
                let logs = receipt.logs.iter().map(|log| side.told(log)).collect();
                Ok((side.comparable(&receipt.output), logs))
            }
            Err(failure) => Err(side.comparable(&failure.data())),
        }
    }

    /// Does a step on both sides, or only finds out what would come of it.
    pub(crate) fn step(&mut self, step: &Named, keep: bool) -> [Outcome; 2] {
        [self.ours, self.theirs].map(|side| {
            let (from, part, value, data) = self.encode(step, side);
            self.send(side, from, part, (value, data), keep)
        })
    }

    /// Balances, supplies and allowances of a side.
    pub(crate) fn holdings(&self, side: Side) -> Vec<U256> {
        let mut figures = Vec::new();
        for token in [side.asset, side.vault] {
            figures.push(self.ask(token, Hub::totalSupplyCall {}));
            let people = self.people.map(Address::from);
            for account in people.into_iter().chain([side.vault, DEAD]) {
                figures.push(self.ask(token, Hub::balanceOfCall { account }));
            }
            for owner in people {
                for spender in people.into_iter().chain([side.vault]) {
                    figures.push(self.ask(token, Hub::allowanceCall { owner, spender }));
                }
            }
        }
        figures.push(self.ask(side.vault, Vault::totalAssetsCall {}));
        figures
    }

    /// What a side says that amounts come to, or its errors.
    pub(crate) fn previews(&self, side: Side, amount: U256) -> [Result<U256, Bytes>; 6] {
        [
            self.preview(side, Vault::convertToSharesCall { assets: amount }),
            self.preview(side, Vault::convertToAssetsCall { shares: amount }),
            self.preview(side, Vault::previewDepositCall { assets: amount }),
            self.preview(side, Vault::previewMintCall { shares: amount }),
            self.preview(side, Vault::previewWithdrawCall { assets: amount }),
            self.preview(side, Vault::previewRedeemCall { shares: amount }),
        ]
    }

    fn preview<C: SolCall<Return = U256>>(&self, side: Side, call: C) -> Result<U256, Bytes> {
        self.chain
            .try_view(side.vault, call)
            .map_err(|(failure, _)| side.comparable(&failure.data()))
    }

    /// `maxDeposit`, `maxMint`, `maxWithdraw`, `maxRedeem` of somebody.
    pub(crate) fn most(&self, side: Side, account: Address) -> [U256; 4] {
        let (receiver, owner) = (account, account);
        [
            self.ask(side.vault, Vault::maxDepositCall { receiver }),
            self.ask(side.vault, Vault::maxMintCall { receiver }),
            self.ask(side.vault, Vault::maxWithdrawCall { owner }),
            self.ask(side.vault, Vault::maxRedeemCall { owner }),
        ]
    }
}

/// Who holds the dead stake.
pub(crate) const DEAD: Address =
    Address::new([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xde, 0xad]);
