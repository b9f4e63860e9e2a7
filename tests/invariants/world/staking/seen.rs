//! What is seen of staking, by its views alone.

use super::super::super::action::staking::Party;
use super::super::super::model::staking::{Money, Part, Rules, Sequencer, Status};
use super::Eyes;
use std::sync::Arc;

use alloy_primitives::{Address, U256};

/// One bucket, both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenBucket {
    pub number: u64,
    pub matures: U256,
    /// Nominal, assets and paid: of delegations, then of bond.
    pub sides: [[U256; 3]; 2],
}

/// What a holder has with a sequencer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeenPosition {
    pub shares: U256,
    pub assets: U256,
    pub pooled: bool,
    pub earned: U256,
}

/// A sequencer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenSequencer {
    pub id: u64,
    pub status: u8,
    pub owner: Address,
    pub bond: U256,
    pub delegated: U256,
    pub shares: U256,
    pub direct_shares: U256,
    pub nonce: U256,
    pub group: U256,
    pub commission: U256,
    pub jailed_until: u64,
    pub inactive_since: u64,
    /// Accrued; what is pending is in them.
    pub operator: U256,
    pub parked: U256,
    /// What of that is the delegators'.
    pub parked_delegators: U256,
    pub delegators: U256,
    pub index: U256,
    pub pending: U256,
    /// Losses and scopes of a hold, bond first, then fault, time and end; zeros for none.
    pub hold: [U256; 7],
    /// The latest first.
    pub buckets: Vec<SeenBucket>,
    /// In the order of [`Party::HOLDERS`].
    pub positions: Vec<SeenPosition>,
}

impl SeenSequencer {
    fn read(eyes: &Eyes<'_>, number: u64) -> Self {
        let id = U256::from(number);
        let told = eyes.view(Part::Staking, Money::sequencerCall { id });
        let rewards = eyes.view(Part::Staking, Money::rewardsCall { id });
        let hold = eyes.view(Part::Staking, Money::holdOfCall { id });
        let mut buckets = Vec::new();
        let mut next = told.bucket;
        while !next.is_zero() {
            let bucket = eyes.view(Part::Staking, Money::bucketCall { id, number: next });
            let delegations = [bucket.nominal, bucket.assets, bucket.paid];
            let bond = [bucket.bondNominal, bucket.bondAssets, bucket.bondPaid];
            let (number, matures) = (next.to(), bucket.matures);
            buckets.push(SeenBucket { number, matures, sides: [delegations, bond] });
            next = bucket.previous;
        }
        let positions = Party::HOLDERS.map(|holder| {
            let account = eyes.crew.address(holder);
            // Most have nothing with most; that the views say so is asked with all views, now and then.
            if eyes.is_empty(number, account) {
                return SeenPosition::default();
            }
            let position = eyes.view(Part::Staking, Money::positionCall { account, id });
            let earned = eyes.view(Part::Staking, Money::earnedCall { account, id });
            let (shares, assets, pooled) = (position.shares, position.assets, position.pooled);
            SeenPosition { shares, assets, pooled, earned }
        });
        Self {
            id: number,
            status: told.status as u8,
            owner: eyes.view(Part::Staking, Money::ownerOfCall { id }),
            bond: told.bond,
            delegated: told.delegated,
            shares: told.shares,
            direct_shares: told.directShares,
            nonce: told.nonce,
            group: told.group,
            commission: told.commissionBps,
            jailed_until: told.jailedUntil.saturating_to(),
            inactive_since: told.inactiveSince.saturating_to(),
            operator: rewards.operator,
            parked: rewards.parked,
            parked_delegators: rewards.parkedDelegators,
            delegators: rewards.delegators,
            index: rewards.index,
            pending: rewards.pending,
            hold: [
                hold.bondLoss,
                hold.delegatedLoss,
                hold.bondScope,
                hold.delegatedScope,
                hold.faultTime,
                hold.heldAt,
                hold.until,
            ],
            buckets,
            positions: positions.to_vec(),
        }
    }

    pub fn stake(&self) -> U256 {
        self.bond + self.delegated
    }

    pub fn is(&self, status: Status) -> bool {
        self.status == status as u8
    }

    /// Whether a proposal is pending.
    pub fn is_held(&self) -> bool {
        !self.hold[6].is_zero()
    }

