//! QTA-2: the figures that a quota is asked with add up.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};

use super::super::super::action::staking::Party;
use super::super::super::model::mul_div;
use super::super::super::spec::QTA_2;
use super::super::super::world::staking::{SeenSequencer, Stage};
use super::Noticed;

/// A position that is opened counts as a pool's if its account is one.
pub fn opened(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    for (before, after) in noticed.pairs(stage) {
        for (pool, (registered, ..)) in Party::POOLS.into_iter().zip(&stage.seen.pools) {
            let (was, is) = (before.position(pool), after.position(pool));
            let opens = was.shares.is_zero() && !is.shares.is_zero();
            tally.check(QTA_2, !opens || is.pooled == *registered, || {
                format!("{} opened a position, pooled: {}", pool.label(), is.pooled)
            })?;
        }
    }
    Ok(())
}

/// Stake of sequencers, groups, pools and all.
pub fn sums(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    let seen = &stage.seen;
    let total = |of: fn(&SeenSequencer) -> U256| {
        seen.all().map(of).fold(U256::ZERO, |sum, part| sum + part)
    };
    let (stake, bonds) = (total(SeenSequencer::stake), total(|sequencer| sequencer.bond));
    tally.check(QTA_2, [stake, bonds] == seen.totals[..2], || {
        format!("stake {stake} and bonds {bonds}, told are {:?}", &seen.totals[..2])
    })?;
    let pooled = seen.pools.iter().fold(U256::ZERO, |sum, (_, stake, _)| sum + *stake);
    tally.check(QTA_2, pooled == seen.totals[2], || {
        format!("pools have {pooled}, told are {}", seen.totals[2])
    })?;
    for id in noticed.ids {
        let Some(sequencer) = seen.sequencer(U256::from(*id)) else { continue };
        let members = seen.all().filter(|other| other.group == sequencer.group);
        let expected = members.fold(U256::ZERO, |sum, member| sum + member.stake());
        let found = seen.groups[sequencer.id as usize - 1];
        tally.check(QTA_2, found == expected, || {
            format!("group {} has {expected}, told are {found}", sequencer.group)
        })?;
        let of = |pooled: bool| {
            let own = sequencer.positions.iter().filter(move |position| position.pooled == pooled);
            own.fold(U256::ZERO, |sum, position| sum + position.shares)
        };
        let (direct, all) = (of(false), of(false) + of(true));
        tally.check(QTA_2, (direct, all) == (sequencer.direct_shares, sequencer.shares), || {
            format!("{id}: {direct} of {all} shares are direct, told are {sequencer:?}")
        })?;
    }
    for (pool, (registered, stake, _)) in Party::POOLS.into_iter().zip(&seen.pools) {
        let worth = seen.all().fold(U256::ZERO, |sum, sequencer| {
            let position = sequencer.position(pool);
            // What one had left when it was removed is nobody's stake but the sequencer's.
            let counts = position.pooled && *registered;
            let shares = if counts { position.shares } else { U256::ZERO };
            let worth =
                mul_div(shares, sequencer.delegated, sequencer.shares.max(U256::ONE), false);
            sum + worth.unwrap_or_default()
        });
        let slack = U256::from(2 * stage.story.roundings + 2);
        let near = worth <= *stake + slack + stage.story.left && *stake <= worth + slack;
        tally.check(QTA_2, near, || {
            format!("{} has {worth} at stake, told are {stake}", pool.label())
        })?;
    }
    Ok(())
}

/// Stake · seconds are what stake was there times how long.
pub fn seconds(tally: &mut Tally, stage: &Stage) -> Result<(), Violation> {
    let (found, expected) = (stage.seen.totals[5], stage.story.seconds);
    tally.check(QTA_2, found == expected, || {
        format!("stake-seconds are {expected}, told are {found}")
    })?;
    for (pool, (_, _, found)) in Party::POOLS.into_iter().zip(&stage.seen.pools) {
        let address = stage.crew.address(pool);
        let expected = stage.story.pool_seconds.get(&address).copied().unwrap_or_default();
        tally.check(QTA_2, *found == expected, || {
            format!("stake-seconds of {} are {expected}, told are {found}", pool.label())
        })?;
    }
    Ok(())
}
