//! What the manager keeps, read and written.

use emetis_common::{
    access::{Access, Role, Schedule, Target},
    account::Account,
    host,
    slots::access as slots,
    word::{self, Word},
};

/// An account's membership of a role.
#[inline(never)]
pub(crate) fn access(role: u64, account: &Account) -> Access {
    Access::unpack(&host::load(&slots::member(role, account)))
}

#[inline(never)]
pub(crate) fn store_access(role: u64, account: &Account, access: &Access) {
    host::store(&slots::member(role, account), &access.pack());
}

/// The settings of a role.
#[inline(never)]
pub(crate) fn role(role: u64) -> Role {
    Role::unpack(&host::load(&slots::role(role)))
}

#[inline(never)]
pub(crate) fn store_role(id: u64, role: &Role) {
    host::store(&slots::role(id), &role.pack());
}

/// The settings of a target.
#[inline(never)]
pub(crate) fn target(target: &Account) -> Target {
    Target::unpack(&host::load(&slots::target(target)))
}

#[inline(never)]
pub(crate) fn store_target(account: &Account, target: &Target) {
    host::store(&slots::target(account), &target.pack());
}

/// The role that a function of a target is open to.
#[inline(never)]
pub(crate) fn function_role(target: &Account, selector: [u8; 4]) -> u64 {
    let slot = host::load(&slots::function_role(target, selector));
    // Only 64 bits are ever written.
    word::to_u64(&slot).unwrap_or_default()
}

#[inline(never)]
pub(crate) fn store_function_role(target: &Account, selector: [u8; 4], role: u64) {
    host::store(&slots::function_role(target, selector), &word::of_u64(role));
}

/// An operation.
#[inline(never)]
pub(crate) fn schedule(id: &Word) -> Schedule {
    Schedule::unpack(&host::load(&slots::schedule(id)))
}

#[inline(never)]
pub(crate) fn store_schedule(id: &Word, schedule: &Schedule) {
    host::store(&slots::schedule(id), &schedule.pack());
}