    /// What a holder has with it.
    pub fn position(&self, holder: Party) -> SeenPosition {
        self.positions.get(holder as usize).copied().unwrap_or_default()
    }

    /// As books that can be reckoned with; `parked` and the like are as accrued.
    pub fn books(&self) -> Sequencer {
        Sequencer {
            bond: self.bond,
            delegated: self.delegated,
            shares: self.shares,
            direct_shares: self.direct_shares,
            group: self.group.saturating_to(),
            commission: self.commission,
            jailed: self.jailed_until != 0,
            exiting: self.is(Status::Exiting) || self.is(Status::Exited),
            index: self.index,
            ..Sequencer::default()
        }
    }
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenStaking {
    pub now: u64,
    /// METIS of each program.
    pub metis: [U256; 4],
    /// Stake, bonds, pooled, ledger, slashed, seconds.
    pub totals: [U256; 6],
    pub rules: Rules,
    /// Shared with what was seen before of those that nothing touched.
    pub sequencers: Vec<Arc<SeenSequencer>>,
    pub live: Vec<u64>,
    /// Whether it is registered, stake and seconds of each of [`Party::POOLS`].
    pub pools: Vec<(bool, U256, U256)>,
    /// Stake of the group of each sequencer.
    pub groups: Vec<U256>,
    /// When a pause ends, zero if there is none; and from when on one may begin.
    pub paused_until: u64,
    pub next_pause: u64,
}

impl SeenStaking {
    pub fn empty() -> Self {
        Self {
            now: 0,
            metis: [U256::ZERO; 4],
            totals: [U256::ZERO; 6],
            rules: Rules::default(),
            sequencers: Vec::new(),
            live: Vec::new(),
            pools: Vec::new(),
            groups: Vec::new(),
            paused_until: 0,
            next_pause: 0,
        }
    }

    pub fn sequencer(&self, id: U256) -> Option<&SeenSequencer> {
        let place = usize::try_from(id).ok()?.checked_sub(1)?;
        self.sequencers.get(place).map(Arc::as_ref)
    }

    /// Every sequencer, the first first.
    pub fn all(&self) -> impl Iterator<Item = &SeenSequencer> {
        self.sequencers.iter().map(Arc::as_ref)
    }

    /// Looks at the whole again, and at some sequencers.
    pub(super) fn refresh(&mut self, eyes: &Eyes<'_>, ids: &[u64]) {
        let totals = eyes.view(Part::Staking, Money::totalsCall {});
        let rules = eyes.view(Part::Staking, Money::parametersCall {});
        self.now = eyes.chain.time();
        self.metis = eyes.crew.programs.map(|program| eyes.chain.balance(program));
        self.totals = [
            totals.stake,
            totals.bonds,
            totals.pooled,
            totals.ledger,
            totals.slashed,
            totals.stakeSeconds,
        ];
        self.rules = Rules {
            threshold: rules.activationThreshold,
            max_lock: rules.maxLock,
            min_bond: rules.minBond,
            min_bond_bps: rules.minBondBps,
            period: rules.unbondingPeriod.saturating_to(),
        };
        let until = eyes.view(Part::Staking, Money::pausedUntilCall {});
        let next = eyes.view(Part::Staking, Money::nextPauseCall {});
        (self.paused_until, self.next_pause) = (until.saturating_to(), next.saturating_to());
        let count = eyes.view(Part::Staking, Money::countCall {}).saturating_to::<u64>();
        for id in 1..=count {
            let known = self.sequencers.len() as u64 >= id;
            if known && !ids.contains(&id) {
                continue;
            }
            let sequencer = Arc::new(SeenSequencer::read(eyes, id));
            let stake = eyes.view(Part::Staking, Money::groupStakeCall { group: sequencer.group });
            if known {
                self.sequencers[id as usize - 1] = sequencer;
                self.groups[id as usize - 1] = stake;
            } else {
                self.sequencers.push(sequencer);
                self.groups.push(stake);
            }
        }
        self.live = eyes
            .view(Part::Staking, Money::liveCall {})
            .into_iter()
            .map(|id| id.saturating_to())
            .collect();
        self.live.sort_unstable();
        self.pools = Party::POOLS
            .map(|pool| {
                let told =
                    eyes.view(Part::Staking, Money::poolOfCall { pool: eyes.crew.address(pool) });
                (told.registered, told.stake, told.stakeSeconds)
            })
            .to_vec();
    }
}
