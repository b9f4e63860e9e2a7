//! The entrance: what any call to the manager meets first.

use super::kit::*;
use alloy_primitives::{Bytes, U256};
use alloy_sol_types::{SolCall, SolInterface};
use emetis::interfaces::AccessManagerCalls;

/// The longest calldata, in bytes.
const LONGEST: usize = 8_192;

#[test]
fn metis_is_refused_by_every_entry_but_execute() {
    let mut world = world();
    let (alice, manager) = (world.alice, world.manager);

    for selector in AccessManagerCalls::selectors() {
        let outcome =
            world.chain.send_raw(alice, manager, selector.to_vec()).value(U256::ONE).run();
        let refused = Manager::ValueRefused { selector: selector.into(), value: U256::ONE };
        let is_refused = outcome.is_err_and(|failure| failure.is(&refused));
        assert_eq!(is_refused, selector != Manager::executeCall::SELECTOR, "{selector:02x?}");
    }

    assert_eq!(world.chain.balance(manager), U256::ZERO);
}

#[test]
fn calldata_beyond_the_limit_is_refused() {
    let mut world = world();
    let mut data = Manager::expirationCall::SELECTOR.to_vec();
    data.resize(LONGEST + 1, 0);

    let (size, limit) = (U256::from(LONGEST + 1), U256::from(LONGEST));
    let refused = Manager::CalldataTooLong { size, limit };
    world.chain.send_raw(world.alice, world.manager, data.clone()).fails_with(refused);
    data.pop();
    world.chain.send_raw(world.alice, world.manager, data).ok();
}

#[test]
fn the_longest_operation_is_scheduled_and_made() {
    let mut world = settled();
    let (curator, jar) = (world.curator, world.jar);
    // A schedule has five words and a selector around it.
    let mut data = tip().to_vec();
    data.resize(LONGEST - 4 - 5 * 32, 0xee);
    let mut data = Bytes::from(data);
    data.truncate((LONGEST - 4 - 5 * 32) / 32 * 32);

    let id = world.schedule(curator, jar, &data).ok().output.operationId;
    world.chain.advance(u64::from(CURATOR_DELAY));

    assert_eq!(id, world.id(curator, jar, &data));
    world.execute(curator, jar, &data).ok().emitted(world.tipped(world.manager, U256::ZERO));
}

/// Good calldata of some entries, and the bytes of it that must be zero, the first and the last of
/// each stretch.
fn good_calls(world: &World) -> Vec<(Bytes, Vec<usize>)> {
    let (account, target) = (world.alice.address, world.jar);
    vec![
        (
            encoded(&Manager::grantRoleCall { roleId: 9, account, executionDelay: 1 }),
            vec![4, 27, 36, 47, 68, 95],
        ),
        (encoded(&Manager::setTargetAdminDelayCall { target, newDelay: 1 }), vec![4, 15, 36, 63]),
        (encoded(&Manager::setTargetClosedCall { target, closed: true }), vec![4, 15, 36, 66]),
        (encoded(&functions(target, &[[1; 4]], 9)), vec![4, 15, 68, 91, 136, 163]),
        (
            encoded(&Manager::scheduleCall { target, data: tip(), when: time(9) }),
            vec![4, 15, 68, 93],
        ),
        (
            encoded(&Manager::canCallCall { caller: account, target, selector: [1; 4].into() }),
            vec![4, 15, 36, 47, 72, 99],
        ),
    ]
}

#[test]
fn arguments_that_are_cut_or_dirty_are_refused() {
    let mut world = world();
    let (admin, manager) = (world.admin, world.manager);

    for (data, zeros) in good_calls(&world) {
        let refused =
            |size| Manager::ArgumentsInvalid { selector: selector(&data), size: U256::from(size) };
        for size in [4, 35, 67] {
            let cut = data.slice(..size);
            world.chain.send_raw(admin, manager, cut).fails_with(refused(size));
        }
        for place in zeros {
            let mut dirty = data.to_vec();
            assert_eq!(dirty[place], 0, "{data}, {place}");
            dirty[place] = 2;
            world.chain.send_raw(admin, manager, dirty).fails_with(refused(data.len()));
        }
    }
}

#[test]
fn operations_of_the_manager_without_the_argument_that_decides_are_refused() {
    let mut world = world();
    let (admin, manager, account) = (world.admin, world.manager, world.alice.address);
    let grant = encoded(&Manager::grantRoleCall { roleId: 9, account, executionDelay: 1 });
    let close = encoded(&Manager::setTargetClosedCall { target: account, closed: true });
    let cut = |data: &Bytes| data.slice(..35);
    let dirty = |data: &Bytes| {
        let mut data = data.to_vec();
        data[4] = 1;
        Bytes::from(data)
    };

    for data in [cut(&grant), dirty(&grant), cut(&close), dirty(&close)] {
        let call = Manager::executeCall { target: manager, data };
        let size = U256::from(call.abi_encoded_size() + 4);
        let selector = Manager::executeCall::SELECTOR.into();
        world.send(admin, call).fails_with(Manager::ArgumentsInvalid { selector, size });
    }
}

#[test]
fn no_failure_is_bare() {
    let mut world = world();
    let (alice, manager) = (world.alice, world.manager);

    for selector in AccessManagerCalls::selectors() {
        for size in (4..300).step_by(7) {
            for filler in [0, 1, 0xff] {
                let mut data = selector.to_vec();
                data.resize(size, filler);
                let outcome = world.chain.send_raw(alice, manager, data).dry_run();
                if let Err(failure) = outcome {
                    assert!(failure.data().len() >= 4, "{selector:02x?}, {size}: {failure:?}");
                }
            }
        }
    }
}
