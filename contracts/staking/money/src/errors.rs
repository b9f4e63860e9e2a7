//! Typed errors of the program's own flows. The interface says when each occurs.

use emetis_common::{
    abi::ISequencerStaking as I,
    account::Account,
    entry::Revert,
    staking::{
        LIMIT, METIS,
        rules::{LIVE_LIMIT, POOL_LIMIT},
    },
    word::{self, Word},
};

#[cold]
#[inline(never)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with::<I::ConstructionRepeated>(&[])
}

#[cold]
#[inline(never)]
pub(crate) fn program_invalid(program: &Account) -> Revert {
    Revert::with::<I::ProgramInvalid>(&[program.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_registry(caller: &Account, registry: &Account) -> Revert {
    Revert::with::<I::CallerNotRegistry>(&[caller.word(), registry.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_court(caller: &Account, court: &Account) -> Revert {
    Revert::with::<I::CallerNotCourt>(&[caller.word(), court.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_distributor(caller: &Account, distributor: &Account) -> Revert {
    Revert::with::<I::CallerNotDistributor>(&[caller.word(), distributor.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_owner(caller: &Account, owner: &Account) -> Revert {
    Revert::with::<I::CallerNotOwner>(&[caller.word(), owner.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_pending_owner(caller: &Account, pending: &Account) -> Revert {
    Revert::with::<I::CallerNotPendingOwner>(&[caller.word(), pending.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn caller_not_recipient(caller: &Account, recipient: &Account) -> Revert {
    Revert::with::<I::CallerNotRecipient>(&[caller.word(), recipient.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn sequencer_unknown(id: &Word) -> Revert {
    Revert::with::<I::SequencerUnknown>(&[id])
}

#[cold]
#[inline(never)]
pub(crate) fn sequencers_full() -> Revert {
    Revert::with::<I::SequencersFull>(&[&word::count(LIVE_LIMIT)])
}

#[cold]
#[inline(never)]
pub(crate) fn displacement_refused(id: &Word, bond: u128, offered: u128) -> Revert {
    Revert::with::<I::DisplacementRefused>(&[id, &amount(bond), &amount(offered)])
}

#[cold]
#[inline(never)]
pub(crate) fn sequencer_exiting(id: &Word) -> Revert {
    Revert::with::<I::SequencerExiting>(&[id])
}

#[cold]
#[inline(never)]
pub(crate) fn sequencer_jailed(id: &Word) -> Revert {
    Revert::with::<I::SequencerJailed>(&[id])
}

#[cold]
#[inline(never)]
pub(crate) fn sequencer_not_jailed(id: &Word) -> Revert {
    Revert::with::<I::SequencerNotJailed>(&[id])
}

#[cold]
#[inline(never)]
pub(crate) fn slash_pending(id: &Word, until: u64) -> Revert {
    Revert::with::<I::SlashPending>(&[id, &word::count(until)])
}

#[cold]
#[inline(never)]
pub(crate) fn slash_missing(id: &Word) -> Revert {
    Revert::with::<I::SlashMissing>(&[id])
}

#[cold]
#[inline(never)]
pub(crate) fn jail_term_running(id: &Word, until: u64) -> Revert {
    Revert::with::<I::JailTermRunning>(&[id, &word::count(until)])
}

#[cold]
#[inline(never)]
pub(crate) fn ejection_too_early(id: &Word, since: u64) -> Revert {
    Revert::with::<I::EjectionTooEarly>(&[id, &word::count(since)])
}

#[cold]
#[inline(never)]
pub(crate) fn bond_too_small(bond: u128, needed: u128) -> Revert {
    Revert::with::<I::BondTooSmall>(&[&amount(bond), &amount(needed)])
}

#[cold]
#[inline(never)]
pub(crate) fn bond_exceeded(assets: &Word, bond: u128) -> Revert {
    Revert::with::<I::BondExceeded>(&[assets, &amount(bond)])
}

#[cold]
#[inline(never)]
pub(crate) fn max_lock_exceeded(stake: u128, max_lock: u128) -> Revert {
    Revert::with::<I::MaxLockExceeded>(&[&amount(stake), &amount(max_lock)])
}

#[cold]
#[inline(never)]
pub(crate) fn delegation_too_small(assets: u128) -> Revert {
    Revert::with::<I::DelegationTooSmall>(&[&amount(assets), &amount(METIS)])
}

#[cold]
#[inline(never)]
pub(crate) fn shares_exceeded(shares: &Word, held: u128) -> Revert {
    Revert::with::<I::SharesExceeded>(&[shares, &amount(held)])
}

#[cold]
#[inline(never)]
pub(crate) fn shares_overflow(shares: u128, minted: u128) -> Revert {
    Revert::with::<I::SharesOverflow>(&[&amount(shares), &amount(minted)])
}

#[cold]
#[inline(never)]
pub(crate) fn ledger_overflow(ledger: u128, assets: u128) -> Revert {
    Revert::with::<I::LedgerOverflow>(&[&amount(ledger), &amount(assets), &amount(LIMIT)])
}

#[cold]
#[inline(never)]
pub(crate) fn assets_zero() -> Revert {
    Revert::with::<I::AssetsZero>(&[])
}

#[cold]
#[inline(never)]
pub(crate) fn shares_zero() -> Revert {
    Revert::with::<I::SharesZero>(&[])
}

#[cold]
#[inline(never)]
pub(crate) fn nothing_to_claim() -> Revert {
    Revert::with::<I::NothingToClaim>(&[])
}

#[cold]
#[inline(never)]
pub(crate) fn quota_unavailable(quota: &Account) -> Revert {
    Revert::with::<I::QuotaUnavailable>(&[quota.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn notification_invalid(sum: u128, value: u128) -> Revert {
    Revert::with::<I::NotificationInvalid>(&[&amount(sum), &amount(value)])
}

#[cold]
#[inline(never)]
pub(crate) fn receiver_invalid(receiver: &Account) -> Revert {
    Revert::with::<I::ReceiverInvalid>(&[receiver.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn payment_failed(receiver: &Account, assets: &Word) -> Revert {
    Revert::with::<I::PaymentFailed>(&[receiver.word(), assets])
}

#[cold]
#[inline(never)]
pub(crate) fn account_zero() -> Revert {
    Revert::with::<I::AccountZero>(&[])
}

#[cold]
#[inline(never)]
pub(crate) fn pool_invalid(pool: &Account) -> Revert {
    Revert::with::<I::PoolInvalid>(&[pool.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn pool_unknown(pool: &Account) -> Revert {
    Revert::with::<I::PoolUnknown>(&[pool.word()])
}

#[cold]
#[inline(never)]
pub(crate) fn pools_full() -> Revert {
    Revert::with::<I::PoolsFull>(&[&word::count(POOL_LIMIT)])
}

#[cold]
#[inline(never)]
pub(crate) fn pool_in_use(pool: &Account, stake: u128) -> Revert {
    Revert::with::<I::PoolInUse>(&[pool.word(), &amount(stake)])
}

#[cold]
#[inline(never)]
pub(crate) fn parameter_invalid(value: &Word, min: u128, max: u128) -> Revert {
    Revert::with::<I::ParameterInvalid>(&[value, &amount(min), &amount(max)])
}

#[cold]
#[inline(never)]
pub(crate) fn donations_zero(balance: u128, ledger: u128) -> Revert {
    Revert::with::<I::DonationsZero>(&[&amount(balance), &amount(ledger)])
}

fn amount(amount: u128) -> Word {
    word::amount(amount)
}
