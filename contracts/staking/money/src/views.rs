//! What anyone may ask. Figures are of this moment: rewards are accrued, buckets are looked at now.

use emetis_common::{
    entry::{Outcome, Revert, View},
    host,
    slots::staking,
    staking::{
        DAY,
        buckets::Number,
        rules::{LIVE_LIMIT, POOL_LIMIT},
        sequencer::{Money, Shares},
    },
    storage,
    word::{self, Word},
};

use crate::{
    books, owner, pools as list, rewards as owed, rules,
    sequencer::{self, Sequencer},
    unbond::{self, Side},
};

pub(crate) fn status(call: View<'_>) -> Outcome {
    let sequencer = asked(&call)?;
    call.reply(&[word::of_u64(sequencer.status(&rules::load()) as u64)])
}

pub(crate) fn sequencer(call: View<'_>) -> Outcome {
    let sequencer = asked(&call)?;
    let Sequencer { money, shares, .. } = &sequencer;
    let identity = sequencer.identity();
    call.reply(&[
        word::of_u64(sequencer.status(&rules::load()) as u64),
        word::of_u128(money.bond),
        word::of_u128(money.delegated),
        word::of_u128(shares.total),
        word::of_u128(shares.direct),
        word::of_u64(money.nonce),
        word::of_u64(money.group),
        word::of_u64(money.commission),
        word::of_u64(identity.registered),
        word::of_u64(identity.jailed_until),
        word::of_u64(shares.inactive_since),
        word::of_u64(shares.bucket),
    ])
}

pub(crate) fn owner_of(call: View<'_>) -> Outcome {
    let owner = asked(&call)?.identity().owner;
    call.reply(&[*owner.word()])
}

pub(crate) fn pending_owner_of(call: View<'_>) -> Outcome {
    let owner = owner::pending_owner(asked(&call)?.id);
    call.reply(&[*owner.word()])
}

pub(crate) fn reward_recipient_of(call: View<'_>) -> Outcome {
    let recipient = owner::reward_recipient(asked(&call)?.id);
    call.reply(&[*recipient.word()])
}

pub(crate) fn rewards(call: View<'_>) -> Outcome {
    let sequencer = asked(&call)?;
    let (_, _, pending) = owed::pending(sequencer.id);
    let accrued = owed::preview(&sequencer, pending);
    call.reply(&[
        word::of_u128(accrued.owed.operator),
        word::of_u128(accrued.owed.parked),
        word::of_u128(pending),
        word::of_u128(accrued.index.delegators),
        word::of_u128(accrued.index.index),
    ])
}

pub(crate) fn hold_of(call: View<'_>) -> Outcome {
    let hold = asked(&call)?.live_hold(host::timestamp()).unwrap_or_default();
    call.reply(&[
        word::of_u128(hold.bond_loss),
        word::of_u128(hold.delegated_loss),
        word::of_u128(hold.bond_scope),
        word::of_u128(hold.delegated_scope),
        word::of_u64(hold.fault),
        word::of_u64(hold.at),
        word::of_u64(hold.until),
    ])
}

pub(crate) fn position(call: View<'_>) -> Outcome {
    let [account, id] = call.words()?;
    let account = call.address(account)?;
    let sequencer = find(id);
    let position = sequencer.position(&account);
    let assets = sequencer.shares.assets_down(position.shares, sequencer.money.delegated);
    call.reply(&[
        word::of_u128(position.shares),
        word::of_u128(assets),
        word::of_bool(position.pooled),
    ])
}

pub(crate) fn earned(call: View<'_>) -> Outcome {
    let [account, id] = call.words()?;
    let account = call.address(account)?;
    let sequencer = find(id);
    let (_, _, pending) = owed::pending(sequencer.id);
    let index = owed::preview(&sequencer, pending).index.index;
    call.reply(&[word::of_u128(sequencer.position(&account).earned(index))])
}

pub(crate) fn bucket(call: View<'_>) -> Outcome {
    let [id, number] = call.words()?;
    let (id, number) = (find(id).id, bucket_number(number));
    let (delegations, bond) = (Side::Delegations.load(id, number), Side::Bond.load(id, number));
    call.reply(&[
        word::of_u64(Number::of(number).matures()),
        word::of_u64(unbond::previous(id, number)),
        word::of_u128(delegations.nominal),
        word::of_u128(delegations.assets),
        word::of_u128(delegations.paid),
        word::of_u128(bond.nominal),
        word::of_u128(bond.assets),
        word::of_u128(bond.paid),
    ])
}

