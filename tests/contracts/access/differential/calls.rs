//! Calls that both managers know, with arguments from few that matter.

use alloy_primitives::{Address, Bytes, FixedBytes, U256};
use alloy_sol_types::SolCall;
use proptest::sample::Index;

use super::super::kit::*;

/// How many people there are, and targets.
pub(super) const PEOPLE: usize = 5;
pub(super) const TARGETS: usize = 3;

pub(super) const SELECTORS: [[u8; 4]; 6] = [
    Jar::tipCall::SELECTOR,
    Jar::tapCall::SELECTOR,
    Jar::failCall::SELECTOR,
    Jar::setAuthorityCall::SELECTOR,
    Manager::labelRoleCall::SELECTOR,
    Manager::revokeRoleCall::SELECTOR,
];

/// People, targets (the jar, the manager, an account without code), and operations that were
/// scheduled.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    pub(super) people: [Account; PEOPLE],
    pub(super) targets: [Address; TARGETS],
    pub(super) scheduled: Vec<(Account, Address, Bytes)>,
}

/// A call of the manager. Numbers are people and targets.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Grant(u64, usize, u32),
    Revoke(u64, usize),
    Renounce(u64, usize),
    SetAdmin(u64, u64),
    SetGuardian(u64, u64),
    SetGrantDelay(u64, u32),
    Label(u64, String),
    SetFunctions(usize, Vec<usize>, u64),
    SetAdminDelay(usize, u32),
    Close(usize, bool),
    UpdateAuthority(usize, usize),
    Schedule(usize, Box<Inner>, When),
    Execute(usize, Box<Inner>),
    Cancel(usize, usize, Box<Inner>),
    Consume(usize, Box<Inner>),
    Multicall(Vec<Entry>),
    View(u8, u64, usize, usize, usize),
}

/// What an operation is to do.
#[derive(Clone, Debug)]
pub(super) enum Inner {
    Jar(u8, u8),
    Own(Entry),
    Bytes(Vec<u8>),
}

/// When an operation is to be due.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    Soonest,
    Later(u64),
    At(u64),
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Advance(u64),
    /// By a person, with so many wei.
    Call(usize, u8, Entry),
    /// The same with a byte changed, or with its end cut off.
    Spoiled(usize, Entry, Index, Option<u8>),
    /// The first admin, or another, schedules it, waits, and it is made: the last two in one step.
    Direct(usize, u8, u8),
    /// An operation that was scheduled is made: by its proposer or another, by the manager or
    /// directly; or taken back by somebody.
    Use(Index, Option<usize>, bool),
    TakeBack(Index, usize),
}

/// A call whose arguments are bytes.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) from: Account,
    pub(super) to: Address,
    pub(super) value: U256,
    pub(super) data: Bytes,
}

impl Pool {
    pub(super) fn named(&self, step: &Step, now: u64) -> Named {
        let manager = self.targets[1];
        let call = |name, from, to, value: u8, data| Named {
            name,
            from,
            to,
            value: U256::from(value),
            data,
        };
        match step {
            Step::Advance(_) => panic!("time is no call"),
            Step::Call(who, value, entry) => {
                let data = self.encode(entry, now);
                call(entry.name(), self.people[*who], manager, *value, data)
            }
            Step::Spoiled(who, entry, place, byte) => {
                let mut data = self.encode(entry, now).to_vec();
                let place = place.index(data.len());
                match byte {
                    Some(byte) => data[place] = *byte,
                    None => data.truncate(place),
                }
                call("spoiled", self.people[*who], manager, 0, data.into())
            }
            Step::Direct(who, function, mark) => {
                let data = self.inner(&Inner::Jar(*function, *mark), now);
                call("direct", self.people[*who], self.targets[0], 0, data)
            }
            Step::Use(index, by, directly) => {
                let Some((proposer, target, data)) = self.at(index) else {
                    return self.named(&Step::Direct(0, 0, 0), now);
                };
                let from = by.map_or(proposer, |by| self.people[by]);
                if *directly {
                    return call("use directly", from, target, 0, data);
                }
                let data = encoded(&Manager::executeCall { target, data });
                call("use", from, manager, 0, data)
            }
            Step::TakeBack(index, by) => {
                let Some((proposer, target, data)) = self.at(index) else {
                    return self.named(&Step::Direct(0, 0, 0), now);
                };
                let caller = proposer.address;
                let data = encoded(&Manager::cancelCall { caller, target, data });
                call("take back", self.people[*by], manager, 0, data)
            }
        }
    }

    /// Keeps the operation that a call has scheduled.
    pub(super) fn remember(&mut self, call: &Named, manager: Address) {
        if call.to == manager
            && let Ok(schedule) = Manager::scheduleCall::abi_decode(&call.data)
        {
            self.scheduled.push((call.from, schedule.target, schedule.data));
        }
    }

    /// Mostly one of the last few.
    fn at(&self, index: &Index) -> Option<(Account, Address, Bytes)> {
        let recent = self.scheduled.len().min(6);
        let last = self.scheduled.len() - recent;
        (recent > 0).then(|| self.scheduled[last + index.index(recent)].clone())
    }

    fn inner(&self, inner: &Inner, now: u64) -> Bytes {
        match inner {
            Inner::Jar(function, mark) => {
                let mark = FixedBytes::repeat_byte(*mark);
                match function {
                    0 => encoded(&Jar::tipCall { mark }),
                    1 => encoded(&Jar::tapCall { mark }),
                    2 => encoded(&Jar::failCall { reason: U256::from(mark[0]) }),
                    3 => encoded(&Jar::failLongCall { size: U256::from(mark[0]) << 12 }),
                    _ => {
                        let authority = self.targets[usize::from(mark[0]) % TARGETS];
                        encoded(&Jar::setAuthorityCall { authority })
                    }
                }
            }
            Inner::Own(entry) => self.encode(entry, now),
            Inner::Bytes(bytes) => bytes.clone().into(),
        }
    }

