//! Who may call what: roles, delays, and operations that were announced.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::IAccessManager as Manager;

use super::{Checked, Program, reject};

mod orders;

pub use orders::{Order, Target};

/// Grants roles and gives functions to roles.
pub const ADMIN: u64 = 0;
pub const CURATOR: u64 = 1;
pub const ATTESTER: u64 = 2;
pub const SLASHER: u64 = 3;
pub const VETOER: u64 = 4;
pub const GUARDIAN: u64 = 5;
pub const TREASURY: u64 = 6;
/// Everybody is a member.
pub const PUBLIC: u64 = u64::MAX;
/// Nobody is.
pub const NOBODY: u64 = u64::MAX - 1;
/// The least execution delay of ADMIN, in seconds.
pub const ADMIN_DELAY: u64 = 172_800;
/// How long the first admin has none, in seconds.
const SETUP: u64 = 86_400;
/// For how long an operation can be used, in seconds.
pub const WEEK: u64 = 604_800;

/// A delay that may change at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Delay {
    before: u64,
    after: u64,
    effect: u64,
}

impl Delay {
    fn at(self, now: u64) -> u64 {
        if now < self.effect { self.before } else { self.after }
    }

    /// A shorter one holds after as many seconds as it is shorter.
    fn set(self, now: u64, after: u64) -> Self {
        let before = self.at(now);
        Self { before, after, effect: now + before.saturating_sub(after) }
    }
}

/// An account's membership of a role.
#[derive(Clone, Copy, Debug)]
struct Member {
    delay: Delay,
    /// When the last suspension ends or ended, in seconds; zero if there was none.
    suspended: u64,
}

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    Immediate,
    /// After so many seconds.
    After(u64),
    Never,
}

/// Everything that the access manager remembers.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    pub manager: Address,
    programs: [Address; 3],
    members: BTreeMap<(u64, Address), Member>,
    functions: BTreeMap<(Address, [u8; 4]), u64>,
    /// From when on announced calls can be made, by their name; zero once used or taken back.
    operations: BTreeMap<B256, u64>,
    /// What the manager is calling.
    executing: Option<(Address, [u8; 4])>,
}

impl Roles {
    /// A manager right after its construction, with the first admin.
    pub fn new(manager: Address, programs: [Address; 3], admin: Address, now: u64) -> Self {
        let mut roles = Self { manager, programs, ..Self::default() };
        let delay = Delay { before: 0, after: ADMIN_DELAY, effect: now + SETUP };
        roles.members.insert((ADMIN, admin), Member { delay, suspended: 0 });
        roles
    }

    /// A member without delay, as the setup of a suite grants.
    pub fn enrol(&mut self, role: u64, account: Address, delay: u64) {
        let delay = Delay { before: 0, after: delay, effect: 0 };
        self.members.insert((role, account), Member { delay, suspended: 0 });
    }

    /// Gives a function to a role.
    pub fn give(&mut self, target: Address, selector: [u8; 4], role: u64) {
        self.functions.insert((target, selector), role);
    }

    pub fn program(&self, program: Program) -> Address {
        self.programs[program as usize]
    }

    /// The delay of somebody who acts for a role.
    pub fn acts(&self, now: u64, role: u64, account: Address) -> Option<u64> {
        if role == PUBLIC {
            return Some(0);
        }
        let member = self.members.get(&(role, account))?;
        (now >= member.suspended).then(|| member.delay.at(now))
    }

    /// Whether somebody belongs to a role, suspended or not.
    fn belongs(&self, role: u64, account: Address) -> bool {
        self.members.contains_key(&(role, account))
    }

    /// Whether somebody may call a function of a target.
    pub fn permission(
        &self,
        now: u64,
        caller: Address,
        target: Address,
        selector: [u8; 4],
    ) -> Permission {
        if caller == self.manager {
            let is_due = self.executing == Some((target, selector));
            return if is_due { Permission::Immediate } else { Permission::Never };
        }
        let role = self.functions.get(&(target, selector)).copied().unwrap_or(ADMIN);
        self.by_role(now, role, caller)
    }

    fn by_role(&self, now: u64, role: u64, caller: Address) -> Permission {
        match self.acts(now, role, caller) {
            None => Permission::Never,
            Some(0) => Permission::Immediate,
            Some(delay) => Permission::After(delay),
        }
    }

    /// Lets a call of a program through, or says that the authority does not let its caller in. A
    /// call that was announced is found; it is used up if all goes well.
    pub fn lets_in(
        &self,
        now: u64,
        caller: Address,
        target: Address,
        data: &[u8],
    ) -> Result<Option<B256>, Vec<u8>> {
        let selector = data[..4].try_into().expect("a call has a selector");
        match self.permission(now, caller, target, selector) {
            Permission::Immediate => Ok(None),
            Permission::Never => {
                use emetis::interfaces::ILiquidStaking as Hub;
                reject(Hub::AccessManagedUnauthorized { caller })
            }
            Permission::After(_) => {
                let id = operation_id(caller, target, data);
                self.is_due(now, id)?;
                Ok(Some(id))
            }
        }
    }

    /// A call that was announced at the manager, if its caller may do so.
    pub fn announce(&mut self, now: u64, caller: Address, target: Address, data: &[u8]) {
        let delay = match self.permission(now, caller, target, selector(data)) {
            Permission::Never => return,
            Permission::Immediate => 0,
            Permission::After(delay) => delay,
        };
        self.operations.insert(operation_id(caller, target, data), now + delay);
    }

    /// Whether an operation can be used now.
    fn is_due(&self, now: u64, id: B256) -> Checked {
        let time = self.time(id);
        if time == 0 {
            return reject(Manager::AccessManagerNotScheduled { operationId: id });
        }
        if time > now {
            return reject(Manager::AccessManagerNotReady { operationId: id });
        }
        if time + WEEK <= now {
            return reject(Manager::AccessManagerExpired { operationId: id });
        }
        Ok(())
    }

    fn time(&self, id: B256) -> u64 {
        self.operations.get(&id).copied().unwrap_or_default()
    }

    /// Uses an operation up, or takes it back.
    pub fn end(&mut self, id: B256) {
        self.operations.remove(&id);
    }
}

/// The name of an operation.
pub fn operation_id(caller: Address, target: Address, data: &[u8]) -> B256 {
    let bytes = alloy_primitives::Bytes::copy_from_slice(data);
    keccak256((caller, target, bytes).abi_encode_params())
}

/// The selector of a call, as the manager sees it.
fn selector(data: &[u8]) -> [u8; 4] {
    data[..4].try_into().expect("a call has a selector")
}

/// Calldata of `setTargetFunctionRole` for one function.
fn give_data(target: Address, function: [u8; 4], role: u64) -> Vec<u8> {
    let selectors = vec![function.into()];
    Manager::setTargetFunctionRoleCall { target, selectors, roleId: role }.abi_encode()
}

/// Seconds as the manager's errors have them.
fn short(seconds: u64) -> u32 {
    U256::from(seconds).to()
}