pub(crate) fn entry(call: View<'_>) -> Outcome {
    let [account, id, number] = call.words()?;
    let account = call.address(account)?;
    let (sequencer, number, now) = (find(id), bucket_number(number), host::timestamp());
    let hold = sequencer.live_hold(now);
    let (mut nominal, mut paid, mut claimable) = (0_u128, 0_u128, 0_u128);
    for side in [Side::Delegations, Side::Bond] {
        let entry = side.load_entry(sequencer.id, number, &account);
        let bucket = side.load(sequencer.id, number);
        let free = side.free(&bucket, Number::of(number), hold.as_ref(), now);
        nominal = nominal.saturating_add(entry.nominal);
        paid = paid.saturating_add(entry.claimed);
        claimable = claimable.saturating_add(entry.claimable(&bucket, free));
    }
    call.reply(&[word::of_u128(nominal), word::of_u128(paid), word::of_u128(claimable)])
}

pub(crate) fn totals(call: View<'_>) -> Outcome {
    let (stake, ledger) = (books::stake(), books::ledger());
    call.reply(&[
        word::of_u128(stake.stake),
        word::of_u128(ledger.bonds),
        word::of_u128(ledger.pooled),
        word::of_u128(ledger.metis),
        word::of_u128(books::counts().slashed),
        word::of_u128(stake.seconds(host::timestamp())),
    ])
}

pub(crate) fn pool_of(call: View<'_>) -> Outcome {
    let [pool] = call.words()?;
    let pool = call.address(pool)?;
    let weight = books::pool(&pool);
    call.reply(&[
        word::of_bool(list::is_registered(&pool)),
        word::of_u128(weight.stake),
        word::of_u128(weight.seconds(host::timestamp())),
    ])
}

pub(crate) fn pools(call: View<'_>) -> Outcome {
    let count = books::counts().pools;
    let mut answer = [word::ZERO; POOL_LIMIT as usize + 2];
    fill(&mut answer, count, |at| *list::get(at).word());
    call.reply(list::head(&answer, count))
}

pub(crate) fn live(call: View<'_>) -> Outcome {
    let count = books::counts().live;
    let mut answer = [word::ZERO; LIVE_LIMIT as usize + 2];
    fill(&mut answer, count, |at| word::of_u64(u64::from(crate::live::get(at))));
    call.reply(list::head(&answer, count))
}

pub(crate) fn count(call: View<'_>) -> Outcome {
    call.reply(&[word::of_u64(books::counts().sequencers)])
}

pub(crate) fn group_stake(call: View<'_>) -> Outcome {
    let [group] = call.words()?;
    let group = word::to_u32(group).map_or(0, u64::from);
    call.reply(&[word::of_u128(books::group_stake(group))])
}

pub(crate) fn parameters(call: View<'_>) -> Outcome {
    let (rules, ceiling) = (rules::load(), rules::ceiling());
    call.reply(&[
        word::of_u128(rules.activation_threshold),
        word::of_u128(ceiling.max_lock),
        word::of_u128(rules.min_bond),
        word::of_u64(rules.min_bond_bps),
        word::of_u64(rules.period.saturating_mul(DAY)),
    ])
}

pub(crate) fn programs(call: View<'_>) -> Outcome {
    call.reply(&[
        *storage::load_account(staking::REGISTRY).word(),
        *storage::load_account(staking::COURT).word(),
        *storage::load_account(staking::DISTRIBUTOR).word(),
        *rules::ceiling().quota.word(),
    ])
}

/// The sequencer that a view is asked about; number 0, which nobody has, for an unknown one.
fn asked(call: &View<'_>) -> Result<Sequencer, Revert> {
    let [id] = call.words()?;
    Ok(find(id))
}

fn find(id: &Word) -> Sequencer {
    sequencer::find(id).unwrap_or(Sequencer {
        id: 0,
        money: Money::default(),
        shares: Shares::default(),
    })
}

fn bucket_number(number: &Word) -> u64 {
    word::to_u32(number).map_or(0, u64::from)
}

fn fill(answer: &mut [Word], count: u64, word: impl Fn(u64) -> Word) {
    if let [offset, size, words @ ..] = answer {
        (*offset, *size) = (word::of_u64(32), word::of_u64(count));
        for (at, to) in (0..count).zip(words) {
            *to = word(at);
        }
    }
}
