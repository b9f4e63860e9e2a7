//! Typed errors of the manager. The interface says when each occurs.

use emetis_common::{
    abi::IAccessManager as I,
    access::{MAX_SUSPENSION, MIN_ADMIN_DELAY},
    account::Account,
    calldata,
    entry::Revert,
    word::{self, Word},
};

#[inline(never)]
pub(crate) fn construction_repeated() -> Revert {
    Revert::with::<I::ConstructionRepeated>(&[])
}

#[inline(never)]
pub(crate) fn invalid_initial_admin(admin: &Account) -> Revert {
    Revert::with::<I::AccessManagerInvalidInitialAdmin>(&[admin.word()])
}

#[inline(never)]
pub(crate) fn answer_too_long(size: usize) -> Revert {
    Revert::with::<I::AnswerTooLong>(&[
        &word::of_u64(size as u64),
        &word::of_u64(calldata::LIMIT as u64),
    ])
}

#[inline(never)]
pub(crate) fn already_scheduled(id: &Word) -> Revert {
    Revert::with::<I::AccessManagerAlreadyScheduled>(&[id])
}

#[inline(never)]
pub(crate) fn not_scheduled(id: &Word) -> Revert {
    Revert::with::<I::AccessManagerNotScheduled>(&[id])
}

#[inline(never)]
pub(crate) fn not_ready(id: &Word) -> Revert {
    Revert::with::<I::AccessManagerNotReady>(&[id])
}

#[inline(never)]
pub(crate) fn expired(id: &Word) -> Revert {
    Revert::with::<I::AccessManagerExpired>(&[id])
}

#[inline(never)]
pub(crate) fn locked_role(role: u64) -> Revert {
    Revert::with::<I::AccessManagerLockedRole>(&[&word::of_u64(role)])
}

#[inline(never)]
pub(crate) fn locked_function(selector: [u8; 4]) -> Revert {
    Revert::with::<I::AccessManagerLockedFunction>(&[&word::of_bytes4(selector)])
}

#[inline(never)]
pub(crate) fn bad_confirmation() -> Revert {
    Revert::with::<I::AccessManagerBadConfirmation>(&[])
}

#[inline(never)]
pub(crate) fn unauthorized_account(caller: &Account, role: u64) -> Revert {
    Revert::with::<I::AccessManagerUnauthorizedAccount>(&[caller.word(), &word::of_u64(role)])
}

#[inline(never)]
pub(crate) fn unauthorized_call(caller: &Account, target: &Account, selector: [u8; 4]) -> Revert {
    Revert::with::<I::AccessManagerUnauthorizedCall>(&[
        caller.word(),
        target.word(),
        &word::of_bytes4(selector),
    ])
}

#[inline(never)]
pub(crate) fn unauthorized_consume(target: &Account) -> Revert {
    Revert::with::<I::AccessManagerUnauthorizedConsume>(&[target.word()])
}

#[inline(never)]
pub(crate) fn unauthorized_cancel(
    canceller: &Account,
    proposer: &Account,
    target: &Account,
    selector: [u8; 4],
) -> Revert {
    Revert::with::<I::AccessManagerUnauthorizedCancel>(&[
        canceller.word(),
        proposer.word(),
        target.word(),
        &word::of_bytes4(selector),
    ])
}

#[inline(never)]
pub(crate) fn own_role_cancel(canceller: &Account, role: u64) -> Revert {
    Revert::with::<I::OwnRoleCancel>(&[canceller.word(), &word::of_u64(role)])
}

#[inline(never)]
pub(crate) fn delay_too_short(delay: u32) -> Revert {
    Revert::with::<I::DelayTooShort>(&[
        &word::of_u64(u64::from(delay)),
        &word::of_u64(u64::from(MIN_ADMIN_DELAY)),
    ])
}

#[inline(never)]
pub(crate) fn selector_given_up(target: &Account, selector: [u8; 4]) -> Revert {
    Revert::with::<I::SelectorGivenUp>(&[target.word(), &word::of_bytes4(selector)])
}

#[inline(never)]
pub(crate) fn authority_fixed(target: &Account) -> Revert {
    Revert::with::<I::AuthorityFixed>(&[target.word()])
}

#[inline(never)]
pub(crate) fn role_not_suspendable(role: u64) -> Revert {
    Revert::with::<I::RoleNotSuspendable>(&[&word::of_u64(role)])
}

#[inline(never)]
pub(crate) fn duration_invalid(duration: u32) -> Revert {
    Revert::with::<I::DurationInvalid>(&[
        &word::of_u64(u64::from(duration)),
        &word::of_u64(u64::from(MAX_SUSPENSION)),
    ])
}

#[inline(never)]
pub(crate) fn membership_missing(role: u64, account: &Account) -> Revert {
    Revert::with::<I::MembershipMissing>(&[&word::of_u64(role), account.word()])
}

#[inline(never)]
pub(crate) fn suspension_too_early(next: u64) -> Revert {
    Revert::with::<I::SuspensionTooEarly>(&[&word::of_u64(next)])
}

#[inline(never)]
pub(crate) fn suspension_missing(role: u64, account: &Account) -> Revert {
    Revert::with::<I::SuspensionMissing>(&[&word::of_u64(role), account.word()])
}
