//! From an action on staking to the transaction it stands for.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::amounts::near;
use emetis::{Chain, Signature};

use super::super::action::staking::{Fault, Id, Party, Setting, StakingAction, Sum, Verdict};
use super::super::model::largest;
use super::super::model::staking::{Bench, METIS, Money, Names, Part, abi};
use super::super::world::staking::Stage;

mod proof;
mod quota;
mod raw;
mod sums;

pub use proof::{proof, signer};
pub use quota::{address_of, words};
pub use raw::raw;
pub use sums::sum;

/// A transaction to one of the four programs.
#[derive(Clone, Debug)]
pub struct StakingCall {
    pub to: Part,
    pub caller: Address,
    pub value: U256,
    pub data: Vec<u8>,
    /// What was signed for it: digest, signature and signer.
    pub signed: Option<(B256, Signature, Address)>,
}

impl StakingCall {
    fn new(to: Part, caller: Address, call: &impl SolCall) -> Self {
        Self { to, caller, value: U256::ZERO, data: call.abi_encode(), signed: None }
    }

    /// An account delegates.
    pub fn delegation(caller: Address, id: U256, assets: U256) -> Self {
        Self::new(Part::Staking, caller, &Money::delegateCall { id }).value(assets)
    }

    /// An account undelegates.
    pub fn undelegation(caller: Address, id: U256, shares: U256) -> Self {
        Self::new(Part::Staking, caller, &Money::undelegateCall { id, shares })
    }

    /// Somebody calls the quota.
    pub fn to_quota(caller: Address, call: &impl SolCall) -> Self {
        Self::new(Part::Quota, caller, call)
    }

    fn value(self, value: U256) -> Self {
        Self { value, ..self }
    }

    pub fn selector(&self) -> [u8; 4] {
        let mut selector = [0; 4];
        for (to, from) in selector.iter_mut().zip(&self.data) {
            *to = *from;
        }
        selector
    }

    /// Whether it calls an entry that is had only by passing the authority.
    pub fn is_restricted(&self) -> bool {
        let entry = self.data.first_chunk().and_then(|head| abi::entries(self.to).get(head));
        entry.is_some_and(|entry| entry.restricted)
    }

    /// Whether it calls this entry.
    pub fn is<C: SolCall>(&self, part: Part) -> bool {
        self.to == part && self.data.len() >= 4 && self.selector() == C::SELECTOR
    }

    /// A word of the arguments.
    pub fn word(&self, at: usize) -> Option<U256> {
        let start = 4 + 32 * at;
        self.data.get(start..start + 32).map(U256::from_be_slice)
    }
}

