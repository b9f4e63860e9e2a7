//! RWD-1 to RWD-4: rewards are there, exact, nobody's who came later, and move with nothing.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};
use num_bigint::BigInt;
use num_rational::BigRational;

use super::super::super::action::staking::Party;
use super::super::super::model::staking::{Bench, METIS, Money, Part};
use super::super::super::spec::{RWD_1, RWD_2, RWD_3, RWD_4};
use super::super::super::world::staking::Stage;
use super::Noticed;
use super::exact::big;

/// RWD-1: what was brought is what was paid, forfeited, and is owed, parked or pending.
pub fn solvent(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let story = &stage.story;
    let owed = stage.seen.all().fold(U256::ZERO, |sum, sequencer| {
        sum + sequencer.operator + sequencer.parked + sequencer.delegators
    });
    let gone = story.rewarded + story.forfeited;
    tally.check(RWD_1, story.funded == gone.wrapping_add(owed), || {
        format!(
            "{} were brought, {} paid, {} forfeited, {owed} are owed",
            story.funded, story.rewarded, story.forfeited
        )
    })?;
    for (before, after) in noticed.pairs(stage) {
        let earned = after.positions.iter().fold(U256::ZERO, |sum, position| sum + position.earned);
        tally.check(RWD_1, earned <= after.delegators, || {
            format!("{}: delegators earned {earned}, {} are owed", after.id, after.delegators)
        })?;
        // In jail nothing is earned: what comes parks.
        let stays = before.jailed_until != 0 && after.jailed_until != 0;
        tally.check(RWD_1, !stays || after.index == before.index, || {
            format!("{}: the index rose in jail", after.id)
        })?;
    }
    Ok(())
}

/// RWD-2: indexes never fall; nobody earns more than exactly their part, nor less but for rounding.
pub fn precise(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    for (before, after) in noticed.pairs(stage) {
        tally.check(RWD_2, after.index >= before.index, || {
            format!("{}: the index fell from {} to {}", after.id, before.index, after.index)
        })?;
        for holder in Party::HOLDERS {
            let (exact, roundings) = stage.story.exact.owed(holder, after);
            let earned = BigRational::from(big(after.position(holder).earned));
            let least = &exact - BigRational::from(BigInt::from(roundings));
            tally.check(RWD_2, earned <= exact && earned >= least, || {
                let exact = exact.to_integer();
                format!("{} earned {earned} with {}, exactly {exact}", holder.label(), after.id)
            })?;
        }
    }
    Ok(())
}

/// RWD-3: what falls on too little stake parks, and who enters gets nothing of what came before.
pub fn entrants(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    for (before, after) in noticed.pairs(stage) {
        let unstaked = before.stake() < METIS && after.stake() < METIS;
        tally.check(RWD_3, !unstaked || after.index == before.index, || {
            format!("{}: rewards were split without stake", after.id)
        })?;
        // What is pending is told with what is parked: it comes, and it stays.
        let brought = after.pending.saturating_sub(before.pending);
        let slashed = noticed.did::<Bench::executeCall>(Part::Court)
            || noticed.did::<Money::takeCall>(Part::Staking);
        let freed = before.jailed_until != after.jailed_until || after.operator > before.operator;
        let stays = after.parked >= before.parked + brought;
        tally.check(RWD_3, !unstaked || slashed || freed || stays, || {
            let (was, is) = (before.parked, after.parked);
            format!("{}: {brought} came without stake, {was} was parked, {is} is", after.id)
        })?;
    }
    if !noticed.did::<Money::delegateCall>(Part::Staking) {
        return Ok(());
    }
    let id = noticed.call.word(0).unwrap_or_default();
    let (Some(before), Some(after)) = (noticed.before.sequencer(id), stage.seen.sequencer(id))
    else {
        return Ok(());
    };
    for holder in Party::HOLDERS {
        let (was, is) = (before.position(holder), after.position(holder));
        tally.check(RWD_3, is.earned <= was.earned, || {
            let label = holder.label();
            format!(
                "{label} had earned {}, and {} after a delegation to {id}",
                was.earned, is.earned
            )
        })?;
    }
    Ok(())
}

/// RWD-4: what anybody has earned stays as it is but for rewards that come, are freed or are paid.
pub fn in_step(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let comes = noticed.did::<Money::notifyRewardsCall>(Part::Staking);
    let claims = noticed.did::<Money::claimRewardsCall>(Part::Staking);
    let jails = noticed.did::<Bench::proposeSlashCall>(Part::Court);
    for (before, after) in noticed.pairs(stage) {
        let freed = before.jailed_until != after.jailed_until;
        for holder in Party::HOLDERS {
            let (was, is) = (before.position(holder), after.position(holder));
            let moves = is.shares != was.shares;
            let slack = if moves { U256::ONE } else { U256::ZERO };
            let paid = claims && stage.crew.address(holder) == noticed.call.caller;
            let kept = paid || is.earned + slack >= was.earned;
            // A sequencer in jail earns nothing of what was pending before.
            tally.check(RWD_4, kept || jails, || {
                let label = holder.label();
                format!(
                    "{label} had earned {} with {}, and has {}",
                    was.earned, after.id, is.earned
                )
            })?;
            tally.check(RWD_4, comes || freed || is.earned <= was.earned, || {
                let label = holder.label();
                format!(
                    "{label} had earned {} with {}, and has {}",
                    was.earned, after.id, is.earned
                )
            })?;
        }
    }
    Ok(())
}
