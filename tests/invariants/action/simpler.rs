//! Simpler actions, to shrink a story by.

use alloy_primitives::U256;
use emetis::campaign::amounts::smaller;

use super::{Action, Amount, Loss};

impl Action {
    /// Simpler actions of the same kind, simplest first.
    pub fn simpler(&self) -> Vec<Self> {
        let mut all = Vec::new();
        if let Some(amount) = self.clone().amount_mut() {
            for simpler in simpler_amounts(*amount) {
                let mut copy = self.clone();
                if let Some(amount) = copy.amount_mut() {
                    *amount = simpler;
                }
                all.push(copy);
            }
        }
        match self {
            Self::Wait { seconds } if *seconds > 1 => {
                let shorter = smaller(U256::from(*seconds)).into_iter().skip(1);
                all.extend(shorter.map(|seconds| Self::Wait { seconds: seconds.to() }));
            }
            Self::Raw { words, .. } | Self::Reenter { words, .. } => {
                for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_zero()) {
                    let mut copy = self.clone();
                    if let Self::Raw { words, .. } | Self::Reenter { words, .. } = &mut copy {
                        words[at] = smaller(*word)[0];
                    }
                    all.push(copy);
                }
            }
            Self::Starve { action, .. } => all.push((**action).clone()),
            Self::Queue(action) => {
                all.extend(action.simpler().into_iter().map(Self::Queue));
            }
            Self::Staking(action) => {
                all.extend(action.simpler().into_iter().map(Self::Staking));
            }
            Self::Pause { of, caller, seconds } if *seconds > 1 => {
                let shorter = smaller(U256::from(*seconds)).into_iter().skip(1);
                let (of, caller) = (*of, *caller);
                all.extend(shorter.map(|seconds| {
                    let seconds = seconds.to();
                    Self::Pause { of, caller, seconds }
                }));
            }
            Self::Operation { nth, fate, when, caller } if *nth > 0 => {
                let (fate, when, caller) = (*fate, *when, *caller);
                all.push(Self::Operation { nth: nth - 1, fate, when, caller });
            }
            Self::Settle { caller, loss: Loss::Any(loss, pending) } => {
                let others = simpler_amounts(*pending).into_iter();
                all.extend(others.map(|pending| Self::Settle {
                    caller: *caller,
                    loss: Loss::Any(*loss, pending),
                }));
            }
            Self::DepositAndStake { least: Some(_), .. }
            | Self::VaultRedeem { least: Some(_), .. } => {
                let mut copy = self.clone();
                if let Self::DepositAndStake { least, .. } | Self::VaultRedeem { least, .. } =
                    &mut copy
                {
                    *least = None;
                }
                all.push(copy);
            }
            Self::Notify { caller, assets, brought: true } => {
                all.push(Self::Notify { caller: *caller, assets: *assets, brought: false });
            }
            _ => {}
        }
        all.retain(|simpler| simpler != self);
        all
    }

    fn amount_mut(&mut self) -> Option<&mut Amount> {
        match self {
            Self::Deposit { assets, .. }
            | Self::DepositAndStake { assets, .. }
            | Self::ReceiveRewards { assets, .. }
            | Self::Burn { assets, .. }
            | Self::Donate { assets, .. }
            | Self::WriteOff { assets, .. }
            | Self::PlainTransfer { assets, .. }
            | Self::VaultDeposit { assets, .. }
            | Self::VaultWithdraw { assets, .. }
            | Self::DonateAssets { assets, .. }
            | Self::ReceiveDeposit { assets, .. }
            | Self::Notify { assets, .. }
            | Self::Settle { loss: Loss::Propose(assets) | Loss::Any(assets, _), .. } => {
                Some(assets)
            }
            Self::Queue(action) => action.amount_mut(),
            Self::VaultMint { shares, .. } | Self::VaultRedeem { shares, .. } => Some(shares),
            Self::Transfer { value, .. }
            | Self::Approve { value, .. }
            | Self::TransferFrom { value, .. }
            | Self::Permit { value, .. }
            | Self::WalletPermit { value, .. }
            | Self::Construct { value, .. }
            | Self::Raw { value, .. } => Some(value),
            Self::Settle { loss: Loss::Veto | Loss::Execute, .. }
            | Self::Sweep { .. }
            | Self::Pause { .. }
            | Self::Unpause { .. }
            | Self::Manage { .. }
            | Self::Operation { .. }
            | Self::Starve { .. }
            | Self::Staking(_)
            | Self::Reenter { .. }
            | Self::Wait { .. }
            | Self::Expire { .. } => None,
        }
    }
}

fn simpler_amounts(amount: Amount) -> Vec<Amount> {
    let one = Amount::Exact(U256::ONE);
    let plain = match amount {
        Amount::Exact(value) => return smaller(value).into_iter().map(Amount::Exact).collect(),
        Amount::Balance(_) => Amount::Balance(0),
        Amount::Allowance(_) => Amount::Allowance(0),
        Amount::Room(_) => Amount::Room(0),
        Amount::Max(_) => Amount::Max(0),
        Amount::Worth(..) => Amount::Worth(1, 0),
        Amount::Pending(_) => Amount::Pending(0),
        Amount::Locked(_) => Amount::Locked(0),
        Amount::Ledger(_) => Amount::Ledger(0),
        Amount::Buffer(_) => Amount::Buffer(0),
        Amount::Free(_) => Amount::Free(0),
        Amount::Placed(_) => Amount::Placed(0),
        Amount::Shortfall(_) => Amount::Shortfall(0),
        Amount::Limit(_) => Amount::Limit(0),
        Amount::Least(_) => Amount::Least(0),
    };
    if amount == plain { vec![one] } else { vec![one, plain] }
}
