//! SLA-1, SLA-2 and SLA-4: how a slash is spread, what bounds it, what pools are told of it.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::action::staking::Party;
use super::super::super::model::mul_div;
use super::super::super::model::staking::{Bench, Money, Part, State};
use super::super::super::spec::{SLA_1, SLA_2, SLA_4};
use super::super::super::world::staking::{SeenBucket, SeenSequencer, Stage};
use super::Noticed;
use super::bonds::covers;

const BPS: U256 = U256::from_limbs([10_000, 0, 0, 0]);
/// Proposals that are not further apart than this add up, in seconds.
const WEEK: u64 = 604_800;

/// What the two sides of a scope hold: what stays, then buckets.
fn items(held: &SeenSequencer, of: &SeenSequencer, side: usize) -> Vec<U256> {
    let stays = if side == 0 { of.delegated } else { of.bond };
    let covered = of.buckets.iter().filter(|bucket| covers(held, bucket));
    let buckets = covered.map(|bucket: &SeenBucket| bucket.sides[side][1]);
    std::iter::once(stays).chain(buckets).collect()
}

/// SLA-1: a slash takes the bond side first, then delegations, each at one ratio for what stays and
/// what leaves, and all of it is in hand for the fund.
pub fn spread(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let slashed = noticed.events::<Money::Slashed>(stage, Part::Staking);
    let Some(event) = slashed.first() else { return Ok(()) };
    let (Some(before), Some(after)) =
        (noticed.before.sequencer(event.id), stage.seen.sequencer(event.id))
    else {
        return Ok(());
    };
    let [bond_loss, delegated_loss, bond_scope, ..] = before.hold;
    for (side, loss) in [(0, delegated_loss), (1, bond_loss)] {
        let (was, is) = (items(before, before, side), items(before, after, side));
        let scope = was.iter().fold(U256::ZERO, |sum, part| sum + *part);
        let mut lost = U256::ZERO;
        for (was, is) in was.iter().zip(&is) {
            let part = was.saturating_sub(*is);
            lost += part;
            let ideal = if scope.is_zero() { scope } else { *was * loss / scope };
            let fair = part <= ideal + U256::ONE && part + U256::ONE >= ideal;
            tally.check(SLA_1, fair, || {
                format!("{}: {part} of {was} were taken, not {ideal}: {loss} of {scope}", event.id)
            })?;
        }
        tally.check(SLA_1, lost == loss, || {
            format!("{}: {lost} were taken of side {side}, not {loss}", event.id)
        })?;
    }
    let bond_first = delegated_loss.is_zero() || bond_loss == bond_scope;
    tally.check(SLA_1, bond_first, || {
        format!("{}: {delegated_loss} of delegations before all of the bond", event.id)
    })?;
    let hand = stage.seen.totals[4].wrapping_sub(noticed.before.totals[4]);
    let expected = bond_loss + delegated_loss + event.forfeited;
    tally.check(SLA_1, hand == expected && event.forfeited == before.parked, || {
        format!("{}: {hand} came in hand, not {expected}; {} had parked", event.id, before.parked)
    })
}

/// SLA-2: a proposal takes its part of what is in scope, within what a window allows, once.
pub fn bounded(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    // What somebody orders in the court's name, without the court, follows no proposal.
    let court = stage.crew.program(Part::Court);
    let is_proposed = noticed
        .outcome
        .as_ref()
        .is_ok_and(|receipt| receipt.logs.iter().any(|log| log.address == court));
    let held = noticed.events::<Money::Held>(stage, Part::Staking);
    for held in held.into_iter().filter(|_| is_proposed) {
        let (Some(before), Some(after)) =
            (noticed.before.sequencer(held.id), stage.seen.sequencer(held.id))
        else {
            continue;
        };
        let Some(proposal) = stage.story.proposals.last() else {
            let nobody = || format!("{} was held without a proposal", held.id);
            tally.check(SLA_2, false, nobody)?;
            continue;
        };
        let sum = |side: usize| {
            items(after, before, side).iter().fold(U256::ZERO, |sum, part| sum + *part)
        };
        let (delegated, bond) = (sum(0), sum(1));
        let loss = (delegated + bond) * proposal.bps / BPS;
        let found = held.bondLoss + held.delegatedLoss;
        tally.check(
            SLA_2,
            found == loss && after.hold[2] == bond && after.hold[3] == delegated,
            || {
                format!(
                    "{} holds {found}, not {loss}: {} bps of {bond} and {delegated}",
                    held.id, proposal.bps
                )
            },
        )?;
        let rules = stage.view(chain, Part::Court, Bench::parametersCall {});
        let used = window(stage, proposal.id);
        tally.check(SLA_2, used <= rules.maxSlashPerWindow, || {
            format!("{}: {used} bps are proposed in a window", held.id)
        })?;
        let others = stage.story.proposals.iter().rev().skip(1);
        let twice = others.filter(|other| other.end != State::Lapsed).any(|other| {
            let same_day = (other.id, other.day) == (proposal.id, proposal.day);
            other.evidence == proposal.evidence || same_day
        });
        tally.check(SLA_2, !twice, || format!("{}: evidence or fault used twice", held.id))?;
    }
    let slashed = noticed.events::<Money::Slashed>(stage, Part::Staking);
    for event in &slashed {
        let Some(before) = noticed.before.sequencer(event.id) else { continue };
        let fixed = (before.hold[0], before.hold[1]);
        tally.check(SLA_2, (event.bondLoss, event.delegatedLoss) == fixed, || {
            format!(
                "{}: took {} and {}, not {fixed:?}",
                event.id, event.bondLoss, event.delegatedLoss
            )
        })?;
    }
    Ok(())
}

