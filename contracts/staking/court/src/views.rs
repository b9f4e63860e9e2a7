//! What the court tells.

use emetis_common::{
    court::State,
    entry::{Outcome, View},
    host,
    slots::{self, court},
    word::{self, Word},
};

use crate::{head, pools, proposals, veto};

/// A proposal.
pub(crate) fn proposal_of(call: View<'_>) -> Outcome {
    let [number] = call.words()?;
    let case = proposals::load(number);
    let state = case.proposal.state.told(&case.times, host::timestamp());
    call.reply(&[
        word::of_u64(u64::from(state.number())),
        case.id(),
        *case.proposal.slasher.word(),
        word::of_u64(case.proposal.bps),
        word::of_u64(case.times.fault),
        proposals::evidence(case.number),
        word::of_u64(case.times.veto_until),
        word::of_u64(case.times.execute_until),
    ])
}

/// The proposal that is pending on a sequencer.
pub(crate) fn pending_of(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let case = proposals::load_numbered(proposals::load_window(number(id)).pending);
    let is_over = case.proposal.state.is_over(&case.times, host::timestamp());
    tell(call, if is_over { 0 } else { u64::from(case.number) })
}

/// How many proposals there ever were.
pub(crate) fn count(call: View<'_>) -> Outcome {
    call.reply(&[host::load(&slots::variable(court::COUNT))])
}

/// The proposal that used an evidence.
pub(crate) fn proposal_of_evidence(call: View<'_>) -> Outcome {
    let [evidence] = call.words()?;
    call.reply(&[host::load(&proposals::used_slot(evidence))])
}

/// What can be proposed on a sequencer now, in bps, a proposal whose time is over given back.
pub(crate) fn room_of(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let (window, now) = (proposals::load_window(number(id)), host::timestamp());
    let case = proposals::load_numbered(window.pending);
    let is_over = case.proposal.state.is_over(&case.times, now);
    let window = if is_over { window.give_back(case.proposal.bps) } else { window };
    tell(call, window.room(now, head::load().rules.max_slash))
}

/// Until when a slasher may not propose on a sequencer.
pub(crate) fn barred_until(call: View<'_>) -> Outcome {
    let [slasher, id] = call.words()?;
    let until = veto::barred_until(&call.address(slasher)?, number(id));
    tell(call, if host::timestamp() < until { until } else { 0 })
}

/// What a pool may lose, and what it has lost.
pub(crate) fn loss_of(call: View<'_>) -> Outcome {
    let [pool] = call.words()?;
    let loss = pools::load(&call.address(pool)?);
    call.reply(&[word::of_u128(loss.provisioned), word::of_u128(loss.realised)])
}

/// What of a proposal is provisioned by a pool.
pub(crate) fn provision_of(call: View<'_>) -> Outcome {
    let [proposal, pool] = call.words()?;
    let pool = call.address(pool)?;
    let case = proposals::load(proposal);
    let is_pending = case.proposal.state == State::Pending;
    let count = if is_pending { case.proposal.pools } else { 0 };
    let mut parts = (0..count).map(|index| pools::part(case.number, index));
    let part = parts.find(|(other, _)| *other == pool).map_or(0, |(_, part)| part);
    call.reply(&[word::of_u128(part)])
}

/// The parameters.
pub(crate) fn parameters(call: View<'_>) -> Outcome {
    let rules = head::load().rules;
    let figures = [rules.veto_window, rules.execute_grace, rules.max_jail, rules.max_slash];
    call.reply(&figures.map(word::of_u64))
}

/// The program that holds the money.
pub(crate) fn staking(call: View<'_>) -> Outcome {
    call.reply(&[*head::load().staking.word()])
}

/// An id; zero, which is nobody's, for one that is too large.
fn number(id: &Word) -> u32 {
    word::to_u32(id).unwrap_or(0)
}

/// One function for all, as turning a number into a word takes space.
#[inline(never)]
fn tell(call: View<'_>, figure: u64) -> Outcome {
    call.reply(&[word::of_u64(figure)])
}
