//! Names of actions, and simpler ones to shrink a story by.

use super::super::Damage;
use super::{ProofFlaw, StakingAction, Sum, Verdict};

impl StakingAction {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Register { flaw: ProofFlaw::None, .. } => "register",
            Self::Register { .. } => "register, flawed",
            Self::IncreaseBond { .. } => "increaseBond",
            Self::UnlockBond { .. } => "requestBondUnlock",
            Self::Exit { .. } => "exit",
            Self::Eject { .. } => "eject",
            Self::Unjail { .. } => "unjail",
            Self::SetOwner { .. } => "setOwner",
            Self::AcceptOwner { .. } => "acceptOwner",
            Self::SetRecipient { .. } => "setRewardRecipient",
            Self::SetSigner { flaw: ProofFlaw::None, .. } => "setSigner",
            Self::SetSigner { .. } => "setSigner, flawed",
            Self::Announce { .. } => "announceCommission",
            Self::Apply { .. } | Self::Raise { .. } => "applyCommission",
            Self::Accrue { .. } => "accrue",
            Self::Delegate { .. } => "delegate",
            Self::Undelegate { .. } => "undelegate",
            Self::ClaimUnlocked { .. } => "claimUnlocked",
            Self::Notify { .. } => "notifyRewards",
            Self::ClaimRewards { .. } => "claimRewards",
            Self::ClaimCommission { .. } => "claimCommission",
            Self::Forward { .. } => "forwardSlashed",
            Self::Propose { .. } => "proposeSlash",
            Self::Judge { verdict: Verdict::Veto, .. } => "veto",
            Self::Judge { verdict: Verdict::Execute, .. } => "execute",
            Self::Judge { verdict: Verdict::Lapse, .. } => "lapse",
            Self::Settle { .. } => "settle",
            Self::Set { announced: true, .. } => "set a parameter",
            Self::Set { .. } => "set a parameter, at once",
            Self::Pool { joins: true, .. } => "registerPool",
            Self::Pool { .. } => "removePool",
            Self::Pause { .. } => "staking pause",
            Self::Unpause { .. } => "staking unpause",
            Self::Sweep { .. } => "staking sweep",
            Self::Donate { .. } => "(donate to staking)",
            Self::Deafen { .. } => "(deafen)",
            Self::Persuade { .. } => "setQuota",
            Self::Quota(action) => action.name(),
            Self::Crowd { .. } => "(crowd)",
            Self::Until { .. } => "(until)",
            Self::Through { .. } => "(slash, to its end)",
            Self::Out { .. } => "(undelegate and claim)",
            Self::Under { .. } => "(undelegate, and claim under a hold)",
            Self::Barren { .. } => "(reward without stake)",
            Self::Succeed { .. } => "(exit and register)",
            Self::Guest { .. } => "(a pool comes and goes)",
            Self::Raw { damage: Damage::None, .. } => "any entry of staking",
            Self::Raw { .. } => "any entry of staking, damaged",
            Self::Starve { .. } => "(too little gas for staking)",
            Self::Reenter { .. } => "(re-entry into staking)",
        }
    }

    /// Names of those that are there to be rejected.
    pub fn always_rejected(name: &str) -> bool {
        matches!(name, "register, flawed" | "setSigner, flawed" | "(too little gas for staking)")
    }

    /// Whether it is one call to one of the programs.
    pub fn is_one_call(&self) -> bool {
        if let Self::Quota(action) = self {
            return action.is_one_call();
        }
        !matches!(
            self,
            Self::Donate { .. }
                | Self::Deafen { .. }
                | Self::Crowd { .. }
                | Self::Until { .. }
                | Self::Through { .. }
                | Self::Out { .. }
                | Self::Under { .. }
                | Self::Barren { .. }
                | Self::Succeed { .. }
                | Self::Guest { .. }
                | Self::Raise { .. }
                | Self::Starve { .. }
                | Self::Reenter { .. }
        )
    }

    fn sum_mut(&mut self) -> Option<&mut Sum> {
        match self {
            Self::Register { bond: sum, .. }
            | Self::IncreaseBond { assets: sum, .. }
            | Self::UnlockBond { assets: sum, .. }
            | Self::Delegate { assets: sum, .. }
            | Self::Undelegate { shares: sum, .. }
            | Self::Out { shares: sum, .. }
            | Self::Under { shares: sum, .. }
            | Self::Barren { assets: sum, .. }
            | Self::Guest { assets: sum, .. }
            | Self::Donate { assets: sum, .. }
            | Self::Raw { value: sum, .. } => Some(sum),
            Self::Notify { amounts: [sum, _], .. } => Some(sum),
            Self::Quota(action) => action.sum_mut(),
            _ => None,
        }
    }

    /// Simpler actions of the same kind, simplest first.
    pub fn simpler(&self) -> Vec<Self> {
        use emetis::campaign::amounts::smaller;
        let mut all = Vec::new();
        if let Some(sum) = self.clone().sum_mut() {
            let simpler = match *sum {
                Sum::Exact(value) => smaller(value).into_iter().map(Sum::Exact).collect(),
                _ => Vec::new(),
            };
            for simpler in simpler {
                let mut copy = self.clone();
                if let Some(sum) = copy.sum_mut() {
                    *sum = simpler;
                }
                all.push(copy);
            }
        }
        match self {
            Self::Starve { action, .. } => all.push((**action).clone()),
            Self::Raw { words, .. } | Self::Reenter { words, .. } => {
                for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_zero()) {
                    let mut copy = self.clone();
                    if let Self::Raw { words, .. } | Self::Reenter { words, .. } = &mut copy {
                        words[at] = smaller(*word)[0];
                    }
                    all.push(copy);
                }
            }
            _ => {}
        }
        all.retain(|simpler| simpler != self);
        all
    }
}
