//! What anyone may ask. Figures are of this moment: rewards are accrued, buckets are looked at now.

use emetis_common::{
    entry::{Outcome, Revert, View},
    host,
    slots::staking,
    staking::{
        DAY,
        buckets::Number,
        rules::{LIVE_LIMIT, POOL_LIMIT},
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
    call.reply_amounts(&[u128::from(sequencer.status(&rules::load()) as u8)])
}

pub(crate) fn sequencer(call: View<'_>) -> Outcome {
    let sequencer = asked(&call)?;
    let Sequencer { money, shares, .. } = &sequencer;
    let identity = sequencer.identity();
    call.reply_amounts(&[
        u128::from(sequencer.status(&rules::load()) as u8),
        money.bond,
        money.delegated,
        shares.total,
        shares.direct,
        u128::from(money.nonce),
        u128::from(money.group),
        u128::from(money.commission),
        u128::from(identity.registered),
        u128::from(identity.jailed_until),
        u128::from(shares.inactive_since),
        u128::from(shares.bucket),
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
    call.reply_amounts(&[
        accrued.owed.operator,
        accrued.owed.waiting(),
        accrued.owed.parked_delegators,
        pending,
        accrued.index.delegators,
        accrued.index.index,
    ])
}

pub(crate) fn hold_of(call: View<'_>) -> Outcome {
    let hold = asked(&call)?
        .live_hold(host::timestamp())
        // That of nobody is empty.
        .unwrap_or_else(|| sequencer::at(0).hold());
    call.reply_amounts(&[
        hold.bond_loss,
        hold.delegated_loss,
        hold.bond_scope,
        hold.delegated_scope,
        u128::from(hold.fault),
        u128::from(hold.at),
        u128::from(hold.until),
    ])
}

pub(crate) fn position(call: View<'_>) -> Outcome {
    let [account, id] = call.words()?;
    let account = call.address(account)?;
    let sequencer = find(id);
    let position = sequencer.position(&account);
    let assets = sequencer.shares.assets_down(position.shares, sequencer.money.delegated);
    call.reply_amounts(&[position.shares, assets, u128::from(position.pooled)])
}

pub(crate) fn earned(call: View<'_>) -> Outcome {
    let [account, id] = call.words()?;
    let account = call.address(account)?;
    let sequencer = find(id);
    let (_, _, pending) = owed::pending(sequencer.id);
    let index = owed::preview(&sequencer, pending).index.index;
    call.reply_amounts(&[sequencer.position(&account).earned(index)])
}

pub(crate) fn bucket(call: View<'_>) -> Outcome {
    let [id, number] = call.words()?;
    let (id, number) = (find(id).id, bucket_number(number));
    let (delegations, bond) = (Side::Delegations.load(id, number), Side::Bond.load(id, number));
    call.reply_amounts(&[
        u128::from(Number::of(number).matures()),
        u128::from(unbond::previous(id, number)),
        delegations.nominal,
        delegations.assets,
        delegations.paid,
        bond.nominal,
        bond.assets,
        bond.paid,
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
    call.reply_amounts(&[nominal, paid, claimable])
}

pub(crate) fn totals(call: View<'_>) -> Outcome {
    let (stake, ledger) = (books::stake(), books::ledger());
    call.reply_amounts(&[
        stake.stake,
        ledger.bonds,
        ledger.pooled,
        ledger.metis,
        books::counts().slashed,
        stake.seconds(host::timestamp()),
    ])
}

pub(crate) fn pool_of(call: View<'_>) -> Outcome {
    let [pool] = call.words()?;
    let pool = call.address(pool)?;
    let weight = books::pool(&pool);
    call.reply_amounts(&[
        u128::from(list::is_registered(&pool)),
        weight.stake,
        weight.seconds(host::timestamp()),
    ])
}

pub(crate) fn pools(call: View<'_>) -> Outcome {
    let count = books::counts().pools;
    let mut answer = [word::count(0); POOL_LIMIT as usize + 2];
    fill(&mut answer, count, |at| *list::get(at).word());
    call.reply(list::head(&answer, count))
}

pub(crate) fn live(call: View<'_>) -> Outcome {
    let count = books::counts().live.min(LIVE_LIMIT);
    let mut answer = [word::count(0); LIVE_LIMIT as usize + 2];
    fill(&mut answer, count, |at| word::count(u64::from(crate::live::get(at))));
    call.reply(list::head(&answer, count))
}

pub(crate) fn count(call: View<'_>) -> Outcome {
    call.reply_amounts(&[u128::from(books::counts().sequencers)])
}

pub(crate) fn group_stake(call: View<'_>) -> Outcome {
    let [group] = call.words()?;
    let group = word::to_u32(group).map_or(0, u64::from);
    call.reply_amounts(&[books::group_stake(group)])
}

pub(crate) fn parameters(call: View<'_>) -> Outcome {
    let (rules, ceiling) = (rules::load(), rules::ceiling());
    call.reply_amounts(&[
        rules.activation_threshold,
        ceiling.max_lock,
        rules.min_bond,
        u128::from(rules.min_bond_bps),
        u128::from(rules.period.saturating_mul(DAY)),
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
    // Nobody has number 0, and all slots of it are empty.
    sequencer::find(id).unwrap_or_else(|| sequencer::at(0))
}

fn bucket_number(number: &Word) -> u64 {
    word::to_u32(number).map_or(0, u64::from)
}

fn fill(answer: &mut [Word], count: u64, word: impl Fn(u64) -> Word) {
    if let [offset, size, words @ ..] = answer {
        (*offset, *size) = (word::count(32), word::count(count));
        for (at, to) in (0..count).zip(words) {
            *to = word(at);
        }
    }
}
