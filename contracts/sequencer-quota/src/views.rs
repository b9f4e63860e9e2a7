//! What the quota tells.

use emetis_common::{
    entry::{Outcome, View},
    host::{self, buffer::Buffer},
    quota::{caps, groups::MEMBERS, raise::Raise},
    word::{self, Word},
};

use crate::{
    churn, grants,
    groups::{self, Members},
    limits as limit, programs, scores, slashes,
    staking::Staking,
};

/// The scores of a sequencer.
pub(crate) fn scores_of(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let (record, now) = (scores::load(number(id)), host::timestamp());
    let scores = record.at(now);
    let next = if record.waits(now) {
        [record.next_operations, record.next_market, record.effective]
    } else {
        [0; 3]
    };
    let [operations, market, effective] = next;
    let told = [scores.technical, scores.operations, scores.market, operations, market, effective];
    call.reply_amounts(&told.map(u128::from))
}

/// The mean of a sequencer's scores.
pub(crate) fn composite_of(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    call.reply_amounts(&[u128::from(scores::composite(number(id), host::timestamp()))])
}

/// What a sequencer may hold.
pub(crate) fn cap_of(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let parameters = Staking(programs::staking()).parameters();
    let composite = scores::composite(number(id), host::timestamp());
    let cap = caps::sequencer_down(composite, parameters.threshold, parameters.max_lock);
    call.reply_amounts(&[cap])
}

/// What a pool may hold in a sequencer.
pub(crate) fn grant_of(call: View<'_>) -> Outcome {
    let [pool, id] = call.words()?;
    let raise = grants::load(&call.address(pool)?, number(id));
    tell(call, &raise)
}

/// The absolute cap of a pool.
pub(crate) fn pool_cap_of(call: View<'_>) -> Outcome {
    let [pool] = call.words()?;
    let (limits, marks) = limit::load();
    let raise = grants::own_cap(&call.address(pool)?, &limits, marks);
    tell(call, &raise)
}

/// The limits.
pub(crate) fn limits(call: View<'_>) -> Outcome {
    call.reply_amounts(&limit::told(&limit::load().0))
}

/// What a pool may move.
pub(crate) fn churn_of(call: View<'_>) -> Outcome {
    let [pool] = call.words()?;
    let bucket = churn::load(&call.address(pool)?);
    let daily = churn::daily(&Staking(programs::staking()));
    call.reply_amounts(&[bucket.left_down(host::timestamp(), daily), daily])
}

/// The group under whose cap a group is.
pub(crate) fn group_of(call: View<'_>) -> Outcome {
    let [group] = call.words()?;
    let (group, now) = (number(group), host::timestamp());
    let tie = groups::load_tie(u64::from(group));
    let until = if tie.holds(now) { tie.until } else { 0 };
    call.reply_amounts(&[groups::leader_of(u64::from(group), now).into(), until.into()])
}

/// All groups that are under one cap with a group.
pub(crate) fn members_of(call: View<'_>) -> Outcome {
    let [group] = call.words()?;
    let now = host::timestamp();
    let leader = groups::leader_of(u64::from(number(group)), now);
    let members = Members::load(leader, now);
    let ties = members.ties();
    let count = ties.len().saturating_add(1);
    let mut answer = Buffer::<{ 32 * (MEMBERS + 2) }>::new();
    for number in [32, count as u64, leader] {
        answer.push_words(&[word::count(number)]);
    }
    for tie in ties {
        answer.push_words(&[word::count(tie.group)]);
    }
    call.reply(answer.bytes().as_chunks().0)
}

/// Whether a slash was recorded.
pub(crate) fn is_recorded(call: View<'_>) -> Outcome {
    let [proposal] = call.words()?;
    call.reply(&[host::load(&slashes::slot(proposal))])
}

/// The program that owns the stake.
pub(crate) fn staking(call: View<'_>) -> Outcome {
    call.reply(&[*programs::staking().word()])
}

/// The program whose slashes halve operations.
pub(crate) fn court(call: View<'_>) -> Outcome {
    call.reply(&[*programs::court().word()])
}

/// Who brings batches.
pub(crate) fn distributor(call: View<'_>) -> Outcome {
    call.reply(&[*programs::distributor().word()])
}

/// An amount, and one that waits.
fn tell(call: View<'_>, raise: &Raise) -> Outcome {
    let now = host::timestamp();
    let (next, effective) =
        if raise.waits(now) { (raise.next, u128::from(raise.effective)) } else { (0, 0) };
    call.reply_amounts(&[raise.at(now), next, effective])
}

/// An id or a group; zero, which is nobody's, for one that is too large.
fn number(word: &Word) -> u32 {
    word::to_u32(word).unwrap_or(0)
}
