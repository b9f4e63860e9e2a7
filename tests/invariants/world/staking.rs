//! Sequencer staking in the campaign's chain: its programs, who acts, and what is seen of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use alloy_primitives::map::AddressMap;
use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::{Account, Chain, Views};

use super::super::action::staking::{Id, Moment, Party};
use super::super::checks::staking::exact::Exact;
use super::super::model::largest;
use super::super::model::staking::policy::Churn;
use super::super::model::staking::{Bench, Money, Names, Part, Rule, Staking, State};

mod origin;
mod seen;

pub use origin::{open_stage, wire};
pub use seen::{SeenBucket, SeenSequencer, SeenStaking};

/// Who acts, and where the programs are.
#[derive(Debug)]
pub struct Crew {
    /// In the order of [`Part::ALL`].
    pub programs: [Address; 4],
    pub manager: Address,
    /// A program that agrees to everything, and one that burns all gas, where the quota is asked.
    pub agreeable: Address,
    pub burning: Address,
    pub lens: Address,
    parties: [Account; Party::NAMED.len()],
    names: AddressMap<Party>,
    /// Code that gives its METIS to the account whose address follows.
    pub donor: Bytes,
}

impl Crew {
    pub fn program(&self, part: Part) -> Address {
        self.programs[part as usize]
    }

    /// Which program an address is.
    pub fn as_part(&self, address: Address) -> Option<Part> {
        Part::ALL.into_iter().find(|part| self.program(*part) == address)
    }

    pub fn account(&self, party: Party) -> Account {
        self.parties[party as usize]
    }

    pub fn address(&self, party: Party) -> Address {
        self.account(party).address
    }

    /// An address in words.
    pub fn name(&self, address: Address) -> String {
        self.names.get(&address).map_or_else(|| address.to_string(), |party| party.label().into())
    }
}

/// What happened that no program keeps: sums over a case, for checks that ask no model.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// METIS of each program that came past its books and was not swept.
    pub donations: [U256; 4],
    /// METIS brought as rewards, paid as rewards, and forfeited by slashes.
    pub funded: U256,
    pub rewarded: U256,
    pub forfeited: U256,
    /// Sequencers that were registered.
    pub registered: u64,
    /// Whose a signer is or was.
    pub signers: BTreeMap<Address, u64>,
    /// The period in force when a bucket was first seen.
    pub periods: BTreeMap<(u64, u64), u64>,
    /// Calls of pools and slashes, each of which may leave a wei of rounding.
    pub roundings: u64,
    /// Wei · seconds of all stake, and of pools.
    pub seconds: U256,
    pub pool_seconds: BTreeMap<Address, U256>,
    pub proposals: Vec<Proposed>,
    /// What pools had left of their stake, less than 1 METIS each, when they were removed.
    pub left: U256,
    /// What each pool has lost by slashes.
    pub realised: BTreeMap<Address, U256>,
    /// What pools have drawn of their churn, and what their buckets hold since.
    pub draws: Vec<Draw>,
    pub churn: BTreeMap<Address, Churn>,
    /// Operations of sequencers, with what waits and when that holds.
    pub operations: BTreeMap<u64, Operations>,
    /// Slashes that the quota has recorded.
    pub recorded: BTreeSet<u64>,
    /// Sequencers whose hold was ended in the court's name, past the court.
    pub meddled: BTreeSet<u64>,
    /// What each holder has earned and was not paid, exactly.
    pub exact: Exact,
}

/// What a pool drew.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    pub pool: Address,
    pub at: u64,
    pub assets: U256,
    /// What could be moved in a day.
    pub daily: U256,
}

/// A score, with what waits and when that holds.
pub type Operations = (U256, Option<(U256, u64)>);

impl Story {
    /// Operations of a sequencer at a moment.
    pub fn operations_of(&self, id: u64, now: u64) -> Operations {
        const NEWCOMER: U256 = U256::from_limbs([5_000, 0, 0, 0]);
        match self.operations.get(&id).copied().unwrap_or((NEWCOMER, None)) {
            (_, Some((next, effective))) if effective <= now => (next, None),
            operations => operations,
        }
    }
}

/// A proposal that was accepted.
#[derive(Clone, Copy, Debug)]
pub struct Proposed {
    pub id: u64,
    pub at: u64,
    pub bps: U256,
    pub day: u64,
    pub evidence: B256,
    /// Until when it can be executed.
    pub until: u64,
    pub end: State,
}

/// The programs beside their model.
#[derive(Clone, Debug)]
pub struct Stage {
    pub model: Staking,
    pub crew: Arc<Crew>,
    pub seen: SeenStaking,
    pub story: Story,
    /// What the programs told.
    pub views: Views,
}

impl Stage {
    pub fn view<C: SolCall>(&self, chain: &Chain, part: Part, call: C) -> C::Return {
        view(&self.views, chain, self.crew.program(part), call)
    }

    /// The sequencer that an action means.
    pub fn id(&self, id: Id) -> U256 {
        let count = self.seen.sequencers.len() as u64;
        U256::from(match id {
            254 => 0,
            255 => count + 1,
            _ if count == 0 => 1,
            nth => 1 + u64::from(nth) % count,
        })
    }

