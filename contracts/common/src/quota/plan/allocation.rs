//! Where assets go to: the relatively emptiest first.

use super::{GRANULE, Plan, SEQUENCERS, granules_down, granules_up, level, level::Fullness, wei};
use crate::staking::LIMIT;

/// A sequencer that may get something. Amounts are wei of METIS in 84 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its id.
    pub id: u64,
    /// Its stake, the bond included.
    pub stake: u128,
    /// Its cap; with none it gets nothing.
    pub cap: u128,
    /// What may come by every cap on this sequencer; never more than what is missing to `cap`.
    pub room: u128,
    /// The place of its operator group.
    pub group: usize,
    /// Whether it may get anything.
    pub eligible: bool,
}

/// Plans where `assets` go to. `groups` are the rooms of operator groups; one that is not there has
/// none.
///
/// While there is a granule to give, it goes to the emptiest of those which, and whose groups, have
/// room for it. So a plan is in whole granules and at most `assets`; it is less by a granule or more
/// only if no more would fit.
///
/// First each group gets as much as it has room for, as if it were alone. None of its granules comes
/// after one that its room shuts out, so of all that is left the first are the plan.
#[must_use]
pub fn plan_allocation(targets: &[Target], groups: &[u128], assets: u128) -> Plan {
    let count = targets.len().min(SEQUENCERS);
    let mut lines = [Line::none(count); SEQUENCERS];
    let lines = lines.get_mut(..count).unwrap_or_default();
    for (place, (line, target)) in lines.iter_mut().zip(targets).enumerate() {
        *line = Line::new(place, target);
    }
    sort_by_group(lines);
    // Chunks of the library would bring a panic along.
    let mut rest = &mut *lines;
    while let Some(group) = rest.first().map(|line| line.group) {
        let count = rest.iter().take_while(|line| line.group == group).count();
        let Some((members, others)) = rest.split_at_mut_checked(count) else { break };
        fill(members, granules_down(groups.get(group).copied().unwrap_or(0)));
        for line in members {
            (line.most, line.given) = (line.given, 0);
        }
        rest = others;
    }
    fill(lines, granules_down(assets));
    let mut plan = Plan::NONE;
    for line in lines {
        plan.set(line.place, wei(line.given));
    }
    plan
}

/// A sequencer that is being filled.
#[derive(Clone, Copy, Debug)]
struct Line {
    place: usize,
    id: u64,
    group: usize,
    stake: u128,
    cap: u128,
    /// Granules that it may get.
    most: u128,
    /// Granules that it gets.
    given: u128,
}

impl Line {
    /// Nobody. Its place is no constant: a program would keep that in its data section.
    const fn none(place: usize) -> Self {
        Self { place, id: 0, group: 0, stake: 0, cap: 0, most: 0, given: 0 }
    }

    fn new(place: usize, target: &Target) -> Self {
        let (stake, cap) = (target.stake.min(LIMIT), target.cap.min(LIMIT));
        let room = target.room.min(cap.saturating_sub(stake));
        let most = if target.eligible { granules_down(room) } else { 0 };
        Self { place, id: target.id, group: target.group, stake, cap, most, given: 0 }
    }

    /// How many of its granules come while it is below a level.
    #[inline(never)]
    fn below(&self, level: u128) -> u128 {
        let missing = level::stake_up(self.cap, level).saturating_sub(self.stake);
        if missing >= wei(self.most) { self.most } else { granules_up(missing) }
    }

    fn fullness(&self) -> Fullness {
        Fullness { stake: self.stake.saturating_add(wei(self.given)), cap: self.cap }
    }
}

/// Gives granules away, to none more than it may get.
///
/// All granules that come below a level are the first ones. One level higher they are too many; so
/// what is left are less granules than there are sequencers.
#[inline(never)]
fn fill(lines: &mut [Line], granules: u128) {
    if sum(lines, |line| line.most) <= granules {
        for line in lines {
            line.given = line.most;
        }
        return;
    }
    let level =
        level::highest(level::BITS, |level| sum(lines, |line| line.below(level)) <= granules);
    for line in lines.iter_mut() {
        line.given = line.below(level);
    }
    for _ in sum(lines, |line| line.given)..granules {
        if let Some(line) = emptiest(lines) {
            line.given = line.given.saturating_add(1);
        }
    }
}

/// The emptiest that may get more; of equal ones that with the lower id.
fn emptiest(lines: &mut [Line]) -> Option<&mut Line> {
    let open = lines.iter_mut().filter(|line| line.given < line.most);
    open.min_by(|a, b| a.fullness().compare(&b.fullness()).then(a.id.cmp(&b.id)))
}

fn sum(lines: &[Line], of: impl Fn(&Line) -> u128) -> u128 {
    lines.iter().map(of).fold(0, u128::saturating_add)
}

/// Brings together those of a group.
#[inline(never)]
fn sort_by_group(lines: &mut [Line]) {
    for end in 1..lines.len() {
        for at in (0..end).rev() {
            match lines.get_mut(at..).unwrap_or_default() {
                [before, after, ..] if before.group > after.group => {
                    core::mem::swap(before, after);
                }
                _ => break,
            }
        }
    }
}

const _: () = assert!(LIMIT >> level::BITS < GRANULE, "a level is less than a granule apart");