/// What the proposals of the latest chain add up to, in bps.
fn window(stage: &Stage, id: u64) -> U256 {
    let mut used = U256::ZERO;
    let mut next = stage.seen.now;
    for proposal in stage.story.proposals.iter().rev().filter(|proposal| proposal.id == id) {
        if next > proposal.at + WEEK {
            break;
        }
        next = proposal.at;
        let is_over = proposal.until <= stage.seen.now;
        let counts = match proposal.end {
            State::Pending => !is_over,
            State::Executed => true,
            _ => false,
        };
        if counts {
            used += proposal.bps;
        }
    }
    used
}

/// SLA-4: pools are provisioned what pending proposals may take of them, and nothing else.
pub fn provision(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    if noticed.call.to != Part::Court || noticed.outcome.is_err() {
        return Ok(());
    }
    let pending = |place: &usize| stage.story.proposals[*place].end == State::Pending;
    for holder in Party::POOLS {
        let pool = stage.crew.address(holder);
        let told = stage.view(chain, Part::Court, Bench::lossOfCall { pool });
        let mut sum = U256::ZERO;
        for place in (0..stage.story.proposals.len()).filter(pending) {
            let proposal = U256::from(place + 1);
            let part = stage.view(chain, Part::Court, Bench::provisionOfCall { proposal, pool });
            sum += part;
            let made = noticed.did::<Bench::proposeSlashCall>(Part::Court);
            if made && place + 1 == stage.story.proposals.len() {
                let expected = at_risk(stage, chain, noticed, holder, place);
                tally.check(SLA_4, part == expected, || {
                    format!("{} is provisioned {part}, not {expected}", holder.label())
                })?;
            }
        }
        let lost = stage.story.realised.get(&pool).copied().unwrap_or_default();
        tally.check(SLA_4, told.realised == lost, || {
            format!("{} has lost {lost}, told are {}", holder.label(), told.realised)
        })?;
        tally.check(SLA_4, told.provisioned == sum, || {
            format!("{} is provisioned {}, proposals say {sum}", holder.label(), told.provisioned)
        })?;
    }
    for (_, after) in noticed.pairs(stage) {
        let is_pending = stage.story.proposals.iter().any(|proposal| {
            let runs = proposal.end == State::Pending && proposal.until > stage.seen.now;
            proposal.id == after.id && runs
        });
        tally.check(SLA_4, after.is_held() == is_pending, || {
            format!(
                "{} is held: {}, a proposal is pending: {is_pending}",
                after.id,
                after.is_held()
            )
        })?;
    }
    Ok(())
}

/// What of a holder is in the buckets of a sequencer that the hold of `held` covers.
fn unbonding(
    stage: &Stage,
    chain: &Chain,
    holder: Party,
    held: &SeenSequencer,
    sequencer: &SeenSequencer,
) -> U256 {
    let (account, id) = (stage.crew.address(holder), U256::from(sequencer.id));
    let covered = sequencer.buckets.iter().filter(|bucket| covers(held, bucket));
    covered.fold(U256::ZERO, |sum, bucket| {
        let number = U256::from(bucket.number);
        let entry = stage.view(chain, Part::Staking, Money::entryCall { account, id, number });
        let [nominal, assets, _] = bucket.sides[0];
        let [bond_nominal, ..] = bucket.sides[1];
        // No pool has a bond of its own.
        let own = if bond_nominal.is_zero() { entry.nominal } else { entry.nominal.min(nominal) };
        let part = mul_div(own, assets, nominal.max(U256::ONE), false);
        sum + part.unwrap_or_default()
    })
}

/// What each registered pool lost by a slash: the fall of its position and of what unbonds of it.
pub(super) fn lost(stage: &Stage, chain: &Chain, noticed: &Noticed<'_>) -> Vec<(Address, U256)> {
    let mut losses = Vec::new();
    for executed in noticed.events::<Bench::SlashExecuted>(stage, Part::Court) {
        let id = executed.id;
        let (Some(before), Some(after)) = (noticed.before.sequencer(id), stage.seen.sequencer(id))
        else {
            continue;
        };
        for (pool, (registered, ..)) in Party::POOLS.into_iter().zip(&noticed.before.pools) {
            if !registered {
                continue;
            }
            let of_stake = before.position(pool).assets - after.position(pool).assets;
            let of_buckets = unbonding(stage, chain, pool, before, before)
                - unbonding(stage, chain, pool, before, after);
            losses.push((stage.crew.address(pool), of_stake + of_buckets));
        }
    }
    losses
}

/// What a pool may lose by a proposal that was just made, rounded up.
fn at_risk(
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
    holder: Party,
    place: usize,
) -> U256 {
    let id = U256::from(stage.story.proposals[place].id);
    let (Some(before), Some(after)) = (noticed.before.sequencer(id), stage.seen.sequencer(id))
    else {
        return U256::ZERO;
    };
    let is_registered = stage.seen.pools[holder as usize - Party::PoolOne as usize].0;
    if !is_registered {
        return U256::ZERO;
    }
    let risk = before.position(holder).assets + unbonding(stage, chain, holder, after, after);
    let [_, loss, _, scope, ..] = after.hold;
    if scope.is_zero() { scope } else { mul_div(risk, loss, scope, true).unwrap_or_default() }
}
