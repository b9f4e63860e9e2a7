//! Where METIS goes to.

use emetis_common::{
    account::Account,
    entry::{Outcome, View},
    mutants::{Mutant, mutant},
    quota::plan::{GRANULE, Plan, SEQUENCERS, Target, plan_allocation as plan},
    word,
};

use crate::{
    field::{Field, Reason},
    list,
};

/// Where so much goes to.
pub(crate) fn plan_allocation(call: View<'_>) -> Outcome {
    let [account, assets] = call.words()?;
    let (ids, plan) = planned(call.address(account)?, word::to_u128_saturating(assets));
    list::reply(call, &ids, &plan)
}

/// How much could go anywhere.
pub(crate) fn headroom(call: View<'_>) -> Outcome {
    let [account] = call.words()?;
    let (_, plan) = planned(call.address(account)?, u128::MAX);
    call.reply_amounts(&[plan.total()])
}

/// How much cannot, and what stops most of it.
pub(crate) fn stranded(call: View<'_>) -> Outcome {
    let [account, assets] = call.words()?;
    let (account, assets) = (call.address(account)?, word::to_u128_saturating(assets));
    let (left, reason) = told(account, assets);
    call.reply_amounts(&[left, u128::from(reason as u8)])
}

#[inline(never)]
fn planned(account: Account, assets: u128) -> ([u32; SEQUENCERS], Plan) {
    let places = Places::look(account);
    (places.ids, places.plan(assets))
}

#[inline(never)]
fn told(account: Account, assets: u128) -> (u128, Reason) {
    let places = Places::look(account);
    let plan = places.plan(assets);
    let left = assets.saturating_sub(plan.total());
    (left, places.reason(&plan, left))
}

/// The live sequencers, as somebody who delegates finds them.
struct Places {
    ids: [u32; SEQUENCERS],
    targets: [Target; SEQUENCERS],
    /// Why each gets no more than its room.
    reasons: [Reason; SEQUENCERS],
    count: usize,
    /// Rooms of groups.
    groups: [u128; SEQUENCERS],
    /// What the account may hold in all of them together, and why not more.
    all: (u128, Reason),
}

impl Places {
    /// Looks at all of them.
    #[inline(never)]
    fn look(account: Account) -> Self {
        let field = Field::new(account);
        let (ids, count) = field.staking.live();
        let mut places = Self {
            ids,
            targets: [nobody(count); SEQUENCERS],
            reasons: [Reason::None; SEQUENCERS],
            count,
            groups: [0; SEQUENCERS],
            all: (u128::MAX, Reason::None),
        };
        let mut leaders = [0; SEQUENCERS];
        let mut known = 0_usize;
        let to = places.targets.iter_mut().zip(&mut places.reasons);
        for (id, (target, reason)) in ids.iter().take(count).zip(to) {
            let sight = field.sight(*id);
            let (mut room, mut why) = field.own_room(&sight);
            if sight.pooled != field.registered {
                (room, why) = (0, Reason::SequencerClosed);
            } else {
                places.all = Field::account_room(&sight);
            }
            let leader = field.leader(&sight);
            let place = leaders.iter().take(known).position(|other| *other == leader);
            let group = place.unwrap_or(known);
            if place.is_none()
                && let (Some(to), Some(of)) = (places.groups.get_mut(known), leaders.get_mut(known))
            {
                (*to, *of) = (field.group_room(&sight, leader), leader);
                known = known.saturating_add(1);
            }
            let [sequencer, ..] = sight.caps;
            let id = u64::from(*id);
            *target = Target {
                id: if mutant(Mutant::PlanTiesToHigher) { !id } else { id },
                stake: sight.stake,
                cap: sequencer.cap,
                room,
                group,
                eligible: why > Reason::SequencerClosed,
            };
            *reason = why;
        }
        if mutant(Mutant::PlanIgnoresGroup) {
            places.groups = [u128::MAX; SEQUENCERS];
        }
        places
    }

    #[inline(never)]
    fn plan(&self, assets: u128) -> Plan {
        plan(self.targets(), &self.groups, assets.min(self.all.0))
    }

    fn targets(&self) -> &[Target] {
        self.targets.get(..self.count).unwrap_or_default()
    }

    /// What stops most of what is left over after a plan.
    fn reason(&self, plan: &Plan, left: u128) -> Reason {
        if left == 0 {
            return Reason::None;
        }
        let (all, why) = self.all;
        if all.saturating_sub(plan.total()) < left.min(GRANULE) {
            return why;
        }
        if left < GRANULE {
            return Reason::Granule;
        }
        let mut most = (0_usize, Reason::SequencerUnknown);
        for candidate in self.reasons_after(plan) {
            let count = self.reasons_after(plan).filter(|reason| *reason == candidate).count();
            if count > most.0 || count == most.0 && candidate < most.1 {
                most = (count, candidate);
            }
        }
        most.1
    }

    /// Why each sequencer gets no more after a plan.
    fn reasons_after(&self, plan: &Plan) -> impl Iterator<Item = Reason> {
        let places = self.targets().iter().zip(&self.reasons).zip(plan.amounts());
        places.map(|((target, reason), given)| {
            if target.room.saturating_sub(*given) < GRANULE { *reason } else { Reason::GroupFull }
        })
    }
}

/// A place without a sequencer. Its id is no constant: those lie in the data section.
const fn nobody(id: usize) -> Target {
    Target { id: id as u64, stake: 0, cap: 0, room: 0, group: 0, eligible: false }
}
