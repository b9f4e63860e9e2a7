//! Calls of the access manager, and what comes of them.

use alloy_primitives::Address;
use alloy_sol_types::SolCall;
use emetis::interfaces::IAccessManager as Manager;

use super::super::{Checked, Message, Model, Program, reject};
use super::{
    ADMIN, ADMIN_DELAY, ATTESTER, Delay, GUARDIAN, Member, NOBODY, PUBLIC, Permission, SLASHER,
    WEEK, give_data, operation_id, selector, short,
};
use alloy_primitives::U256;

/// What is called: the manager itself, or a program of the suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Manager(Box<Order>),
    Program(Program, Vec<u8>),
}

/// A call of the access manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    Grant { role: u64, account: Address, delay: u32 },
    Revoke { role: u64, account: Address },
    Give { program: Program, function: [u8; 4], role: u64 },
    Suspend { role: u64, account: Address, duration: u32 },
    EndSuspension { role: u64, account: Address },
    Schedule { call: Target, when: u64 },
    Execute { call: Target },
    Cancel { proposer: Address, call: Target },
}

impl Model {
    /// The calldata of a call of the manager.
    pub fn order_data(&self, order: &Order) -> Vec<u8> {
        let parts = |call: &Target| (self.target(call), self.data(call).into());
        match order {
            Order::Grant { role, account, delay } => {
                let (account, delay) = (*account, *delay);
                Manager::grantRoleCall { roleId: *role, account, executionDelay: delay }
                    .abi_encode()
            }
            Order::Revoke { role, account } => {
                Manager::revokeRoleCall { roleId: *role, account: *account }.abi_encode()
            }
            Order::Give { program, function, role } => {
                give_data(self.roles.program(*program), *function, *role)
            }
            Order::Suspend { role, account, duration } => {
                let (account, duration) = (*account, *duration);
                Manager::suspendCall { roleId: *role, account, duration }.abi_encode()
            }
            Order::EndSuspension { role, account } => {
                Manager::endSuspensionCall { roleId: *role, account: *account }.abi_encode()
            }
            Order::Schedule { call, when } => {
                let ((target, data), when) = (parts(call), U256::from(*when).to());
                Manager::scheduleCall { target, data, when }.abi_encode()
            }
            Order::Execute { call } => {
                let (target, data) = parts(call);
                Manager::executeCall { target, data }.abi_encode()
            }
            Order::Cancel { proposer, call } => {
                let ((target, data), caller) = (parts(call), *proposer);
                Manager::cancelCall { caller, target, data }.abi_encode()
            }
        }
    }

    /// The account that is called.
    pub fn target(&self, call: &Target) -> Address {
        match call {
            Target::Manager(_) => self.roles.manager,
            Target::Program(program, _) => self.roles.program(*program),
        }
    }

    /// The calldata that it is called with.
    pub fn data(&self, call: &Target) -> Vec<u8> {
        match call {
            Target::Manager(order) => self.order_data(order),
            Target::Program(_, data) => data.clone(),
        }
    }

    /// Makes a call of the manager. Roles and books change if it succeeds.
    pub fn order(&mut self, caller: Address, order: &Order) -> Checked {
        self.logs.clear();
        self.writes.clear();
        let before = self.roles.clone();
        let outcome = self.carry_out(caller, order);
        if outcome.is_err() {
            self.roles = before;
        }
        outcome
    }

    fn carry_out(&mut self, caller: Address, order: &Order) -> Checked {
        let now = self.now;
        match order {
            Order::Grant { role, account, delay } => {
                self.is_admin(caller, order)?;
                is_open(*role)?;
                let delay = u64::from(*delay);
                if *role == ADMIN && delay < ADMIN_DELAY {
                    let (delay, min) = (short(delay), short(ADMIN_DELAY));
                    return reject(Manager::DelayTooShort { delay, min });
                }
                let fresh =
                    Member { delay: Delay { before: 0, after: delay, effect: 0 }, suspended: 0 };
                let members = self.roles.members.entry((*role, *account));
                members
                    .and_modify(|member| member.delay = member.delay.set(now, delay))
                    .or_insert(fresh);
                Ok(())
            }
            Order::Revoke { role, account } => {
                self.is_admin(caller, order)?;
                is_open(*role)?;
                self.roles.members.remove(&(*role, *account));
                Ok(())
            }
            Order::Give { program, function, role } => {
                self.is_admin(caller, order)?;
                let target = self.roles.program(*program);
                if self.roles.functions.get(&(target, *function)) == Some(&NOBODY) {
                    let selector = (*function).into();
                    return reject(Manager::SelectorGivenUp { target, selector });
                }
                self.roles.give(target, *function, *role);
                Ok(())
            }
            Order::Suspend { role, account, duration } => {
                self.suspend(caller, *role, *account, u64::from(*duration))
            }
            Order::EndSuspension { role, account } => {
                self.is_guardian(caller)?;
                let (role, account) = (*role, *account);
                match self.roles.members.get_mut(&(role, account)) {
                    Some(member) if now < member.suspended => member.suspended = now,
                    _ => return reject(Manager::SuspensionMissing { roleId: role, account }),
                }
                Ok(())
            }
            Order::Schedule { call, when } => self.schedule(caller, call, *when),
            Order::Execute { call } => self.execute(caller, call),
            Order::Cancel { proposer, call } => self.cancel(caller, *proposer, call),
        }
    }