/// The transaction of an action that is one call.
pub fn staking_call(stage: &Stage, chain: &Chain, action: &StakingAction) -> StakingCall {
    use StakingAction as A;
    let named = |party: Party| stage.who(chain, party, U256::ZERO);
    let about = |party: Party, id: Id| (stage.who(chain, party, stage.id(id)), stage.id(id));
    let staking = |caller: Address, data: Vec<u8>| StakingCall {
        to: Part::Staking,
        caller,
        value: U256::ZERO,
        data,
        signed: None,
    };
    match *action {
        A::Register { caller, signer: number, bond, recipient, commission, flaw, displaced } => {
            let (owner, recipient) = (named(caller), named(recipient));
            let nonce = stage.view(chain, Part::Registry, Names::noncesCall { owner });
            let (key, proof, signed) = proof(stage, number, owner, nonce, flaw);
            let (signer, commission) = (signer(number).address, U256::from(commission));
            let bond = sum(stage, chain, bond, owner, U256::ZERO) & largest(96);
            let proof = proof.into();
            let call = match displaced {
                None => StakingCall::new(
                    Part::Registry,
                    owner,
                    &Names::register_0Call {
                        signer,
                        key,
                        rewardRecipient: recipient,
                        commissionBps: commission,
                        proof,
                    },
                ),
                Some(displaced) => StakingCall::new(
                    Part::Registry,
                    owner,
                    &Names::register_1Call {
                        signer,
                        key,
                        rewardRecipient: recipient,
                        commissionBps: commission,
                        proof,
                        displaced: stage.id(displaced),
                    },
                ),
            };
            StakingCall { signed: Some(signed), ..call.value(bond) }
        }
        A::SetSigner { caller, id, signer: number, flaw } => {
            let (owner, id) = about(caller, id);
            let nonce = stage.view(chain, Part::Registry, Names::noncesCall { owner });
            let (key, proof, signed) = proof(stage, number, owner, nonce, flaw);
            let signer = signer(number).address;
            let call = Names::setSignerCall { id, signer, key, proof: proof.into() };
            StakingCall { signed: Some(signed), ..StakingCall::new(Part::Registry, owner, &call) }
        }
        A::Announce { caller, id, commission } => {
            let (caller, id) = about(caller, id);
            let call = Names::announceCommissionCall { id, commissionBps: U256::from(commission) };
            StakingCall::new(Part::Registry, caller, &call)
        }
        A::Apply { caller, id } => {
            // Of a sequencer that waits for it, if there is one.
            let is_due = |id: &U256| {
                let due = stage.view(chain, Part::Registry, Names::announcedCall { id: *id }).due;
                !due.is_zero() && due <= U256::from(stage.seen.now)
            };
            let mut ids = stage.seen.all().take(8).map(|at| U256::from(at.id));
            let id = ids.find(is_due).unwrap_or_else(|| stage.id(id));
            let caller = stage.who(chain, caller, id);
            StakingCall::new(Part::Registry, caller, &Names::applyCommissionCall { id })
        }
        A::IncreaseBond { caller, id, assets } => {
            let (caller, id) = about(caller, id);
            let value = sum(stage, chain, assets, caller, id) & largest(96);
            staking(caller, Money::increaseBondCall { id }.abi_encode()).value(value)
        }
        A::UnlockBond { caller, id, assets } => {
            let (caller, id) = about(caller, id);
            let assets = sum(stage, chain, assets, caller, id);
            staking(caller, Money::requestBondUnlockCall { id, assets }.abi_encode())
        }
        A::Exit { caller, id } => {
            let (caller, id) = about(caller, id);
            staking(caller, Money::exitCall { id }.abi_encode())
        }
        A::Eject { caller, id } => {
            let (caller, id) = about(caller, id);
            staking(caller, Money::ejectCall { id }.abi_encode())
        }
        A::Unjail { caller, id } => {
            let (caller, id) = about(caller, id);
            staking(caller, Money::unjailCall { id }.abi_encode())
        }
        A::SetOwner { caller, id, owner } => {
            let (caller, id) = about(caller, id);
            staking(caller, Money::setOwnerCall { id, newOwner: named(owner) }.abi_encode())
        }
        A::AcceptOwner { caller, id } => {
            let (caller, id) = about(caller, id);
            // Nobody has the key of the zero address.
            let caller = if caller.is_zero() { named(Party::Bob) } else { caller };
            staking(caller, Money::acceptOwnerCall { id }.abi_encode())
        }
        A::SetRecipient { caller, id, recipient } => {
            let (caller, id) = about(caller, id);
            let recipient = named(recipient);
            let call = Money::setRewardRecipientCall { id, rewardRecipient: recipient };
            staking(caller, call.abi_encode())
        }
        A::Accrue { caller, id } => {
            let (caller, id) = about(caller, id);
            staking(caller, Money::accrueCall { id }.abi_encode())
        }
        A::Delegate { caller, id, assets } => {
            let (caller, id) = about(caller, id);
            let value = sum(stage, chain, assets, caller, id) & largest(96);
            staking(caller, Money::delegateCall { id }.abi_encode()).value(value)
        }
        A::Undelegate { caller, id, shares } => {
            let (caller, id) = about(caller, id);
            let shares = sum(stage, chain, shares, caller, id);
            staking(caller, Money::undelegateCall { id, shares }.abi_encode())
        }
        A::ClaimUnlocked { caller, id, buckets, receiver } => {
            let (caller, id) = about(caller, id);
            let buckets = buckets_of(stage, chain, (caller, id), buckets);
            let receiver = named(receiver);
            staking(caller, Money::claimUnlockedCall { id, buckets, receiver }.abi_encode())
        }
        A::Notify { caller, ids, amounts, beside, short } => {
            let caller = named(caller);
            let ids = ids.map(|id| stage.id(id)).to_vec();
            let amounts = amounts.map(|amount| sum(stage, chain, amount, caller, ids[0]));
            let mut amounts = amounts.to_vec();
            let all = amounts.iter().fold(U256::ZERO, |sum, amount| sum.saturating_add(*amount));
            if short {
                amounts.pop();
            }
            let value = near(all, beside) & largest(96);
            staking(caller, Money::notifyRewardsCall { ids, amounts }.abi_encode()).value(value)
        }
        A::ClaimRewards { caller, ids, receiver } => {
            let ids = ids.map(|id| stage.id(id)).to_vec();
            let caller = stage.who(chain, caller, ids[0]);
            let call = Money::claimRewardsCall { ids, receiver: named(receiver) };
            staking(caller, call.abi_encode())
        }
        A::ClaimCommission { caller, id, receiver } => {
            let (caller, id) = about(caller, id);
            let call = Money::claimCommissionCall { id, receiver: named(receiver) };
            staking(caller, call.abi_encode())
        }
        A::Forward { caller } => staking(named(caller), Money::forwardSlashedCall {}.abi_encode()),
        A::Propose { caller, id, bps, fault, evidence } => {
            let (caller, id) = about(caller, id);
            let call = Bench::proposeSlashCall {
                id,
                bps: U256::from(bps),
                faultTime: fault_time(stage, chain, id, fault),
                evidence: B256::from(U256::from(evidence)),
            };
            StakingCall::new(Part::Court, caller, &call)
        }
        A::Judge { caller, nth, verdict } => {
            let count = stage.view(chain, Part::Court, Bench::countCall {});
            let proposal = count.saturating_sub(U256::from(nth));
            let caller = named(caller);
            match verdict {
                Verdict::Veto => {
                    StakingCall::new(Part::Court, caller, &Bench::vetoCall { proposal })
                }
                Verdict::Execute => {
                    StakingCall::new(Part::Court, caller, &Bench::executeCall { proposal })
                }
                Verdict::Lapse => {
                    StakingCall::new(Part::Court, caller, &Bench::lapseCall { proposal })
                }
            }
        }
        A::Settle { caller, pool } => {
            let pool = named(pool);
            StakingCall::new(Part::Court, named(caller), &Bench::settleCall { pool })
        }
        A::Set { caller, setting, .. } => set(named(caller), setting),
        A::Persuade { stand } => {
            let quota = address_of(stage, stand);
            staking(named(Party::Admin), Money::setQuotaCall { quota }.abi_encode())
        }
        A::Quota(ref action) => quota::quota_call(stage, chain, action),
        A::Pool { caller, pool, joins: true } => {
            let pool = named(pool);
            staking(named(caller), Money::registerPoolCall { pool }.abi_encode())
        }
        A::Pool { caller, pool, joins: false } => {
            let pool = named(pool);
            staking(named(caller), Money::removePoolCall { pool }.abi_encode())
        }
        A::Pause { caller, seconds } => {
            staking(named(caller), Money::pauseCall { duration: seconds }.abi_encode())
        }
        A::Unpause { caller } => staking(named(caller), Money::unpauseCall {}.abi_encode()),
        A::Sweep { caller, receiver } => {
            let receiver = named(receiver);
            staking(named(caller), Money::sweepCall { receiver }.abi_encode())
        }
        A::Raw { to, caller, entry, ref words, value, damage } => {
            let data = super::raw::damaged(raw(stage, to, entry, words), damage);
            let data = raw::as_programs_send(stage, data);
            // Programs have no METIS to send, and only holders may come to have positions.
            let sent =
                if Party::HOLDERS.contains(&caller) { value } else { Sum::Exact(U256::ZERO) };
            let caller = named(caller);
            let value = sum(stage, chain, sent, caller, U256::ONE) & largest(96);
            StakingCall { to, caller, value, data, signed: None }
        }
        ref other => unreachable!("{other:?} is not one call"),
    }
}