    fn encode(&self, entry: &Entry, now: u64) -> Bytes {
        let account = |who: &usize| self.people[*who].address;
        let target = |target: &usize| self.targets[*target];
        match entry {
            Entry::Grant(role, who, delay) => encoded(&Manager::grantRoleCall {
                roleId: *role,
                account: account(who),
                executionDelay: *delay,
            }),
            Entry::Revoke(role, who) => {
                encoded(&Manager::revokeRoleCall { roleId: *role, account: account(who) })
            }
            Entry::Renounce(role, who) => encoded(&Manager::renounceRoleCall {
                roleId: *role,
                callerConfirmation: account(who),
            }),
            Entry::SetAdmin(role, admin) => {
                encoded(&Manager::setRoleAdminCall { roleId: *role, admin: *admin })
            }
            Entry::SetGuardian(role, guardian) => {
                encoded(&Manager::setRoleGuardianCall { roleId: *role, guardian: *guardian })
            }
            Entry::SetGrantDelay(role, delay) => {
                encoded(&Manager::setGrantDelayCall { roleId: *role, newDelay: *delay })
            }
            Entry::Label(role, label) => {
                encoded(&Manager::labelRoleCall { roleId: *role, label: label.clone() })
            }
            Entry::SetFunctions(of, selectors, role) => {
                let selectors: Vec<_> = selectors.iter().map(|it| SELECTORS[*it]).collect();
                encoded(&functions(target(of), &selectors, *role))
            }
            Entry::SetAdminDelay(of, delay) => {
                encoded(&Manager::setTargetAdminDelayCall { target: target(of), newDelay: *delay })
            }
            Entry::Close(of, closed) => {
                encoded(&Manager::setTargetClosedCall { target: target(of), closed: *closed })
            }
            Entry::UpdateAuthority(of, to) => encoded(&Manager::updateAuthorityCall {
                target: target(of),
                newAuthority: target(to),
            }),
            Entry::Schedule(of, inner, when) => {
                let when = match when {
                    When::Soonest => 0,
                    When::Later(seconds) => now + seconds,
                    When::At(time) => *time,
                };
                encoded(&Manager::scheduleCall {
                    target: target(of),
                    data: self.inner(inner, now),
                    when: time(when),
                })
            }
            Entry::Execute(of, inner) => {
                encoded(&Manager::executeCall { target: target(of), data: self.inner(inner, now) })
            }
            Entry::Cancel(who, of, inner) => encoded(&Manager::cancelCall {
                caller: account(who),
                target: target(of),
                data: self.inner(inner, now),
            }),
            Entry::Consume(who, inner) => encoded(&Manager::consumeScheduledOpCall {
                caller: account(who),
                data: self.inner(inner, now),
            }),
            Entry::Multicall(entries) => {
                let data = entries.iter().map(|entry| self.encode(entry, now)).collect();
                encoded(&Manager::multicallCall { data })
            }
            Entry::View(view, role, who, of, selector) => {
                let (role_id, caller) = (*role, account(who));
                let (account, target) = (caller, target(of));
                let selector = SELECTORS[*selector].into();
                let operation = self.scheduled.last().map(|(proposer, target, data)| {
                    let call = Manager::hashOperationCall {
                        caller: proposer.address,
                        target: *target,
                        data: data.clone(),
                    };
                    let id = alloy_primitives::keccak256(&call.abi_encode()[4..]);
                    (call, id)
                });
                match (view, operation) {
                    (0, Some((call, _))) => encoded(&call),
                    (1, Some((_, id))) => encoded(&Manager::getScheduleCall { id }),
                    (2, Some((_, id))) => encoded(&Manager::getNonceCall { id }),
                    (3, _) => encoded(&Manager::hasRoleCall { roleId: role_id, account }),
                    (4, _) => encoded(&Manager::getAccessCall { roleId: role_id, account }),
                    (5, _) => encoded(&Manager::getRoleAdminCall { roleId: role_id }),
                    (6, _) => encoded(&Manager::getRoleGuardianCall { roleId: role_id }),
                    (7, _) => encoded(&Manager::getRoleGrantDelayCall { roleId: role_id }),
                    (8, _) => encoded(&Manager::getTargetAdminDelayCall { target }),
                    (9, _) => encoded(&Manager::isTargetClosedCall { target }),
                    (10, _) => encoded(&Manager::getTargetFunctionRoleCall { target, selector }),
                    _ => encoded(&Manager::canCallCall { caller, target, selector }),
                }
            }
        }
    }
}

impl Entry {
    fn name(&self) -> &'static str {
        match self {
            Self::Grant(..) => "grantRole",
            Self::Revoke(..) => "revokeRole",
            Self::Renounce(..) => "renounceRole",
            Self::SetAdmin(..) => "setRoleAdmin",
            Self::SetGuardian(..) => "setRoleGuardian",
            Self::SetGrantDelay(..) => "setGrantDelay",
            Self::Label(..) => "labelRole",
            Self::SetFunctions(..) => "setTargetFunctionRole",
            Self::SetAdminDelay(..) => "setTargetAdminDelay",
            Self::Close(..) => "setTargetClosed",
            Self::UpdateAuthority(..) => "updateAuthority",
            Self::Schedule(..) => "schedule",
            Self::Execute(..) => "execute",
            Self::Cancel(..) | Self::Consume(..) => "cancel, consume",
            Self::Multicall(..) => "multicall",
            Self::View(..) => "views",
        }
    }
}
