//! Calls that both managers know, with arguments from few that matter.

use alloy_primitives::{Address, Bytes, FixedBytes, U256};
use alloy_sol_types::SolCall;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::kit::*;

/// How many people there are, and targets.
const PEOPLE: usize = 5;
const TARGETS: usize = 3;

const ROLES: [u64; 8] = [ADMIN, CURATOR, ATTESTER, VETOER, GUARDIAN, 77, PUBLIC, NOBODY];
const DELAYS: [u32; 7] =
    [0, 1, hours(1) as u32, ADMIN_DELAY - 1, ADMIN_DELAY, days(6) as u32, u32::MAX];
const PASSING: [u64; 7] = [1, hours(1), hours(3), days(1), days(2), days(5) - 1, days(7)];
const SELECTORS: [[u8; 4]; 6] = [
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

fn role() -> impl Strategy<Value = u64> {
    prop_oneof![4 => select(&ROLES[..5]), 1 => select(&ROLES[..])]
}

/// Sometimes for ever.
fn given_to() -> impl Strategy<Value = u64> {
    prop_oneof![4 => role(), 1 => Just(NOBODY)]
}

fn delay() -> impl Strategy<Value = u32> {
    prop_oneof![6 => select(&DELAYS[..6]), 1 => select(&DELAYS[..])]
}

/// Mostly the jar.
fn target() -> impl Strategy<Value = usize> {
    prop_oneof![4 => Just(0_usize), 2 => Just(1_usize), 1 => 0..TARGETS]
}

/// Mostly an admin.
fn who() -> impl Strategy<Value = usize> {
    prop_oneof![6 => Just(0_usize), 3 => Just(1_usize), 2 => Just(2_usize), 3 => 0..PEOPLE]
}

/// A setting: what needs no other call inside.
fn setting() -> impl Strategy<Value = Entry> {
    let people = || 0..PEOPLE;
    prop_oneof![
        5 => (role(), people(), delay()).prop_map(|(of, who, for_)| Entry::Grant(of, who, for_)),
        3 => (role(), people()).prop_map(|(of, who)| Entry::Revoke(of, who)),
        1 => (role(), people()).prop_map(|(of, who)| Entry::Renounce(of, who)),
        2 => (role(), role()).prop_map(|(of, admin)| Entry::SetAdmin(of, admin)),
        2 => (role(), role()).prop_map(|(of, guardian)| Entry::SetGuardian(of, guardian)),
        2 => (role(), delay()).prop_map(|(of, delay)| Entry::SetGrantDelay(of, delay)),
        1 => (role(), "[a-z]{0,40}").prop_map(|(of, label)| Entry::Label(of, label)),
        3 => (target(), prop::collection::vec(0..SELECTORS.len(), 0..3), given_to())
            .prop_map(|(of, selectors, role)| Entry::SetFunctions(of, selectors, role)),
        2 => (target(), delay()).prop_map(|(of, delay)| Entry::SetAdminDelay(of, delay)),
        1 => (target(), any::<bool>()).prop_map(|(of, closed)| Entry::Close(of, closed)),
        1 => (target(), target()).prop_map(|(of, to)| Entry::UpdateAuthority(of, to)),
    ]
}

fn view() -> impl Strategy<Value = Entry> {
    (0u8..13, role(), 0..PEOPLE, 0..TARGETS, 0..SELECTORS.len())
        .prop_map(|(view, role, who, of, which)| Entry::View(view, role, who, of, which))
}

/// An operation on a target, which mostly has the function.
fn operation() -> impl Strategy<Value = (usize, Box<Inner>)> {
    let jar = || (0u8..5, 0u8..4).prop_map(|(function, mark)| Inner::Jar(function, mark));
    let own = setting().prop_map(Inner::Own);
    let bytes = prop::collection::vec(any::<u8>(), 0..8).prop_map(Inner::Bytes);
    prop_oneof![
        6 => (Just(0_usize), jar().boxed()),
        8 => (Just(1_usize), own.boxed()),
        1 => (0..TARGETS, jar().boxed()),
        1 => (0..TARGETS, bytes.boxed()),
    ]
    .prop_map(|(of, inner)| (of, Box::new(inner)))
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        6 => Just(When::Soonest),
        3 => select(&PASSING[..]).prop_map(When::Later),
        1 => select(&[1, (1 << 48) - 1, (1 << 48) - WEEK][..]).prop_map(When::At),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let several = prop::collection::vec(prop_oneof![setting(), view()], 0..4);
    prop_oneof![
        10 => setting(),
        8 => (operation(), when())
            .prop_map(|((of, inner), when)| Entry::Schedule(of, inner, when)),
        5 => operation().prop_map(|(of, inner)| Entry::Execute(of, inner)),
        1 => (0..PEOPLE, operation())
            .prop_map(|(who, (of, inner))| Entry::Cancel(who, of, inner)),
        1 => (0..PEOPLE, operation()).prop_map(|(who, (_, inner))| Entry::Consume(who, inner)),
        2 => several.prop_map(Entry::Multicall),
        1 => (target(), prop::collection::vec(setting(), 1..3).prop_map(Entry::Multicall))
            .prop_map(|(of, all)| Entry::Execute(of, Box::new(Inner::Own(all)))),
        4 => view(),
    ]
}

/// Anything that may happen.
pub(super) fn step() -> impl Strategy<Value = Step> {
    let value = || prop_oneof![8 => Just(0u8), 1 => Just(1u8)];
    prop_oneof![
        3 => select(&PASSING[..3]).prop_map(Step::Advance),
        2 => select(&PASSING[..]).prop_map(Step::Advance),
        18 => (who(), value(), entry()).prop_map(|(who, value, of)| Step::Call(who, value, of)),
        1 => (who(), entry(), any::<Index>(), any::<Option<u8>>())
            .prop_map(|(who, of, place, byte)| Step::Spoiled(who, of, place, byte)),
        2 => (0..PEOPLE, 0u8..5, 0u8..4).prop_map(|(who, of, mark)| Step::Direct(who, of, mark)),
        8 => (any::<Index>(), prop_oneof![8 => Just(None), 1 => (0..PEOPLE).prop_map(Some)],
            any::<bool>()).prop_map(|(index, by, directly)| Step::Use(index, by, directly)),
        3 => (any::<Index>(), 0..PEOPLE).prop_map(|(index, by)| Step::TakeBack(index, by)),
    ]
}
