//! Who may call what, cell by cell: the list, the page, the deployed manager, and what the compiled
//! programs do.

use std::collections::BTreeSet;

use super::super::kit::{Manager, selector_of};
use super::super::vault::kit::*;
use alloy_json_abi::{AbiItem, StateMutability};
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolError;
use emetis::Failure;
use emetis::abi::contracts;
use emetis::interfaces::{IRedemptionQueue as Queue, ISequencerStaking as Staking};
use emetis::stylus::trace::FrameTrace;
use emetis::suite::Params;
use emetis::suite::access::{self, Access, Entry, Managed, PROGRAMS, Role};

/// Words of arguments: as many as any function decodes, all zero.
const WORDS: usize = 10;
/// Every role and none, with who stands for it.
const CALLERS: usize = Role::ALL.len() + 1;

/// A call that every function can decode: zero amounts, zero addresses, empty bytes.
fn probe(entry: &Entry) -> Bytes {
    [&entry.selector()[..], &[0; 32 * WORDS]].concat().into()
}

/// The member of each role, and somebody who has none.
fn callers() -> [(Option<Role>, Address); CALLERS] {
    let params = Params::default();
    std::array::from_fn(|at| match Role::ALL.get(at) {
        Some(role) => (Some(*role), role.member(&params)),
        None => (None, Account::named("alice").address),
    })
}

/// How a caller without the role is refused.
fn refusal(entry: &Entry, caller: Address) -> Option<Vec<u8>> {
    match entry.access {
        Access::Role(_) => Some(Hub::AccessManagedUnauthorized { caller }.abi_encode()),
        Access::Own(role) => {
            let refused =
                Manager::AccessManagerUnauthorizedAccount { msgsender: caller, roleId: role.id() };
            Some(refused.abi_encode())
        }
        // Who comes too soon is told when anybody may.
        Access::Anyone | Access::Sooner(..) | Access::Only(_) => None,
    }
}

/// Everything that the programs store.
fn storage(world: &World) -> Vec<Vec<(U256, U256)>> {
    let of = |program: &Managed| {
        let address = (program.address)(&world.suite);
        world.chain.with_state(|state| state.storage_of(address))
    };
    PROGRAMS.iter().map(of).collect()
}

/// Every pair of a program and a function of its.
fn entries() -> impl Iterator<Item = (&'static Managed, &'static Entry)> {
    PROGRAMS.iter().flat_map(|program| program.entries.iter().map(move |entry| (program, entry)))
}

#[test]
fn the_list_names_every_function_that_changes_state_and_no_other() {
    let abis = contracts();

    for program in PROGRAMS {
        let abi = abis.iter().find(|abi| abi.name == program.name).expect("the ABI is known");
        let told = abi.items.iter().filter_map(|item| match item {
            AbiItem::Function(function) => Some(&**function),
            _ => None,
        });
        let changes: BTreeSet<String> = told
            .filter(|function| {
                matches!(
                    function.state_mutability,
                    StateMutability::NonPayable | StateMutability::Payable
                )
            })
            .map(|function| function.signature())
            .collect();
        let listed: BTreeSet<String> =
            program.entries.iter().map(|entry| entry.signature.to_owned()).collect();
        assert_eq!(listed, changes, "{}", program.name);
        assert_eq!(listed.len(), program.entries.len(), "{} names one twice", program.name);
    }
    let unlisted: Vec<_> = abis
        .iter()
        .map(|abi| abi.name)
        .filter(|name| PROGRAMS.iter().all(|program| program.name != *name))
        .collect();
    assert_eq!(unlisted, ["Lens"], "which has views alone");
}

#[test]
fn the_page_says_what_the_list_says() {
    let page = access::page().unwrap();

    assert!(page.text == page.expected, "run: cargo run --release -- access --write");
}

#[test]
fn a_deployed_manager_says_what_the_list_says() {
    let world = world();
    let (chain, manager) = (&world.chain, world.suite.access_manager);

    for (program, entry) in entries() {
        let (target, selector) = ((program.address)(&world.suite), entry.selector().into());
        let told = chain.view(manager, Manager::getTargetFunctionRoleCall { target, selector });
        let expected = match entry.access {
            Access::Role(role) | Access::Sooner(role, _) => role.id(),
            _ => Role::Admin.id(),
        };
        assert_eq!(told, expected, "{} of {}", entry.signature, program.name);
    }
    for (role, account) in callers() {
        for other in Role::ALL {
            let call = Manager::hasRoleCall { roleId: other.id(), account };
            let told = chain.view(manager, call);
            assert_eq!(told.isMember, role == Some(other), "{other:?} of {role:?}");
            assert_eq!(told.executionDelay, 0, "{other:?} of {role:?}, on the first day");
        }
    }
}

#[test]
fn each_role_has_the_delay_of_the_list_once_the_suite_is_set_up() {
    let mut world = world();
    world.chain.advance(days(1));

    for role in Role::ALL {
        let account = role.member(&Params::default());
        let call = Manager::hasRoleCall { roleId: role.id(), account };
        let told = world.chain.view(world.suite.access_manager, call);
        assert_eq!(
            (told.isMember, u64::from(told.executionDelay)),
            (true, role.delay()),
            "{role:?}"
        );
    }
}

