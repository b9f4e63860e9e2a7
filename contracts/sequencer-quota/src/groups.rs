//! Operator groups under one cap.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerQuota::{Grouped, Split},
    entry::{Outcome, Restricted, Revert},
    host,
    mutants::{Mutant, mutant},
    quota::groups::{LARGEST, MEMBERS, PER_SLOT, Tie, pack, unpack},
    slots::{self, quota},
    word::{self, Immediate, Word},
};

use crate::{errors, limits, staking::Staking};

const GROUPED: Immediate = Immediate::new(Grouped::SIGNATURE_HASH.0);
const SPLIT: Immediate = Immediate::new(Split::SIGNATURE_HASH.0);

/// Slots of the groups under one cap.
const SLOTS: usize = MEMBERS / PER_SLOT;

/// Puts a group under the cap of another.
///
/// # Errors
/// `GroupInvalid`, `GroupNotAlone`, `GroupTooLarge`.
///
/// # Events
/// `Grouped`.
pub(crate) fn group(call: Restricted<'_>) -> Outcome {
    let [into, member] = call.words()?;
    let (leader, number, now) = (numbered(into)?, numbered(member)?, host::timestamp());
    if leader == number {
        return Err(errors::group_invalid(member));
    }
    let above = leader_of(leader, now);
    if above != leader {
        return Err(errors::group_not_alone(leader, above));
    }
    let tie = load_tie(number);
    if tie.holds(now) && tie.group != leader {
        return Err(errors::group_not_alone(number, tie.group));
    }
    if Members::load(number, now).count > 0 {
        return Err(errors::group_not_alone(number, number));
    }
    let mut members = Members::load(leader, now);
    if !members.add(number) {
        return Err(errors::group_too_large(leader));
    }

    members.store(leader);
    store_tie(number, Tie::to(leader));
    limits::note_shared(leader, number);
    let count = word::count((members.count as u64).saturating_add(1));
    host::log(&[GROUPED.word(), *into, *member, count], 3);
    call.commit(&[])
}

/// Lets a group go, later.
///
/// # Errors
/// `GroupInvalid`, `GroupAlone`.
///
/// # Events
/// `Split`.
pub(crate) fn split(call: Restricted<'_>) -> Outcome {
    let [member] = call.words()?;
    let (number, now) = (numbered(member)?, host::timestamp());
    let tie = load_tie(number);
    if !tie.holds(now) {
        return Err(errors::group_alone(member));
    }

    let leader = tie.group;
    let mut ending = tie.ending(now);
    if mutant(Mutant::SplitAtOnce) {
        ending.until = now;
    }
    store_tie(number, ending);
    let mut members = Members::load(leader, now);
    members.set(Tie { group: number, ..ending });
    members.store(leader);
    let event = [SPLIT.word(), word::count(leader), *member, word::count(ending.until)];
    host::log(&event, 3);
    call.commit(&[])
}

/// Groups that are under the cap of one, which is not among them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Members {
    ties: [Tie; MEMBERS],
    count: usize,
}

impl Members {
    /// Reads those that are still there; the slots after the first that is not full are empty.
    #[inline(never)]
    pub(crate) fn load(leader: u64, now: u64) -> Self {
        let mut members = Self { ties: [Tie::default(); MEMBERS], count: 0 };
        for place in 0..SLOTS {
            let ties = unpack(&host::load(&slot(leader, place)));
            for tie in ties.iter().filter(|tie| tie.holds(now)) {
                members.push(*tie);
            }
            if ties.iter().any(|tie| tie.group == 0) {
                break;
            }
        }
        members
    }

    /// Their ties.
    pub(crate) fn ties(&self) -> &[Tie] {
        self.ties.get(..self.count).unwrap_or_default()
    }

    /// Adds a group, or lets one stay that was on its way out. Whether there was a place.
    fn add(&mut self, group: u64) -> bool {
        if self.set(Tie::to(group)) {
            return true;
        }
        // One is who leads them.
        if self.count.saturating_add(1) >= MEMBERS {
            return false;
        }
        self.push(Tie::to(group));
        true
    }

    /// Replaces the tie of a group. Whether there is one.
    fn set(&mut self, tie: Tie) -> bool {
        let found = self.ties.iter_mut().find(|other| other.group == tie.group);
        let is_found = found.is_some();
        if let Some(other) = found {
            *other = tie;
        }
        is_found
    }

    fn push(&mut self, tie: Tie) {
        if let Some(to) = self.ties.get_mut(self.count) {
            *to = tie;
            self.count = self.count.saturating_add(1);
        }
    }

    /// Writes them, without gaps.
    fn store(&self, leader: u64) {
        for (place, ties) in self.ties.as_chunks::<PER_SLOT>().0.iter().enumerate() {
            let (slot, word) = (slot(leader, place), pack(ties));
            if host::load(&slot) != word {
                host::store(&slot, &word);
            }
        }
    }
}

/// The group under whose cap a group is: itself if it is under no other.
pub(crate) fn leader_of(group: u64, now: u64) -> u64 {
    let tie = load_tie(group);
    if tie.holds(now) { tie.group } else { group }
}

/// The stake of all groups under one cap, of which one's is known already.
#[inline(never)]
pub(crate) fn stake(staking: &Staking, leader: u64, known: (u64, u128), now: u64) -> u128 {
    let (group, mut sum) = known;
    if mutant(Mutant::GroupForgotten) {
        return sum;
    }
    let members = Members::load(leader, now);
    let all = members.ties().iter().map(|tie| tie.group).chain([leader]);
    for other in all.filter(|other| *other != group) {
        sum = sum.saturating_add(staking.group_stake(other));
    }
    sum
}

/// The number of a group.
///
/// # Errors
/// `GroupInvalid`.
fn numbered(group: &Word) -> Result<u64, Revert> {
    let number = word::to_u64(group).filter(|number| *number != 0 && *number <= LARGEST);
    number.ok_or_else(|| errors::group_invalid(group))
}

/// What ties a group to another.
pub(crate) fn load_tie(group: u64) -> Tie {
    let [tie, ..] = unpack(&host::load(&slots::numbered(quota::LEADER, group as u32, 0)));
    tie
}

fn store_tie(group: u64, tie: Tie) {
    let nobody = Tie::default();
    let word = pack(&[tie, nobody, nobody, nobody]);
    host::store(&slots::numbered(quota::LEADER, group as u32, 0), &word);
}

fn slot(leader: u64, place: usize) -> Word {
    slots::numbered(quota::MEMBERS, leader as u32, place as u32)
}
