//! The access manager beside OpenZeppelin's, which sits at the same address of another world that is
//! the same otherwise: what comes of a call, and all that is stored, is compared byte by byte. Where
//! ours differs by design, [`DIFFERENCES`] tells, and each is asserted and met.

mod calls;

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::chance::check;
use super::super::fixtures::IReenterer;
use super::kit::*;
use alloy_primitives::{Address, Bytes, Log, U256, keccak256};
use alloy_sol_types::{Panic, SolCall, SolError, SolValue};
use calls::{Pool, Step};
use emetis::artifacts::fixtures::fixture;
use emetis_common::slots;
use proptest::prelude::*;

/// Steps of a story.
const LONGEST: usize = 40;
/// Of an error of a target as much comes back, in bytes.
const ERROR_LIMIT: usize = 8_192;
/// The bit of a target's settings that says that its authority is fixed.
const FIXED: U256 = U256::from_limbs([0, 1 << 56, 0, 0]);

/// What ours does otherwise, by design.
const DIFFERENCES: [&str; 9] = [
    "ADMIN is not granted with less than two days, OpenZeppelin's takes any delay",
    "members of a role, and of ADMIN's anybody, cannot cancel what changes it",
    "NOBODY is locked like PUBLIC",
    "a function that was given to NOBODY stays so, and the manager's are not given up",
    "the authority of a target with such a function is fixed",
    "what OpenZeppelin's refuses without a word has a typed error",
    "a time that cannot be added to is late, OpenZeppelin's panics",
    "of an error of a target 8,192 bytes come back, of OpenZeppelin's all",
    "while out on a call the manager refuses re-entry, OpenZeppelin's lets targets in",
];

type Met = RefCell<BTreeMap<&'static str, u32>>;

/// What came of a call: answer and logs, or what it failed with.
type Outcome = Result<(Bytes, Vec<Log>), Bytes>;

/// Two worlds, and what can be named in both.
#[derive(Clone, Debug)]
struct Pair {
    ours: Chain,
    theirs: Chain,
    pool: Pool,
    manager: Address,
    /// Every slot of a target's settings.
    settings: Vec<U256>,
}

fn new() -> Pair {
    let mut world = world();
    world.grant(ATTESTER, world.vetoer, 0);
    let World { chain, manager, jar, admin, council, curator, vetoer, alice, .. } = world;
    let mut theirs = chain.clone();
    let oz = fixture("OzAccessManager").unwrap();
    let init = [&oz.init_code[..], &alice.address.abi_encode()].concat();
    let elsewhere = theirs.clone().create(alice, init.clone()).ok().output;
    let mut scratch = theirs.clone();
    scratch.create(alice, init).ok();
    theirs.set_code(manager, scratch.code(elsewhere));
    // The layouts are the same, but for the slot in which ours knows that it is constructed.
    theirs.set_storage(manager, U256::from(slots::access::CONSTRUCTED), U256::ZERO);
    let targets = [jar, manager, alice.address];
    let settings = targets.map(|target| {
        let slot = slots::access::target(&target.into());
        U256::from_be_bytes(slot)
    });
    let people = [admin, council, curator, vetoer, alice];
    let mut ours = chain;
    for chain in [&mut ours, &mut theirs] {
        for person in people {
            chain.deal(person, WEALTH);
        }
        chain.seal();
    }
    let pool = Pool { people, targets, scheduled: Vec::new() };
    Pair { ours, theirs, pool, manager, settings: settings.to_vec() }
}

fn send(chain: &mut Chain, call: &calls::Named, keep: bool) -> Outcome {
    let sent = chain.send_raw(call.from, call.to, call.data.clone()).value(call.value);
    match if keep { sent.run() } else { sent.dry_run() } {
        Ok(receipt) => Ok((receipt.output, receipt.logs)),
        Err(failure) => Err(failure.data()),
    }
}

fn met(differences: &Met, index: usize) {
    *differences.borrow_mut().entry(DIFFERENCES[index]).or_default() += 1;
}

