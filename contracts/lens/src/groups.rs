//! Stake over operator groups as the quota caps them.

use emetis_common::{
    entry::{Outcome, Revert, View},
    mutants::{Mutant, mutant},
    word,
};

use crate::{
    measure::{PARTS, Parts},
    quota::{Members, Quota},
    staking::Staking,
    views,
};

/// How concentrated the stake is.
///
/// # Errors
/// `ConstructionMissing`, `ProgramFailed`, `AnswerInvalid`.
pub(crate) fn concentration(call: View<'_>) -> Outcome {
    let (staking, quota) = views::programs(&call)?;
    let (parts, elsewhere) = found(&staking, &quota)?;
    parts.reply_measures(call, elsewhere)
}

/// The groups and their stakes.
///
/// # Errors
/// As [`concentration`].
pub(crate) fn groups(call: View<'_>) -> Outcome {
    let (staking, quota) = views::programs(&call)?;
    let (parts, _) = found(&staking, &quota)?;
    parts.reply_lists(call)
}

/// The groups that live sequencers lead to, those under one cap as one part, by number; and what is
/// elsewhere.
#[inline(never)]
fn found(staking: &Staking, quota: &Quota) -> Result<(Parts, u128), Revert> {
    let (mut groups, mut count) = staking.live()?;
    if mutant(Mutant::LensSkipsLast) {
        count = count.saturating_sub(1);
    }
    for group in groups.iter_mut().take(count) {
        *group = staking.group_of(*group)?;
    }
    let groups = groups.get(..count).unwrap_or_default();

    // Who leads the group of each sequencer, zero until it was looked at.
    let mut leaders = [0; PARTS];
    let mut parts = Parts::new();
    for (at, group) in groups.iter().enumerate() {
        if leaders.get(at).is_none_or(|leader| *leader != 0) {
            continue;
        }
        let members = quota.members(*group)?;
        let leader = members.leader();
        if leaders.contains(&leader) {
            return Err(quota.members_invalid());
        }
        for (to, other) in leaders.iter_mut().zip(groups) {
            if members.has(*other) {
                if *to != 0 {
                    return Err(quota.members_invalid());
                }
                *to = leader;
            }
        }
        parts.push(&word::count(u64::from(leader)), stake(staking, &members, groups)?);
    }
    parts.sort();
    let elsewhere = staking.totals()?.stake.checked_sub(parts.stake());
    match elsewhere {
        Some(_) if mutant(Mutant::LensHidesElsewhere) => Ok((parts, 0)),
        Some(elsewhere) => Ok((parts, elsewhere)),
        None => Err(staking.totals_invalid()),
    }
}

/// What groups under one cap have together.
#[inline(never)]
fn stake(staking: &Staking, members: &Members, live: &[u32]) -> Result<u128, Revert> {
    let mut sum = 0_u128;
    for member in members.groups() {
        if mutant(Mutant::LensForgetsLeaving) && !live.contains(member) {
            continue;
        }
        // At most 16 of 84 bits.
        sum = sum.saturating_add(staking.group_stake(*member)?);
    }
    Ok(sum)
}
