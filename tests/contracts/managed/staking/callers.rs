//! What is open to an owner, to whom it proposed, to its recipient, to a program: caller by caller.

use std::collections::BTreeSet;

use super::super::super::staking::busy::*;
use super::super::super::staking::kit::*;
use alloy_primitives::{Address, Bytes};
use alloy_sol_types::SolError;
use emetis::suite::Params;
use emetis::suite::access::{Access, Entry, Role};

/// Everybody there is: members of roles, programs, owners and those who have to do with them.
fn callers(world: &World) -> BTreeSet<Address> {
    let params = Params::default();
    let roles = Role::ALL.map(|role| role.member(&params));
    let people = [world.operator, world.rival, world.alice, world.keeper, owner_of(FREE)];
    let suite = world.suite;
    let others = [suite.distributor, suite.quota, world.pool];
    let all = roles.into_iter().chain(people.map(Address::from)).chain(suite.programs());
    all.chain(others).collect()
}

/// Who may call, and how everybody else is refused.
fn rule(busy: &Busy, entry: &Entry, caller: Address) -> Option<(Vec<Address>, Bytes)> {
    let world = &busy.world;
    let (operator, rival, alice) =
        (world.operator.address, world.rival.address, world.alice.address);
    let (registry, court) = (world.registry, world.court);
    let distributor = world.suite.distributor;
    let Access::Only(who) = entry.access else { return None };
    let owner = if entry.signature == "unjail(uint256)" { owner_of(FREE) } else { world.operator };
    let owner = owner.address;
    Some(match who {
        "the sequencer's owner" => {
            (vec![owner], Staking::CallerNotOwner { caller, owner }.abi_encode().into())
        }
        "whom the owner proposed" => {
            let refused = Staking::CallerNotPendingOwner { caller, pendingOwner: rival };
            (vec![rival], refused.abi_encode().into())
        }
        "the sequencer's owner, its recipient" => {
            let refused = Staking::CallerNotRecipient { caller, rewardRecipient: alice };
            (vec![operator, alice], refused.abi_encode().into())
        }
        "registry" => {
            let refused = Staking::CallerNotRegistry { caller, registry };
            (vec![registry], refused.abi_encode().into())
        }
        "court" => (vec![court], Staking::CallerNotCourt { caller, court }.abi_encode().into()),
        "distributor" => {
            let refused = Staking::CallerNotDistributor { caller, distributor };
            (vec![distributor], refused.abi_encode().into())
        }
        "authority" => {
            let refused = Staking::AccessManagedUnauthorized { caller };
            (vec![world.suite.access_manager], refused.abi_encode().into())
        }
        other => panic!("{other} has no rule"),
    })
}

#[test]
fn who_is_not_named_is_refused_by_name_and_changes_nothing() {
    let origin = busy();
    let everybody = callers(&origin.world);
    let (mut refused, mut passed) = (0, 0);

    for program in programs_here() {
        let target = (program.address)(&origin.world.suite);
        for entry in program.entries {
            for caller in &everybody {
                let Some((allowed, refusal)) = rule(&origin, entry, *caller) else { continue };
                let call = good(&origin, program, entry);
                let mut world = origin.world.clone();
                world.chain.deal(*caller, call.value);
                let before = world.storage();

                let call = world.chain.send_raw(*caller, target, call.data).value(call.value);
                let outcome = call.run();

                let cell = format!("{} of {} by {caller}", entry.signature, program.name);
                if allowed.contains(caller) {
                    assert!(outcome.is_ok(), "{cell}: {outcome:?}");
                    passed += 1;
                } else {
                    let data = outcome.expect_err(&cell).data();
                    assert_eq!(data, refusal, "{cell}");
                    let after: Vec<_> =
                        world.storage().into_iter().map(|(slots, _)| slots).collect();
                    let before: Vec<_> = before.into_iter().map(|(slots, _)| slots).collect();
                    assert_eq!(after, before, "{cell}");
                    refused += 1;
                }
            }
        }
    }

    let named = programs_here()
        .flat_map(|program| program.entries)
        .filter(|entry| matches!(entry.access, Access::Only(_)))
        .count();
    // Owner and recipient both claim the commission.
    assert_eq!(passed, named + 1);
    assert_eq!(refused, named * everybody.len() - passed);
}