impl Pair {
    fn view<C: SolCall>(&self, call: C) -> C::Return {
        self.ours.view(self.manager, call)
    }

    /// Whether a target is one with a function that was given up.
    fn is_fixed(&self, target: Address) -> bool {
        self.view(Manager::isAuthorityFixedCall { target })
    }

    /// Which difference explains two outcomes that are not the same.
    fn explain(&self, call: &calls::Named, ours: &Outcome, theirs: &Outcome) -> Option<usize> {
        let error = ours.as_ref().err();
        let is = |selector: [u8; 4]| error.is_some_and(|data| data.starts_with(&selector));
        let (they_did, their_error) = (theirs.is_ok(), theirs.as_ref().err());
        let locked = |role: u64| Manager::AccessManagerLockedRole { roleId: role }.abi_encode();
        let overflow = Panic::from(0x11).abi_encode();
        if their_error.is_some_and(|data| data[..] == overflow) {
            return Some(6);
        }
        // Of several calls or functions one after ours may be refused by both.
        let names = |selector: [u8; 4]| call.data.windows(4).any(|bytes| bytes == selector);
        let are_several = names(Manager::multicallCall::SELECTOR)
            || names(Manager::setTargetFunctionRoleCall::SELECTOR);
        if they_did || are_several {
            if is(Manager::DelayTooShort::SELECTOR) {
                return Some(0);
            }
            if is(Manager::OwnRoleCancel::SELECTOR) {
                return Some(1);
            }
            if error.is_some_and(|data| data[..] == locked(NOBODY)) {
                return Some(2);
            }
            let is_managers = is(Manager::AccessManagerLockedFunction::SELECTOR);
            if is(Manager::SelectorGivenUp::SELECTOR) || is_managers {
                return Some(3);
            }
        }
        let names_authority =
            names(Jar::setAuthorityCall::SELECTOR) || names(Manager::updateAuthorityCall::SELECTOR);
        if names_authority && self.pool.targets.iter().any(|target| self.is_fixed(*target)) {
            return Some(4);
        }
        let is_typed = error.is_some_and(|data| data.len() >= 4);
        let says_nothing = their_error
            .is_some_and(|data| data.is_empty() || data[..] == Manager::FailedCall {}.abi_encode());
        if is_typed && says_nothing {
            return Some(5);
        }
        let is_cut = their_error.is_some_and(|data| {
            data.len() > ERROR_LIMIT && error.is_some_and(|error| *error == data[..ERROR_LIMIT])
        });
        is_cut.then_some(7)
    }

    /// Does a call in both worlds, if its outcome is the same. Whether it succeeded.
    fn step(&mut self, call: &calls::Named, differences: &Met) -> Result<bool, TestCaseError> {
        let ours = send(&mut self.ours, call, false);
        let theirs = send(&mut self.theirs, call, false);
        if ours == theirs {
            send(&mut self.ours, call, true).ok();
            send(&mut self.theirs, call, true).ok();
            return Ok(ours.is_ok());
        }
        match self.explain(call, &ours, &theirs) {
            Some(index) => met(differences, index),
            None => {
                let tell = |data: &Bytes| self.ours.names().call(data);
                let (told, to) = (tell(&call.data), call.to);
                prop_assert_eq!(ours, theirs, "{} to {}: ours, then OpenZeppelin's", told, to);
            }
        }
        Ok(false)
    }

    /// What both keep is the same, but for what only ours knows.
    fn compare_storage(&self) -> Result<(), TestCaseError> {
        let stored = |chain: &Chain| -> BTreeMap<U256, U256> {
            let all = chain.with_state(|state| state.storage_of(self.manager));
            let known = all.into_iter().map(|(slot, value)| {
                let is_settings = self.settings.contains(&slot);
                (slot, if is_settings { value & !FIXED } else { value })
            });
            known.filter(|(slot, value)| !value.is_zero() && *slot != U256::from(3)).collect()
        };
        prop_assert_eq!(stored(&self.ours), stored(&self.theirs));
        Ok(())
    }