fn set(caller: Address, setting: Setting) -> StakingCall {
    let metis = |count: u32| METIS * U256::from(count);
    let call =
        |data| StakingCall { to: Part::Staking, caller, value: U256::ZERO, data, signed: None };
    match setting {
        Setting::Thresholds(threshold, max_lock) => call(
            Money::setThresholdsCall {
                activationThreshold: metis(threshold),
                maxLock: metis(max_lock),
            }
            .abi_encode(),
        ),
        Setting::Bond(min_bond, bps) => call(
            Money::setBondRulesCall { minBond: metis(min_bond), minBondBps: U256::from(bps) }
                .abi_encode(),
        ),
        Setting::Period(period) => {
            call(Money::setUnbondingPeriodCall { period: U256::from(period) }.abi_encode())
        }
        Setting::MaxCommission(max) => {
            let call = Names::setMaxCommissionCall { maxBps: U256::from(max) };
            StakingCall::new(Part::Registry, caller, &call)
        }
        Setting::Times(veto, grace, jail) => {
            let [veto, grace, jail] = [veto, grace, jail].map(U256::from);
            let call = Bench::setTimesCall { vetoWindow: veto, executeGrace: grace, maxJail: jail };
            StakingCall::new(Part::Court, caller, &call)
        }
        Setting::MaxSlash(max) => {
            let call = Bench::setMaxSlashCall { maxBps: U256::from(max) };
            StakingCall::new(Part::Court, caller, &call)
        }
    }
}