    /// Lets an admin's call through: at once, or an announced one, which is used up.
    fn is_admin(&mut self, caller: Address, order: &Order) -> Checked {
        let data = self.order_data(order);
        match self.own_permission(caller, order) {
            Permission::Immediate => Ok(()),
            Permission::Never => reject(Manager::AccessManagerUnauthorizedAccount {
                msgsender: caller,
                roleId: ADMIN,
            }),
            Permission::After(_) => {
                let id = operation_id(caller, self.roles.manager, &data);
                self.roles.is_due(self.now, id)?;
                self.roles.end(id);
                Ok(())
            }
        }
    }

    /// What a caller may do with a function of the manager.
    fn own_permission(&self, caller: Address, order: &Order) -> Permission {
        if caller == self.roles.manager {
            let data = self.order_data(order);
            return self.roles.permission(self.now, caller, caller, selector(&data));
        }
        self.roles.by_role(self.now, ADMIN, caller)
    }

    fn permission(&self, caller: Address, call: &Target) -> Permission {
        match call {
            Target::Manager(order) => self.own_permission(caller, order),
            Target::Program(program, data) => {
                let target = self.roles.program(*program);
                self.roles.permission(self.now, caller, target, selector(data))
            }
        }
    }

    fn is_guardian(&self, caller: Address) -> Checked {
        if self.roles.acts(self.now, GUARDIAN, caller).is_some() {
            return Ok(());
        }
        reject(Manager::AccessManagerUnauthorizedAccount { msgsender: caller, roleId: GUARDIAN })
    }

    fn suspend(&mut self, caller: Address, role: u64, account: Address, duration: u64) -> Checked {
        self.is_guardian(caller)?;
        let now = self.now;
        if role != ATTESTER && role != SLASHER {
            return reject(Manager::RoleNotSuspendable { roleId: role });
        }
        if duration == 0 || duration > WEEK {
            let (duration, max) = (short(duration), short(WEEK));
            return reject(Manager::DurationInvalid { duration, max });
        }
        let Some(member) = self.roles.members.get_mut(&(role, account)) else {
            return reject(Manager::MembershipMissing { roleId: role, account });
        };
        if member.suspended != 0 && now < member.suspended + WEEK {
            let next = U256::from(member.suspended + WEEK).to();
            return reject(Manager::SuspensionTooEarly { next });
        }
        member.suspended = now + duration;
        Ok(())
    }

    fn schedule(&mut self, caller: Address, call: &Target, when: u64) -> Checked {
        let (now, target, data) = (self.now, self.target(call), self.data(call));
        let delay = match self.permission(caller, call) {
            Permission::After(delay) => delay,
            Permission::Immediate | Permission::Never => return self.refuse_call(caller, call),
        };
        if when > 0 && when < now + delay {
            return self.refuse_call(caller, call);
        }
        let id = operation_id(caller, target, &data);
        let time = self.roles.time(id);
        if time != 0 && now < time + WEEK {
            return reject(Manager::AccessManagerAlreadyScheduled { operationId: id });
        }
        let time = when.max(now + delay);
        self.roles.operations.insert(id, time);
        Ok(())
    }

    fn refuse_call(&self, caller: Address, call: &Target) -> Checked {
        let (target, selector) = (self.target(call), selector(&self.data(call)).into());
        reject(Manager::AccessManagerUnauthorizedCall { caller, target, selector })
    }

    fn execute(&mut self, caller: Address, call: &Target) -> Checked {
        let (now, target, data) = (self.now, self.target(call), self.data(call));
        let permission = self.permission(caller, call);
        if permission == Permission::Never {
            return self.refuse_call(caller, call);
        }
        let id = operation_id(caller, target, &data);
        let time = self.roles.time(id);
        let is_announced = time != 0 && now < time + WEEK;
        if permission != Permission::Immediate || is_announced {
            self.roles.is_due(now, id)?;
            self.roles.end(id);
        }
        let (manager, value) = (self.roles.manager, U256::ZERO);
        self.roles.executing = Some((target, selector(&data)));
        let outcome = match call {
            Target::Manager(order) => self.carry_out(manager, order),
            Target::Program(to, data) => {
                self.call(&Message { to: *to, caller: manager, value, data }).map(|_| ())
            }
        };
        self.roles.executing = None;
        outcome
    }

    fn cancel(&mut self, caller: Address, proposer: Address, call: &Target) -> Checked {
        let id = operation_id(proposer, self.target(call), &self.data(call));
        if self.roles.time(id) == 0 {
            return reject(Manager::AccessManagerNotScheduled { operationId: id });
        }
        if caller != proposer {
            // Nobody but ADMIN is guardian or admin of a role here.
            if self.roles.acts(self.now, ADMIN, caller).is_none() {
                let (target, selector) = (self.target(call), selector(&self.data(call)).into());
                let (msgsender, caller) = (caller, proposer);
                return reject(Manager::AccessManagerUnauthorizedCancel {
                    msgsender,
                    caller,
                    target,
                    selector,
                });
            }
            if let Some(role) = changed_role(call)
                && (role == ADMIN || self.roles.belongs(role, caller))
            {
                return reject(Manager::OwnRoleCancel { msgsender: caller, roleId: role });
            }
        }
        self.roles.end(id);
        Ok(())
    }
}

/// The role that a call changes.
fn changed_role(call: &Target) -> Option<u64> {
    match call {
        Target::Manager(order) => match **order {
            Order::Grant { role, .. } | Order::Revoke { role, .. } => Some(role),
            _ => None,
        },
        Target::Program(..) => None,
    }
}

/// Whether a role can have members.
fn is_open(role: u64) -> Checked {
    if role == PUBLIC || role == NOBODY {
        return reject(Manager::AccessManagerLockedRole { roleId: role });
    }
    Ok(())
}
