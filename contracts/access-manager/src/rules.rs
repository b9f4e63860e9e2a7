//! Who may do what, after which delay.

use alloy_sol_types::SolCall;
use emetis_common::{
    abi::IAccessManaged,
    access::{ADMIN, PUBLIC},
    account::Account,
    calldata::Calldata,
    entry::{Change, Revert},
    host,
    mutants::{Mutant, mutant},
    word::{self, Word},
};

use crate::{errors, execute, operation, selector, state};

/// The function by which a target gets another authority, on every target.
pub(crate) const SET_AUTHORITY: [u8; 4] = IAccessManaged::setAuthorityCall::SELECTOR;

/// Whether a call can be made at once, or else after which delay; zero stands for never.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Permission {
    pub(crate) immediate: bool,
    pub(crate) delay: u32,
}

impl Permission {
    const NEVER: Self = Self { immediate: false, delay: 0 };

    const fn after(delay: u32) -> Self {
        Self { immediate: delay == 0, delay }
    }

    fn executing(target: &Account, selector: [u8; 4]) -> Self {
        Self { immediate: execute::is_executing(target, selector), delay: 0 }
    }
}

/// What a function of the manager asks of its caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Restriction {
    /// Whether the manager says so itself, and not the role of the function.
    pub(crate) is_own: bool,
    pub(crate) role: u64,
    pub(crate) delay: u32,
}

/// Whether an account acts for a role now, and its execution delay.
pub(crate) fn has_role(role: u64, account: &Account) -> (bool, u32) {
    if role == PUBLIC {
        return (true, 0);
    }
    let (access, now) = (state::access(role, account), host::timestamp());
    #[cfg(feature = "mutants")]
    let access = {
        let mut access = access;
        if mutant(Mutant::SuspensionIgnored) {
            access.suspended_until = 0;
        }
        if mutant(Mutant::SuspensionForEver) && access.suspended_until != 0 {
            access.suspended_until = u64::MAX;
        }
        access
    };
    (access.is_active(now), access.delay.at(now))
}

/// The rule of `canCall`.
pub(crate) fn can_call(caller: &Account, target: &Account, selector: [u8; 4]) -> Permission {
    let settings = state::target(target);
    if settings.is_closed && !mutant(Mutant::ClosedStaysOpen) {
        return Permission::NEVER;
    }
    if *caller == host::contract() {
        return Permission::executing(target, selector);
    }
    let (role, least) = if selector == SET_AUTHORITY {
        if settings.is_fixed && !mutant(Mutant::AuthorityMoves) {
            return Permission::NEVER;
        }
        (ADMIN, settings.admin_delay.at(host::timestamp()))
    } else {
        (state::function_role(target, selector), 0)
    };
    match has_role(role, caller) {
        (true, delay) => Permission::after(delay.max(least)),
        (false, _) => Permission::NEVER,
    }
}

/// The selector of a call. One that has none is never permitted.
pub(crate) fn selector_of(data: &[u8]) -> [u8; 4] {
    Calldata::new(data).selector_or_part()
}

/// The rule of `canCall` for any call, the manager's own functions included. None if it is one of
/// these and lacks the argument that decides.
pub(crate) fn can_call_with(
    caller: &Account,
    target: &Account,
    selector: [u8; 4],
    data: &[u8],
) -> Option<Permission> {
    if data.len() < 4 {
        Some(Permission::NEVER)
    } else if *target == host::contract() {
        can_call_self(caller, selector, data)
    } else {
        Some(can_call(caller, target, selector))
    }
}

/// As [`can_call_with`], for the manager's own functions.
fn can_call_self(caller: &Account, selector: [u8; 4], data: &[u8]) -> Option<Permission> {
    let manager = host::contract();
    if *caller == manager {
        return Some(Permission::executing(&manager, selector));
    }
    let restriction = restriction(selector, data)?;
    if !restriction.is_own && state::target(&manager).is_closed {
        return Some(Permission::NEVER);
    }
    Some(match has_role(restriction.role, caller) {
        (true, delay) => Permission::after(delay.max(restriction.delay)),
        (false, _) => Permission::NEVER,
    })
}

/// What a function of the manager asks of its caller. None if it depends on an argument that is
/// missing.
pub(crate) fn restriction(selector: [u8; 4], data: &[u8]) -> Option<Restriction> {
    let first = || Calldata::new(data).words::<1>().map(|[word]| word);
    let own = |role, delay| Some(Restriction { is_own: true, role, delay });
    match u32::from_le_bytes(selector) {
        selector::labelRoleCall
        | selector::setRoleAdminCall
        | selector::setRoleGuardianCall
        | selector::setGrantDelayCall
        | selector::setTargetAdminDelayCall => own(ADMIN, 0),
        selector::updateAuthorityCall
        | selector::setTargetClosedCall
        | selector::setTargetFunctionRoleCall => {
            let target = state::target(&Account::read(first()?)?);
            own(ADMIN, target.admin_delay.at(host::timestamp()))
        }
        selector::grantRoleCall | selector::revokeRoleCall => {
            own(state::role(word::to_u64(first()?)?).admin, 0)
        }
        _ => {
            let role = state::function_role(&host::contract(), selector);
            Some(Restriction { is_own: false, role, delay: 0 })
        }
    }
}

/// Lets a call through that its caller may make now: at once, or as an operation, which is used up.
///
/// # Errors
/// `AccessManagerUnauthorizedAccount`; those of [`operation::consume`].
#[inline(never)]
pub(crate) fn check(call: &Change<'_>) -> Result<(), Revert> {
    let (caller, selector) = (host::caller(), call.selector_bytes());
    let permission =
        can_call_self(&caller, selector, call.bytes()).ok_or_else(|| call.invalid())?;
    if permission.immediate {
        return Ok(());
    }
    if permission.delay == 0 {
        let restriction = restriction(selector, call.bytes()).ok_or_else(|| call.invalid())?;
        return Err(errors::unauthorized_account(&caller, restriction.role));
    }
    operation::consume(&operation::hash(&caller, &host::contract(), call.bytes())).map(|_| ())
}

/// Whether an account may cancel an operation of another.
pub(crate) fn can_cancel(
    canceller: &Account,
    target: &Account,
    selector: [u8; 4],
    data: &[u8],
) -> bool {
    if mutant(Mutant::CancelOpenToAll) || has_role(ADMIN, canceller).0 {
        return true;
    }
    let guardian = state::role(state::function_role(target, selector)).guardian;
    if has_role(guardian, canceller).0 {
        return true;
    }
    if *target != host::contract() {
        return false;
    }
    match restriction(selector, data) {
        Some(Restriction { is_own: true, role, .. }) => has_role(role, canceller).0,
        _ => false,
    }
}

/// The role that an operation on the manager changes, if that is one which `canceller` must not
/// defend: its own, or ADMIN, whose members decide who else could cancel.
pub(crate) fn defended_role(
    canceller: &Account,
    target: &Account,
    selector: [u8; 4],
    data: &[u8],
) -> Option<u64> {
    let changes_role = matches!(
        u32::from_le_bytes(selector),
        selector::grantRoleCall
            | selector::revokeRoleCall
            | selector::setRoleAdminCall
            | selector::setRoleGuardianCall
            | selector::setGrantDelayCall
    );
    if !changes_role || *target != host::contract() || mutant(Mutant::OwnRoleCancelled) {
        return None;
    }
    // Without the argument the operation changes nothing, as it never succeeds.
    let [role]: &[Word; 1] = Calldata::new(data).words()?;
    let role = word::to_u64(role)?;
    (role == ADMIN || state::access(role, canceller).exists()).then_some(role)
}
