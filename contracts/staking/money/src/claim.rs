//! What is paid out: unbonded METIS, rewards, commission. Nothing closes it, and it asks nobody.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISequencerStaking::{CommissionClaimed, RewardsClaimed, UnlockedClaimed},
    account::Account,
    entry::{Change, Outcome},
    host,
    mutants::{Mutant, mutant},
    staking::{
        buckets::{Entry, Number},
        hold::Hold,
        rewards::{Index, Owed},
    },
    word::{self, Immediate, Word},
};

use crate::{
    errors, owner, payout, rewards,
    sequencer::{self, Sequencer},
    unbond::Side,
};

const UNLOCKED_CLAIMED: Immediate = Immediate::new(UnlockedClaimed::SIGNATURE_HASH.0);
const REWARDS_CLAIMED: Immediate = Immediate::new(RewardsClaimed::SIGNATURE_HASH.0);
const COMMISSION_CLAIMED: Immediate = Immediate::new(CommissionClaimed::SIGNATURE_HASH.0);

/// Pays what of the caller has unbonded in some buckets of a sequencer.
///
/// # Rounding
/// Down, for those that stay in the bucket.
///
/// # Errors
/// `ReceiverInvalid`, `NothingToClaim`, `PaymentFailed`.
///
/// # Events
/// `UnlockedClaimed`.
pub(crate) fn claim_unlocked(call: Change<'_>) -> Outcome {
    let [id, buckets, receiver] = call.words()?;
    let (buckets, receiver) = (call.list(buckets)?.heads(), call.address(receiver)?);
    payout::check_receiver(&receiver)?;
    if mutant(Mutant::AuthorityStopsExit) {
        call.restricted()?;
    }
    let Some(sequencer) = sequencer::find(id) else {
        return Err(errors::nothing_to_claim());
    };
    let (account, now) = (host::caller(), host::timestamp());
    let hold = sequencer.live_hold(now);

    let mut assets = 0_u128;
    for number in buckets {
        let Some(number) = word::to_u32(number) else { continue };
        let number = u64::from(number);
        for side in [Side::Delegations, Side::Bond] {
            let paid = draw(&sequencer, side, number, &account, hold.as_ref(), now);
            assets = assets.saturating_add(paid);
        }
    }
    let event = [
        UNLOCKED_CLAIMED.word(),
        *account.word(),
        sequencer.word(),
        *receiver.word(),
        word::amount(assets),
    ];
    payout::pay(call, &receiver, assets, |assets| {
        if assets != 0 {
            host::log(&event, 4);
        }
    })
}

/// Takes what an account can have of a bucket on one side.
#[inline(never)]
fn draw(
    sequencer: &Sequencer,
    side: Side,
    number: u64,
    account: &Account,
    hold: Option<&Hold>,
    now: u64,
) -> u128 {
    let entry = side.load_entry(sequencer.id, number, account);
    if entry.nominal == 0 {
        return 0;
    }
    let mut bucket = side.load(sequencer.id, number);
    let free = side.free(&bucket, Number::of(number), hold, now);
    let paid = entry.claimable(&bucket, free);
    if paid == 0 {
        return 0;
    }
    bucket.paid = bucket.paid.saturating_add(paid);
    side.store(sequencer.id, number, &bucket);
    if mutant(Mutant::BucketPaidTwice) {
        return paid;
    }
    let mut claimed = Entry { claimed: entry.claimed.saturating_add(paid), ..entry };
    if free == bucket.assets {
        // Nothing more can come of it.
        (claimed.nominal, claimed.claimed) = (0, 0);
    }
    side.store_entry(sequencer.id, number, account, &claimed);
    paid
}

/// Pays rewards of the caller.
///
/// # Rounding
/// Down.
///
/// # Errors
/// `ReceiverInvalid`, `NothingToClaim`, `PaymentFailed`.
///
/// # Events
/// `RewardsAccrued`, `RewardsClaimed`, for each sequencer.
pub(crate) fn claim_rewards(call: Change<'_>) -> Outcome {
    let [ids, receiver] = call.words()?;
    let (ids, receiver) = (call.list(ids)?.heads(), call.address(receiver)?);
    payout::check_receiver(&receiver)?;
    let account = host::caller();

    let mut assets = 0_u128;
    for id in ids {
        assets = assets.saturating_add(reap(id, &account, &receiver));
    }
    payout::pay(call, &receiver, assets, |_| ())
}

/// Takes what an account has earned with a sequencer.
#[inline(never)]
fn reap(id: &Word, account: &Account, receiver: &Account) -> u128 {
    let Some(mut sequencer) = sequencer::find(id) else { return 0 };
    let position = sequencer.position(account);
    if position.is_empty() {
        return 0;
    }
    let before = sequencer.money;
    let now = rewards::touch(&mut sequencer);
    if before != sequencer.money {
        sequencer.save(host::timestamp());
    }
    let earned = position.earned(now);
    if earned == 0 {
        return 0;
    }
    let index = rewards::index(sequencer.id);
    let delegators = index.delegators.saturating_sub(earned);
    rewards::store_index(sequencer.id, &Index { delegators, ..index });
    sequencer.store_position(account, &position.claimed(now));
    let event = [
        REWARDS_CLAIMED.word(),
        *account.word(),
        sequencer.word(),
        *receiver.word(),
        word::amount(earned),
    ];
    host::log(&event, 4);
    earned
}

/// Pays the operator's rewards.
///
/// # Errors
/// `SequencerUnknown`, `CallerNotRecipient`, `ReceiverInvalid`, `NothingToClaim`, `PaymentFailed`.
///
/// # Events
/// `RewardsAccrued`, `CommissionClaimed`.
pub(crate) fn claim_commission(call: Change<'_>) -> Outcome {
    let [id, receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let mut sequencer = sequencer::load(id)?;
    owner::check_recipient(&sequencer)?;
    payout::check_receiver(&receiver)?;
    rewards::touch(&mut sequencer);

    sequencer.save(host::timestamp());
    let owed = rewards::owed(sequencer.id);
    rewards::store_owed(sequencer.id, &Owed { operator: 0, ..owed });
    let event = [
        COMMISSION_CLAIMED.word(),
        sequencer.word(),
        *host::caller().word(),
        *receiver.word(),
        word::amount(owed.operator),
    ];
    payout::pay(call, &receiver, owed.operator, |assets| {
        if assets != 0 {
            host::log(&event, 4);
        }
    })
}
