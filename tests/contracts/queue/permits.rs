//! Requests with an allowance that is signed for.

use super::super::fixtures::{IWallet, Mode};
use super::super::signing::{Permit, domain, in_parts, twin};
use super::kit::*;
use alloy_primitives::{Address, Bytes, FixedBytes, U256};
use alloy_sol_types::{SolCall, SolStruct};
use emetis::Signature;

/// What Dora asks for.
const NOMINAL: u64 = 5;

/// A world in which Dora has eMETIS and allows nobody anything, and what she signs.
fn stage() -> (World, Account, Permit) {
    let mut world = world();
    let dora = world.chain.account("dora");
    world.mint(dora, ether(NOMINAL));
    let permit = Permit {
        owner: dora.address,
        spender: world.queue,
        value: ether(NOMINAL),
        nonce: ZERO,
        deadline: world.now() + word(hours(1)),
    };
    (world, dora, permit)
}

fn sign(world: &World, signer: Account, permit: &Permit) -> Signature {
    signer.sign(permit.eip712_signing_hash(&domain(world.chain.chain_id(), world.hub)))
}

/// Dora's request, with a permit.
fn request(permit: &Permit, signature: Signature) -> Queue::requestRedeemWithPermitCall {
    let Signature { v, r, s } = signature;
    let (nominal, receiver, deadline) = (ether(NOMINAL), permit.owner, permit.deadline);
    Queue::requestRedeemWithPermitCall { nominal, receiver, deadline, v, r, s }
}

#[test]
fn a_permit_and_a_request_are_one_call() {
    let (mut world, dora, permit) = stage();
    let (hub, queue, nominal, ticket) = (world.hub, world.queue, ether(NOMINAL), number(1, 1));
    let closes = world.now() + word(LENGTH);

    let call = request(&permit, sign(&world, dora, &permit));
    let receipt = world.does(dora, call);

    assert_eq!(receipt.output, ticket);
    let (caller, owner, requested) = (dora.address, dora.address, nominal);
    let expected = [
        world.of_hub(&Hub::Approval { owner, spender: queue, value: nominal }),
        world.of_queue(&Queue::BatchOpened { batch: word(1), closes }),
        world.of_queue(&Queue::Requested { caller, owner, ticket, nominal, requested }),
        world.moved(Address::ZERO, dora, ticket),
        world.paid(dora, queue, nominal),
    ];
    world.assert_logs(&receipt, &expected);
    assert_eq!(world.chain.view(hub, Hub::noncesCall { owner }), U256::ONE);
    assert_eq!(world.chain.view(hub, Hub::allowanceCall { owner, spender: queue }), ZERO);
}

pub(super) fn a_permit_that_somebody_hands_in_before() {
    let (mut quiet, dora, permit) = stage();
    let signature = sign(&quiet, dora, &permit);
    let mut world = quiet.clone();
    let (keeper, hub) = (world.keeper, world.hub);

    quiet.does(dora, request(&permit, signature));
    world.chain.send(keeper, hub, in_parts(&permit, signature)).ok();
    let ticket = world.does(dora, request(&permit, signature)).output;

    assert_eq!(ticket, number(1, 1));
    assert_eq!(world.everything(), quiet.everything());
}

#[test]
fn a_permit_that_somebody_hands_in_before_changes_nothing_of_what_comes_of_it() {
    a_permit_that_somebody_hands_in_before();
}

