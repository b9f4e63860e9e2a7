//! One function for each property of staking in `spec.rs`, or a few where it has several sides.
//!
//! They judge what was seen before and after a call, and sums that the case keeps for itself; only
//! `model` asks the model.

use alloy_primitives::U256;
use alloy_sol_types::{SolCall, SolEvent};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::action::staking::Party;
use super::super::encode::staking::StakingCall;
use super::super::model::staking::{Bench, Money, Names, Part, Permission, State};
use super::super::spec::ACC_1;
use super::super::world::World;
use super::super::world::staking::{Proposed, SeenSequencer, SeenStaking, Stage};
use super::Outcome;

pub mod bonds;
pub mod buckets;
mod chance;
pub mod core;
pub mod exact;
pub mod exits;
pub mod forks;
pub mod model;
pub mod pause;
pub mod policy;
pub mod quota;
pub mod registry;
pub mod rewards;
pub mod safety;
pub mod slashes;
pub mod solvency;

/// A call with what may be asked about it.
#[derive(Debug)]
pub struct Noticed<'a> {
    pub call: &'a StakingCall,
    pub outcome: &'a Outcome,
    pub before: &'a SeenStaking,
    /// Sequencers that it may have changed.
    pub ids: &'a [u64],
}

impl Noticed<'_> {
    /// Whether it was accepted by this entry.
    pub fn did<C: SolCall>(&self, part: Part) -> bool {
        self.outcome.is_ok() && self.call.is::<C>(part)
    }

    /// Events of one kind that a program logged.
    pub fn events<E: SolEvent>(&self, stage: &Stage, part: Part) -> Vec<E> {
        let Ok(receipt) = self.outcome else { return Vec::new() };
        let address = stage.crew.program(part);
        let own = receipt.logs.iter().filter(|log| log.address == address);
        own.filter_map(|log| E::decode_log_data(&log.data).ok()).collect()
    }

    /// Sequencers as they were and as they are.
    pub fn pairs<'s>(
        &'s self,
        stage: &'s Stage,
    ) -> impl Iterator<Item = (&'s SeenSequencer, &'s SeenSequencer)> {
        self.ids.iter().filter_map(|id| {
            let id = U256::from(*id);
            Some((self.before.sequencer(id)?, stage.seen.sequencer(id)?))
        })
    }
}

/// What must hold after every call.
pub fn after(
    tally: &mut Tally,
    stage: &mut Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    remember(stage, chain, noticed);
    solvency::programs(tally, stage)?;
    solvency::manager(tally, stage, chain)?;
    solvency::ledger(tally, stage)?;
    registry::listed(tally, stage, noticed)?;
    registry::derived(tally, stage, noticed)?;
    registry::signers(tally, stage, chain, noticed)?;
    bonds::grows(tally, stage, noticed)?;
    bonds::stays(tally, stage, noticed)?;
    buckets::mature(tally, stage, noticed)?;
    buckets::pay(tally, stage, chain, noticed)?;
    slashes::spread(tally, stage, noticed)?;
    slashes::bounded(tally, stage, chain, noticed)?;
    slashes::provision(tally, stage, chain, noticed)?;
    quota::opened(tally, stage, noticed)?;
    quota::sums(tally, stage, noticed)?;
    quota::seconds(tally, stage)?;
    rewards::solvent(tally, stage, noticed)?;
    rewards::precise(tally, stage, noticed)?;
    rewards::entrants(tally, stage, noticed)?;
    rewards::in_step(tally, stage, noticed)?;
    exits::values(tally, stage, noticed)?;
    pause::call(tally, stage, noticed)?;
    core::tells(tally, stage, chain, noticed)?;
    policy::after(tally, stage, chain, noticed)?;
    safety::speaks(tally, chain, noticed.outcome)
}

/// ACC-1: a restricted call takes effect only if its caller was let in.
pub fn let_in(
    tally: &mut Tally,
    stage: &Stage,
    noticed: &Noticed<'_>,
    permission: &Permission,
) -> Result<(), Violation> {
    if !noticed.call.is_restricted() {
        return Ok(());
    }
    let caller = noticed.call.caller;
    let fits = noticed.outcome.is_err() || *permission == Permission::Granted;
    let name = || stage.crew.name(caller);
    tally.check(ACC_1, fits, || format!("{} was let in without the role", name()))?;
    let refused = Money::AccessManagedUnauthorized { caller };
    let shut_out = noticed.outcome.as_ref().is_err_and(|failure| failure.is(&refused));
    tally.check(ACC_1, !(shut_out && *permission == Permission::Granted), || {
        format!("{} has the role", name())
    })
}

/// What must hold over time.
pub fn passed(tally: &mut Tally, stage: &mut Stage, chain: &Chain) -> Result<(), Violation> {
    let before = stage.look(chain, &[]);
    add_seconds(stage, &before);
    quota::seconds(tally, stage)?;
    solvency::programs(tally, stage)
}

/// A donation moved nothing.
pub fn donation(tally: &mut Tally, stage: &Stage, before: &SeenStaking) -> Result<(), Violation> {
    let same = before.totals == stage.seen.totals && before.pools == stage.seen.pools;
    tally.check(super::super::spec::SOL_1, same, || "a donation moved the books".into())
}