#[test]
fn whoever_has_not_the_role_is_refused_and_changes_nothing_and_whoever_has_it_gets_past() {
    let origin = world();
    let before = storage(&origin);
    let (mut refused, mut passed) = (0, 0);

    for (program, entry) in entries() {
        for (role, caller) in callers() {
            let mut world = origin.clone();
            let target = (program.address)(&world.suite);

            let outcome = world.chain.send_raw(caller, target, probe(entry)).run();

            let Some(refusal) = refusal(entry, caller) else { continue };
            let is_refused = matches!(
                &outcome,
                Err(Failure::Revert { data, .. }) if data[..] == refusal[..]
            );
            let may = match entry.access {
                Access::Role(needed) | Access::Own(needed) => role == Some(needed),
                Access::Anyone | Access::Sooner(..) | Access::Only(_) => true,
            };
            let cell = format!("{} of {} by {role:?}", entry.signature, program.name);
            assert_eq!(is_refused, !may, "{cell}: {outcome:?}");
            if is_refused {
                assert_eq!(storage(&world), before, "{cell}");
                refused += 1;
            } else {
                passed += 1;
            }
        }
    }

    let restricted = entries()
        .filter(|(_, entry)| matches!(entry.access, Access::Role(_) | Access::Own(_)))
        .count();
    assert!(restricted >= 18, "three functions of hub and vault each, twelve of the manager");
    assert_eq!((refused, passed), (restricted * (CALLERS - 1), restricted));
}

#[test]
fn nobody_else_ever_meets_the_authority() {
    let unauthorized = Hub::AccessManagedUnauthorized::SELECTOR;
    let world = world();

    for (program, entry) in entries() {
        for (role, caller) in callers() {
            let mut world = world.clone();
            let target = (program.address)(&world.suite);
            let outcome = world.chain.send_raw(caller, target, probe(entry)).dry_run();

            let trace = world.chain.send_raw(caller, target, probe(entry)).trace().unwrap();

            let cell = format!("{} of {} by {role:?}", entry.signature, program.name);
            let asked = questions(&trace, world.suite.access_manager);
            let expected = usize::from(matches!(entry.access, Access::Role(_)));
            let is_manager = program.name == "AccessManager";
            assert!(is_manager || asked == expected, "{cell} asks {asked} times");
            let is_shut_out =
                outcome.is_err_and(|failure| failure.data().starts_with(&unauthorized));
            let is_restricted = matches!(entry.access, Access::Role(_))
                || entry.access == Access::Only("authority");
            assert!(!is_shut_out || is_restricted, "{cell}");
        }
    }
}

/// How often an account is called in a transaction to another.
pub(super) fn questions(frame: &FrameTrace, whom: Address) -> usize {
    frame.calls.iter().map(|call| usize::from(call.target == whom) + questions(call, whom)).sum()
}

#[test]
fn only_whom_the_list_names_gets_past_what_is_open_to_one() {
    let mut world = world();
    let (hub, vault, manager) = (world.hub, world.vault, world.suite.access_manager);
    let params = Params::default();
    let suite = world.suite;
    let (registry, court) = (suite.sequencer_registry, suite.slashing_court);
    let (queue, distributor) = (suite.redemption_queue, suite.distributor);
    let named = |who: &str| match who {
        "allocator" => Some(params.allocator),
        "pool" => Some(params.pool),
        "vault" => Some(vault),
        "hub" => Some(hub),
        "queue" => Some(queue),
        "authority" => Some(manager),
        "registry" => Some(registry),
        "court" => Some(court),
        "distributor" => Some(distributor),
        // Of a sequencer: there is none here, see `staking/callers.rs`.
        _ => None,
    };
    let refusals: [[u8; 4]; 10] = [
        Staking::CallerNotRegistry::SELECTOR,
        Staking::CallerNotCourt::SELECTOR,
        Staking::CallerNotDistributor::SELECTOR,
        Hub::CallerNotAllocator::SELECTOR,
        Hub::CallerNotVault::SELECTOR,
        Hub::CallerNotQueue::SELECTOR,
        Queue::CallerNotHub::SELECTOR,
        Vault::CallerNotAsset::SELECTOR,
        Vault::CallerNotPool::SELECTOR,
        Hub::AccessManagedUnauthorized::SELECTOR,
    ];
    let mut count = 0;

    for (program, entry) in entries().filter(|(program, _)| program.name != "AccessManager") {
        let Access::Only(who) = entry.access else { continue };
        let Some(who) = named(who) else { continue };
        let target = (program.address)(&world.suite);
        let all = callers().map(|(_, caller)| caller).into_iter();
        let programs = [hub, vault, queue, manager, registry, court, distributor];
        for caller in all.chain(programs).chain([params.allocator, params.pool]) {
            let outcome = world.chain.send_raw(caller, target, probe(entry)).dry_run();

            let data = outcome.err().map(|failure| failure.data()).unwrap_or_default();
            let is_refused = refusals.iter().any(|error| data.starts_with(error));
            let cell = format!("{} of {} by {caller}", entry.signature, program.name);
            assert_eq!(is_refused, caller != who, "{cell}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn a_function_that_is_given_away_is_open_to_the_new_role_alone() {
    let mut world = world();
    let (hub, manager) = (world.hub, world.suite.access_manager);
    let (treasury, curator) = (world.treasury.address, Params::default().curator);
    let give = Manager::setTargetFunctionRoleCall {
        target: hub,
        selectors: vec![selector_of::<Hub::sweepCall>().into()],
        roleId: Role::Curator.id(),
    };

    world.chain.send(Params::default().admin, manager, give).ok();

    let sweep = Hub::sweepCall { receiver: hub };
    let refused = Hub::AccessManagedUnauthorized { caller: treasury };
    world.chain.send(treasury, hub, sweep.clone()).fails_with(refused);
    world.chain.send(curator, hub, sweep).fails_with(Hub::ReceiverInvalid { receiver: hub });
}