#[test]
fn a_flawed_permit_stops_nothing_if_the_allowance_is_there_and_gives_none_if_not() {
    let (origin, dora, good) = stage();
    let (hub, queue, needed) = (origin.hub, origin.queue, ether(NOMINAL));
    let late = Permit { deadline: origin.now() - U256::ONE, ..good.clone() };
    let old = Permit { nonce: word(1), ..good.clone() };
    let less = Permit { value: needed - U256::ONE, ..good.clone() };
    let signed = |permit: &Permit| sign(&origin, dora, permit);
    let none = Signature { v: 27, r: FixedBytes::ZERO, s: FixedBytes::ZERO };
    let flawed = [
        request(&late, signed(&late)),
        request(&good, signed(&old)),
        request(&good, signed(&less)),
        request(&good, sign(&origin, origin.bob, &good)),
        request(&good, twin(signed(&good))),
        request(&good, Signature { v: 0, ..signed(&good) }),
        request(&good, none),
    ];

    for call in flawed {
        let mut world = origin.clone();
        let (spender, allowance) = (queue, ZERO);
        let refused = Queue::ERC20InsufficientAllowance { spender, allowance, needed };
        world.refuses(dora, call.clone(), refused);

        let allow = Hub::approveCall { spender: queue, value: needed };
        world.chain.send(dora, hub, allow).ok();
        assert_eq!(world.does(dora, call).output, number(1, 1));
        let owner = dora.address;
        assert_eq!(world.chain.view(hub, Hub::noncesCall { owner }), ZERO);
        assert_eq!(world.chain.view(hub, Hub::allowanceCall { owner, spender }), ZERO);
    }
}

#[test]
fn a_permit_is_for_the_caller_alone_and_everything_else_is_checked_as_without_it() {
    let (mut world, dora, permit) = stage();
    let (keeper, queue) = (world.keeper, world.queue);
    let call = request(&permit, sign(&world, dora, &permit));

    let (spender, allowance, needed) = (queue, ZERO, ether(NOMINAL));
    let refused = Queue::ERC20InsufficientAllowance { spender, allowance, needed };
    world.refuses(keeper, call.clone(), refused);
    let receiver = Address::ZERO;
    let nowhere = Queue::requestRedeemWithPermitCall { receiver, ..call.clone() };
    world.refuses(dora, nowhere, Queue::ERC721InvalidReceiver { receiver });
    let nominal = LEAST - U256::ONE;
    let small = Queue::requestRedeemWithPermitCall { nominal, ..call.clone() };
    world.refuses(dora, small, Queue::RequestTooSmall { nominal, min: LEAST });
    // A byte has eight bits.
    let mut data = call.abi_encode();
    data[4 + 3 * 32 + 30] = 1;
    let selector = Queue::requestRedeemWithPermitCall::SELECTOR.into();
    let refused = Queue::ArgumentsInvalid { selector, size: word(data.len() as u64) };
    world.chain.send_raw(dora, queue, data).fails_with(refused);
}

#[test]
fn a_wallet_that_is_a_contract_is_asked_by_the_hub() {
    let mut world = world();
    let (keeper, queue) = (world.keeper, world.queue);
    let wallet = world.fixture("Wallet1271");
    world.mint(wallet, ether(NOMINAL));
    let (deadline, r, s) = (world.now(), FixedBytes::ZERO, FixedBytes::ZERO);
    let (nominal, receiver, v) = (ether(NOMINAL), wallet, 27);
    let call = Queue::requestRedeemWithPermitCall { nominal, receiver, deadline, v, r, s };
    let execute = IWallet::executeCall { to: queue, value: ZERO, data: encoded(&call) };

    for (mode, is_taken) in [(Mode::Revert, false), (Mode::BurnGas, false), (Mode::AcceptAll, true)]
    {
        let answer = IWallet::answerCall { mode: mode as u8, size: ZERO };
        world.chain.send(keeper, wallet, answer).ok();
        let outcome: Result<Receipt<Bytes>, _> =
            world.chain.send(keeper, wallet, execute.clone()).run();
        assert_eq!(outcome.is_ok(), is_taken, "{mode:?}: {outcome:?}");
    }
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: number(1, 1) }), wallet);
    // And if it burns its gas, the allowance is as good as with any flawed permit.
    let burns = IWallet::answerCall { mode: Mode::BurnGas as u8, size: ZERO };
    world.chain.send(keeper, wallet, burns).ok();
    world.mint(wallet, ether(NOMINAL));
    let allow = Hub::approveCall { spender: queue, value: ether(NOMINAL) };
    world.chain.send(Account::at(wallet), world.hub, allow).ok();
    world.chain.send(keeper, wallet, execute).ok();
    assert_eq!(world.told(Queue::ownerOfCall { tokenId: number(1, 2) }), wallet);
}
