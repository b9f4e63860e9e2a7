//! What is seen of staking, by its views alone.

use alloy_primitives::{Address, U256};
use emetis::Chain;

use super::super::super::action::staking::Party;
use super::super::super::model::staking::{Money, Part, Rules, Sequencer, Status};
use super::{Crew, view};

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
    fn read(chain: &Chain, crew: &Crew, number: u64) -> Self {
        let staking = crew.program(Part::Staking);
        let id = U256::from(number);
        let told = view(chain, staking, Money::sequencerCall { id });
        let rewards = view(chain, staking, Money::rewardsCall { id });
        let hold = view(chain, staking, Money::holdOfCall { id });
        let mut buckets = Vec::new();
        let mut next = told.bucket;
        while !next.is_zero() {
            let bucket = view(chain, staking, Money::bucketCall { id, number: next });
            let delegations = [bucket.nominal, bucket.assets, bucket.paid];
            let bond = [bucket.bondNominal, bucket.bondAssets, bucket.bondPaid];
            let (number, matures) = (next.to(), bucket.matures);
            buckets.push(SeenBucket { number, matures, sides: [delegations, bond] });
            next = bucket.previous;
        }
        let positions = Party::HOLDERS.map(|holder| {
            let account = crew.address(holder);
            let position = view(chain, staking, Money::positionCall { account, id });
            let earned = view(chain, staking, Money::earnedCall { account, id });
            let (shares, assets, pooled) = (position.shares, position.assets, position.pooled);
            SeenPosition { shares, assets, pooled, earned }
        });
        Self {
            id: number,
            status: told.status as u8,
            owner: view(chain, staking, Money::ownerOfCall { id }),
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
            commission: self.commission,
            jailed: self.jailed_until != 0,
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
    pub metis: [U256; 3],
    /// Stake, bonds, pooled, ledger, slashed, seconds.
    pub totals: [U256; 6],
    pub rules: Rules,
    pub sequencers: Vec<SeenSequencer>,
    pub live: Vec<u64>,
    /// Whether it is registered, stake and seconds of each of [`Party::POOLS`].
    pub pools: Vec<(bool, U256, U256)>,
    /// Stake of the group of each sequencer.
    pub groups: Vec<U256>,
}

impl SeenStaking {
    pub fn empty() -> Self {
        Self {
            now: 0,
            metis: [U256::ZERO; 3],
            totals: [U256::ZERO; 6],
            rules: Rules::default(),
            sequencers: Vec::new(),
            live: Vec::new(),
            pools: Vec::new(),
            groups: Vec::new(),
        }
    }

    pub fn sequencer(&self, id: U256) -> Option<&SeenSequencer> {
        let place = usize::try_from(id).ok()?.checked_sub(1)?;
        self.sequencers.get(place)
    }

    /// Looks at the whole again, and at some sequencers.
    pub(super) fn refresh(&mut self, chain: &Chain, crew: &Crew, ids: &[u64]) {
        let staking = crew.program(Part::Staking);
        let totals = view(chain, staking, Money::totalsCall {});
        let rules = view(chain, staking, Money::parametersCall {});
        self.now = chain.time();
        self.metis = crew.programs.map(|program| chain.balance(program));
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
        let count = view(chain, staking, Money::countCall {}).saturating_to::<u64>();
        for id in 1..=count {
            let known = self.sequencers.len() as u64 >= id;
            if known && !ids.contains(&id) {
                continue;
            }
            let sequencer = SeenSequencer::read(chain, crew, id);
            let stake = view(chain, staking, Money::groupStakeCall { group: sequencer.group });
            if known {
                self.sequencers[id as usize - 1] = sequencer;
                self.groups[id as usize - 1] = stake;
            } else {
                self.sequencers.push(sequencer);
                self.groups.push(stake);
            }
        }
        self.live = view(chain, staking, Money::liveCall {})
            .into_iter()
            .map(|id| id.saturating_to())
            .collect();
        self.live.sort_unstable();
        self.pools = Party::POOLS
            .map(|pool| {
                let told = view(chain, staking, Money::poolOfCall { pool: crew.address(pool) });
                (told.registered, told.stake, told.stakeSeconds)
            })
            .to_vec();
    }
}
