//! Construction, and a queue before it.

use super::kit::*;
use alloy_primitives::{Address, FixedBytes};
use alloy_sol_types::{SolCall, SolConstructor};
use emetis::interfaces::RedemptionQueue;

/// Calldata that constructs a queue.
fn constructor(hub: Address, authority: Address) -> Vec<u8> {
    let arguments = RedemptionQueue::constructorCall { hub, authority }.abi_encode();
    [&alloy_primitives::keccak256("stylus_constructor()")[..4], &arguments].concat()
}

pub(super) fn a_queue_is_constructed_once() {
    let mut world = unconstructed();
    let (alice, hub, authority) = (world.alice, world.hub, world.suite.access_manager);
    let data = constructor(hub, authority);

    let receipt = world.chain.send_raw(alice, world.queue, data.clone()).ok();

    let expected = [
        world.of_queue(&Queue::AuthorityUpdated { authority }),
        world.of_queue(&Queue::Constructed { hub, authority }),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.told(Queue::hubCall {}), hub);
    assert_eq!(world.told(Queue::authorityCall {}), authority);
    assert_eq!(world.told(Queue::batchLengthCall {}), word(LENGTH));
    assert_eq!(world.totals(), Totals { front: 1, ..Totals::default() });
    let before = world.everything();
    let repeated = world.chain.send_raw(alice, world.queue, data);
    repeated.fails_with(Queue::ConstructionRepeated {});
    assert_eq!(world.everything(), before);
}

#[test]
fn a_queue_is_constructed_once_with_its_hub_and_its_authority() {
    a_queue_is_constructed_once();
}

#[test]
fn the_hub_is_neither_zero_nor_the_queue_and_an_authority_has_code() {
    let mut world = unconstructed();
    let (alice, queue, hub) = (world.alice, world.queue, world.hub);
    let manager = world.suite.access_manager;

    for program in [Address::ZERO, queue] {
        // The hub is looked at before the authority.
        for authority in [manager, alice.address] {
            let call = world.chain.send_raw(alice, queue, constructor(program, authority));
            call.fails_with(Queue::ProgramInvalid { program });
        }
    }
    for authority in [Address::ZERO, alice.address] {
        let call = world.chain.send_raw(alice, queue, constructor(hub, authority));
        call.fails_with(Queue::AccessManagedInvalidAuthority { authority });
    }
    assert_eq!(world.told(Queue::hubCall {}), Address::ZERO);
}

#[test]
fn before_its_construction_a_queue_takes_nothing_in_and_has_no_ticket() {
    let mut world = unconstructed();
    let (alice, keeper, treasury) = (world.alice, world.keeper, world.treasury);
    let (receiver, ticket, nominal) = (alice.address, number(1, 1), ether(1));
    let missing = |selector: [u8; 4]| Queue::ConstructionMissing { selector: selector.into() };
    let nowhere = Queue::ERC721NonexistentToken { tokenId: ticket };

    // Even where nothing else is right.
    let call = Queue::requestRedeemCall { nominal: ZERO, receiver: Address::ZERO };
    world.refuses(alice, call, missing(Queue::requestRedeemCall::SELECTOR));
    let call = Queue::requestRedeemsCall { nominals: vec![], receiver: Address::ZERO };
    world.refuses(alice, call, missing(Queue::requestRedeemsCall::SELECTOR));
    let (deadline, v, r, s) = (ALL, 27, FixedBytes::ZERO, FixedBytes::ZERO);
    let call = Queue::requestRedeemWithPermitCall { nominal, receiver, deadline, v, r, s };
    world.refuses(alice, call, missing(Queue::requestRedeemWithPermitCall::SELECTOR));
    let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    world.refuses(keeper, call, missing(Queue::finalizeCall::SELECTOR));
    world.refuses(alice, Queue::cancelCall { ticket, receiver }, nowhere.clone());
    world.refuses(alice, Queue::claimCall { ticket, receiver }, nowhere);
    let shut = Queue::AccessManagedUnauthorized { caller: treasury.address };
    world.refuses(treasury, Queue::sweepCall { receiver }, shut);
    assert_eq!(world.totals(), Totals::default());
    assert_eq!(world.batch(1), (Queue::State::None, [ZERO; 3]));
}