    /// Who an action means, about one sequencer.
    pub fn who(&self, chain: &Chain, party: Party, id: U256) -> Address {
        match party {
            Party::Owner => self.view(chain, Part::Staking, Money::ownerOfCall { id }),
            Party::Heir => self.view(chain, Part::Staking, Money::pendingOwnerOfCall { id }),
            named => self.crew.address(named),
        }
    }

    /// Moves the model's clock.
    pub fn now(&mut self, now: u64) {
        self.model.now = now;
    }

    /// Looks again at what a call may have changed, and returns what was seen before.
    pub fn look(&mut self, chain: &Chain, ids: &[u64]) -> SeenStaking {
        let before = self.seen.clone();
        self.seen.refresh(&Eyes { views: &self.views, chain, crew: &self.crew }, ids);
        before
    }

    /// Looks at everything.
    pub fn look_at_all(&mut self, chain: &Chain) -> SeenStaking {
        let count = self.view(chain, Part::Staking, Money::countCall {});
        let ids: Vec<u64> = (1..=count.to::<u64>()).collect();
        self.look(chain, &ids)
    }

    /// When something ends or begins, if it does.
    pub fn moment(&self, chain: &Chain, id: U256, moment: Moment) -> Option<u64> {
        let sequencer = self.seen.sequencer(id);
        let now = self.seen.now;
        let ids = || self.seen.all().map(|sequencer| U256::from(sequencer.id));
        // Of the latest proposal, whomever it is about.
        let proposal = || {
            let proposal = self.view(chain, Part::Court, Bench::countCall {});
            let found = self.view(chain, Part::Court, Bench::proposalOfCall { proposal });
            (!proposal.is_zero()).then_some((found.vetoUntil, found.executeUntil))
        };
        // The first that anybody waits for.
        let announced = || {
            ids().take(8).find_map(|id| {
                let due = self.view(chain, Part::Registry, Names::announcedCall { id }).due;
                (!due.is_zero()).then_some(due)
            })
        };
        let jailed = || self.seen.all().find(|sequencer| sequencer.jailed_until > now);
        let week = U256::from(604_800);
        let time = match moment {
            Moment::Maturity(nth) => {
                let buckets = &sequencer?.buckets;
                buckets.get(usize::from(nth) % buckets.len().max(1))?.matures
            }
            Moment::VetoEnd => proposal()?.0,
            Moment::GraceEnd => proposal()?.1,
            Moment::JailEnd => U256::from(jailed()?.jailed_until),
            Moment::Idle => U256::from(sequencer?.inactive_since + 30 * 86_400),
            Moment::DayEnd => U256::from((self.seen.now / 86_400 + 1) * 86_400),
            Moment::PauseEnd => self.view(chain, Part::Staking, Money::pausedUntilCall {}),
            Moment::CommissionDue => announced()?,
            Moment::CommissionOver => announced()? + week,
            Moment::Raised => self.raised(chain)?,
            Moment::SignerFree => {
                self.view(chain, Part::Registry, Names::signerOfCall { id }).changed + week
            }
        };
        (time <= largest(40)).then(|| time.to())
    }
}

impl Stage {
    /// When the first raise of the quota's that waits takes effect, if one does.
    fn raised(&self, chain: &Chain) -> Option<U256> {
        let now = U256::from(self.seen.now);
        let pools = Party::POOLS.map(|pool| self.crew.address(pool));
        let mut times: Vec<U256> = pools
            .iter()
            .map(|pool| {
                self.view(chain, Part::Quota, Rule::poolCapOfCall { pool: *pool }).effective
            })
            .collect();
        for sequencer in self.seen.all().take(4) {
            let (id, member) = (U256::from(sequencer.id), sequencer.group);
            times.push(self.view(chain, Part::Quota, Rule::scoresOfCall { id }).effective);
            times.push(self.view(chain, Part::Quota, Rule::groupOfCall { member }).until);
            for pool in pools {
                let grant = Rule::grantOfCall { pool, id };
                times.push(self.view(chain, Part::Quota, grant).effective);
            }
        }
        times.into_iter().filter(|time| *time > now).min()
    }
}

/// What looks at the programs.
struct Eyes<'a> {
    views: &'a Views,
    chain: &'a Chain,
    crew: &'a Crew,
}

impl Eyes<'_> {
    fn view<C: SolCall>(&self, part: Part, call: C) -> C::Return {
        view(self.views, self.chain, self.crew.program(part), call)
    }

    /// Whether an account has no position with a sequencer, as its slot says.
    fn is_empty(&self, id: u64, account: Address) -> bool {
        /// The kind of slot that keeps positions, see `contracts/README.md`.
        const POSITION: u64 = 12;
        let slot = (U256::from(POSITION) << 224)
            | (U256::from(id) << 192)
            | U256::from_be_bytes(account.into_word().0);
        self.chain.storage(self.crew.program(Part::Staking), slot).is_zero()
    }
}

/// A view of a program, which never fails.
fn view<C: SolCall>(views: &Views, chain: &Chain, program: Address, call: C) -> C::Return {
    match views.ask(chain, program, call.abi_encode()) {
        Ok(answer) => C::abi_decode_returns(&answer).expect("views answer as their ABI says"),
        Err(failure) => panic!("a view failed: {failure:?}"),
    }
}