/// Numbers of buckets, counted back from the latest: of those that pay the caller, if there are such.
fn buckets_of(
    stage: &Stage,
    chain: &Chain,
    (account, id): (Address, U256),
    picks: [u8; 3],
) -> Vec<U256> {
    let Some(sequencer) = stage.seen.sequencer(id) else { return vec![U256::ONE] };
    let all: Vec<_> = sequencer.buckets.iter().map(|bucket| U256::from(bucket.number)).collect();
    let pays = |number: &U256| {
        let entry = Money::entryCall { account, id, number: *number };
        !stage.view(chain, Part::Staking, entry).claimable.is_zero()
    };
    let paying: Vec<_> = all.iter().copied().filter(pays).collect();
    let buckets = if paying.is_empty() { &all } else { &paying };
    let number = |pick: u8| match pick {
        250.. => U256::from(u64::from(pick) << 12 | 21),
        _ if buckets.is_empty() => U256::ZERO,
        nth => buckets[usize::from(nth) % buckets.len()],
    };
    picks.map(number).to_vec()
}

fn fault_time(stage: &Stage, chain: &Chain, id: U256, fault: Fault) -> U256 {
    const YEAR_3000: u64 = 32_503_680_000;
    let now = stage.seen.now;
    match fault {
        Fault::Ago(seconds) => U256::from(now.saturating_sub(u64::from(seconds))),
        Fault::Earliest(offset) => {
            let told = stage.view(chain, Part::Staking, Money::sequencerCall { id });
            let period = U256::from(now.saturating_sub(stage.seen.rules.period));
            near(told.registered.max(period), offset)
        }
        Fault::Now(offset) => near(U256::from(now), offset),
        Fault::Far => U256::from(YEAR_3000),
    }
}
