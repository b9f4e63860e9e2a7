//! Where calls come from: at random, mostly from those who may make them.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::kit::*;
use super::calls::{Entry, Inner, PEOPLE, SELECTORS, Step, TARGETS, When};

const ROLES: [u64; 8] = [ADMIN, CURATOR, ATTESTER, VETOER, GUARDIAN, 77, PUBLIC, NOBODY];
const DELAYS: [u32; 7] =
    [0, 1, hours(1) as u32, ADMIN_DELAY - 1, ADMIN_DELAY, days(6) as u32, u32::MAX];
const PASSING: [u64; 7] = [1, hours(1), hours(3), days(1), days(2), days(5) - 1, days(7)];
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