    fn advance(&mut self, seconds: u64) {
        self.ours.advance(seconds);
        self.theirs.advance(seconds);
    }
}

#[test]
fn the_manager_does_what_openzeppelins_does_but_for_what_must_differ() {
    let origin = new();
    let (counts, differences) = (RefCell::new(BTreeMap::new()), Met::default());
    let story = prop::collection::vec(calls::step(), 1..=LONGEST);

    check(4_000, &story, |steps| {
        let mut pair = origin.clone();
        for step in steps {
            if let Step::Advance(seconds) = step {
                pair.advance(seconds);
                continue;
            }
            let call = pair.pool.named(&step, pair.ours.time());
            let accepted = pair.step(&call, &differences)?;
            if accepted {
                pair.pool.remember(&call, pair.manager);
            }
            let mut counts = counts.borrow_mut();
            let count: &mut [u32; 2] = counts.entry(call.name).or_default();
            count[usize::from(accepted)] += 1;
            pair.compare_storage()?;
        }
        Ok(())
    });

    struck_back(&origin, &differences);
    for (name, [rejected, accepted]) in counts.into_inner() {
        println!("{name}: {accepted} accepted, {rejected} rejected");
        // Nobody guesses what was scheduled: `take back` and `use directly` know.
        let is_guess = name == "cancel, consume";
        assert!(accepted > 50 || is_guess, "{name}: only {accepted} accepted");
        assert!(rejected > 50 || name == "views", "{name}: only {rejected} rejected");
    }
    let differences = differences.into_inner();
    for difference in DIFFERENCES {
        let met = differences.get(difference).copied().unwrap_or_default();
        println!("{difference}: {met} times");
        assert!(met > 0, "{difference}: never met");
    }
}

/// A target that schedules a call of the manager while the manager calls it.
fn struck_back(origin: &Pair, differences: &Met) {
    let mut pair = origin.clone();
    let [admin, .., alice] = pair.pool.people;
    let label = Manager::labelRoleCall { roleId: 9, label: String::new() };
    let schedule =
        Manager::scheduleCall { target: pair.manager, data: encoded(&label), when: time(0) };
    let manager = pair.manager;
    let outcomes = [&mut pair.ours, &mut pair.theirs].map(|chain| {
        let attacker = chain.create(alice, fixture("Reenterer").unwrap().init_code).ok().output;
        let grant = Manager::grantRoleCall {
            roleId: ADMIN,
            account: attacker,
            executionDelay: ADMIN_DELAY,
        };
        chain.send(admin, manager, grant).ok();
        let arm = IReenterer::armCall {
            target: manager,
            value: U256::ZERO,
            payload: encoded(&schedule),
            times: U256::ONE,
            insists: false,
        };
        chain.send(alice, attacker, arm).ok();
        let data = Bytes::from_static(b"strike");
        chain.send(admin, manager, Manager::executeCall { target: attacker, data }).ok();
        let told = chain.view(attacker, IReenterer::outcomeCall { index: U256::ZERO });
        let id = keccak256((attacker, manager, encoded(&label)).abi_encode_params());
        (told.ok, told.ret, chain.view(manager, Manager::getNonceCall { id }))
    });

    let selector = Manager::scheduleCall::SELECTOR.into();
    let refused: Bytes = Manager::ReentryRefused { selector }.abi_encode().into();
    assert_eq!(outcomes[0], (false, refused, 0));
    assert!(outcomes[1].0 && outcomes[1].2 == 1, "{outcomes:?}");
    met(differences, 8);
}

#[test]
fn both_sides_begin_with_the_same_storage() {
    let pair = new();

    pair.compare_storage().unwrap();

    let stored = pair.theirs.with_state(|state| state.storage_of(pair.manager));
    assert!(stored.iter().filter(|(_, value)| !value.is_zero()).count() > 8);
    assert_ne!(pair.ours.code(pair.manager), pair.theirs.code(pair.manager));
}