/// What is tried on forks, where it is due.
pub fn on_forks(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    use super::super::spec::{SAF_1, SLA_2, SLA_3, SOL_5};
    let step = world.steps;
    if tally.is_due(SAF_1, step) {
        exits::can_leave(tally, world)?;
    }
    if tally.is_due(SLA_2, step) {
        forks::proposals_end(tally, world)?;
    }
    if tally.is_due(SLA_3, step) {
        forks::no_dodge(tally, world)?;
    }
    if tally.is_due(SOL_5, step) {
        forks::registration_is_open(tally, world)?;
    }
    policy::on_forks(tally, world)
}

/// Keeps the sums of the case.
fn remember(stage: &mut Stage, chain: &Chain, noticed: &Noticed<'_>) {
    add_seconds(stage, noticed.before);
    exact::remember(stage, noticed);
    for paid in noticed.events::<Money::RewardsClaimed>(stage, Part::Staking) {
        stage.story.rewarded += paid.assets;
    }
    for paid in noticed.events::<Money::CommissionClaimed>(stage, Part::Staking) {
        stage.story.rewarded += paid.assets;
    }
    for slashed in noticed.events::<Money::Slashed>(stage, Part::Staking) {
        stage.story.forfeited += slashed.forfeited;
        stage.story.roundings += 2;
    }
    if noticed.did::<Money::notifyRewardsCall>(Part::Staking) {
        stage.story.funded += noticed.call.value;
    }
    if noticed.did::<Money::sweepCall>(Part::Staking) {
        stage.story.donations[Part::Staking as usize] = U256::ZERO;
    }
    if noticed.did::<Money::delegateCall>(Part::Staking)
        || noticed.did::<Money::undelegateCall>(Part::Staking)
    {
        stage.story.roundings += 1;
    }
    for registered in noticed.events::<Names::Registered>(stage, Part::Registry) {
        stage.story.registered += 1;
        stage.story.signers.entry(registered.signer).or_insert(registered.id.saturating_to());
    }
    for changed in noticed.events::<Names::SignerChanged>(stage, Part::Registry) {
        stage.story.signers.entry(changed.newSigner).or_insert(changed.id.saturating_to());
    }
    let ends_hold = noticed.did::<Money::takeCall>(Part::Staking)
        || noticed.did::<Money::releaseCall>(Part::Staking);
    if ends_hold && let Some(id) = noticed.call.word(0) {
        stage.story.meddled.insert(id.saturating_to());
    }
    for removed in noticed.events::<Money::PoolRemoved>(stage, Part::Staking) {
        let places = Party::POOLS.into_iter().zip(&noticed.before.pools);
        let own = |(pool, _): &(Party, _)| stage.crew.address(*pool) == removed.pool;
        let left = places.clone().find(own).map_or(U256::ZERO, |(_, (_, stake, _))| *stake);
        stage.story.left += left;
    }
    for (pool, loss) in slashes::lost(stage, chain, noticed) {
        *stage.story.realised.entry(pool).or_default() += loss;
    }
    let period = stage.seen.rules.period;
    let numbers = noticed.pairs(stage).flat_map(|(_, after)| {
        after.buckets.iter().map(|bucket| (after.id, bucket.number)).collect::<Vec<_>>()
    });
    let numbers: Vec<_> = numbers.collect();
    for key in numbers {
        stage.story.periods.entry(key).or_insert(period);
    }
    proposals(stage, chain, noticed);
}

/// Keeps the proposals of the case.
fn proposals(stage: &mut Stage, chain: &Chain, noticed: &Noticed<'_>) {
    for vetoed in noticed.events::<Bench::SlashVetoed>(stage, Part::Court) {
        end(stage, vetoed.proposal, State::Vetoed);
    }
    for lapsed in noticed.events::<Bench::SlashLapsed>(stage, Part::Court) {
        end(stage, lapsed.proposal, State::Lapsed);
    }
    for executed in noticed.events::<Bench::SlashExecuted>(stage, Part::Court) {
        end(stage, executed.proposal, State::Executed);
    }
    for proposed in noticed.events::<Bench::SlashProposed>(stage, Part::Court) {
        stage.story.proposals.push(Proposed {
            id: proposed.id.saturating_to(),
            at: chain.time(),
            bps: proposed.bps,
            day: proposed.faultTime.saturating_to::<u64>() / 86_400,
            evidence: proposed.evidence,
            until: proposed.executeUntil.saturating_to(),
            end: State::Pending,
        });
    }
}

fn end(stage: &mut Stage, proposal: U256, state: State) {
    let place = proposal.saturating_to::<usize>().wrapping_sub(1);
    if let Some(found) = stage.story.proposals.get_mut(place) {
        found.end = state;
    }
}

/// Counts stake · seconds that have passed.
fn add_seconds(stage: &mut Stage, before: &SeenStaking) {
    let time = U256::from(stage.seen.now - before.now);
    stage.story.seconds += before.totals[0] * time;
    let pools = Party::POOLS.into_iter().zip(&before.pools);
    for (pool, (_, stake, _)) in pools {
        let address = stage.crew.address(pool);
        *stage.story.pool_seconds.entry(address).or_default() += *stake * time;
    }
}
