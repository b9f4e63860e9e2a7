//! Allowances by signature, of accounts without code.

use super::fixtures::IPermitter;
use super::kit::*;
use super::signing::{HALF_ORDER, Permit, as_bytes, domain, in_parts, twin};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::{Eip712Domain, SolStruct, sol};
use emetis_common::mutants::{FOREIGN_CHAIN, FOREIGN_CONTRACT, FOREIGN_TYPE};

const ONE: U256 = U256::ONE;

sol! {
    /// What an exchange may have its users sign: the same fields under another name.
    struct Order {
        address owner;
        address spender;
        uint256 value;
        uint256 nonce;
        uint256 deadline;
    }
}

#[test]
fn a_permit_sets_the_allowance_and_uses_up_the_nonce() {
    for split in [true, false] {
        let mut world = world();
        let (alice, bob, carol, hub) = (world.alice, world.bob, world.carol, world.hub);
        let permit = world.permit(alice, bob, ether(4));
        let signature = world.sign(alice, &permit);

        // Anyone may hand it in.
        let receipt = if split {
            world.chain.send_raw(carol, hub, encoded(&in_parts(&permit, signature))).ok()
        } else {
            let call = as_bytes(&permit, signature.to_bytes());
            world.chain.send_raw(carol, hub, encoded(&call)).ok()
        };

        let (owner, spender) = (alice.address, bob.address);
        let approved = event(&Hub::Approval { owner, spender, value: ether(4) });
        world.assert_logs(&receipt, &[approved]);
        assert!(receipt.output.is_empty());
        assert_eq!(world.allowance(alice, bob), ether(4));
        assert_eq!((world.nonce(alice), world.nonce(bob)), (ONE, U256::ZERO));
    }
}

#[test]
fn a_permit_replaces_the_allowance_whatever_its_value() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);

    for (count, value) in [ONE, U256::MAX, U256::ZERO, ether(1)].into_iter().enumerate() {
        let permit = world.permit(alice, bob, value);
        let signature = world.sign(alice, &permit);
        world.chain.send(bob, hub, in_parts(&permit, signature)).ok();
        assert_eq!(world.allowance(alice, bob), value);
        assert_eq!(world.nonce(alice), U256::from(count + 1));
    }
}

#[test]
fn a_permit_works_once() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, bob, ether(4));
    let signature = world.sign(alice, &permit);
    world.chain.send(bob, hub, in_parts(&permit, signature)).ok();

    for _ in 0..2 {
        let failure = world.chain.send(bob, hub, in_parts(&permit, signature)).run().err().unwrap();
        assert_stranger(&failure, alice);
    }
    let other_form = as_bytes(&permit, signature.to_bytes());
    let failure = world.chain.send(bob, hub, other_form).run().err().unwrap();
    assert_stranger(&failure, alice);

    assert_eq!(world.nonce(alice), ONE);
}

#[test]
fn a_permit_is_good_until_the_second_of_its_deadline() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let now = U256::from(world.chain.time());

    for deadline in [now, U256::MAX, U256::ONE << 128] {
        let permit = Permit { deadline, ..world.permit(alice, bob, ONE) };
        let signature = world.sign(alice, &permit);
        world.chain.send(bob, hub, in_parts(&permit, signature)).ok();
    }
    for deadline in [now - ONE, U256::ZERO] {
        let permit = Permit { deadline, ..world.permit(alice, bob, ONE) };
        let signature = world.sign(alice, &permit);
        let late = || Hub::ERC2612ExpiredSignature { deadline };
        world.chain.send(bob, hub, in_parts(&permit, signature)).fails_with(late());
        let call = as_bytes(&permit, signature.to_bytes());
        world.chain.send(bob, hub, call).fails_with(late());
    }
    let permit = Permit { deadline: now + ONE, ..world.permit(alice, bob, ONE) };
    let signature = world.sign(alice, &permit);
    world.chain.advance(2);
    let late = Hub::ERC2612ExpiredSignature { deadline: now + ONE };
    world.chain.send(bob, hub, in_parts(&permit, signature)).fails_with(late);
}

#[test]
fn nobody_cannot_be_permitted() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, Address::ZERO, ONE);
    let signature = world.sign(alice, &permit);

    let refused = Hub::ERC20InvalidSpender { spender: Address::ZERO };
    world.chain.send(bob, hub, in_parts(&permit, signature)).fails_with(refused);
}

#[test]
fn the_signature_of_somebody_else_is_refused_by_name() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, bob, ONE);
    let signature = world.sign(bob, &permit);

    let (signer, owner) = (bob.address, alice.address);
    let refused = || Hub::ERC2612InvalidSigner { signer, owner };
    world.chain.send(bob, hub, in_parts(&permit, signature)).fails_with(refused());
    let call = as_bytes(&permit, signature.to_bytes());
    world.chain.send(bob, hub, call).fails_with(refused());
}

#[test]
fn a_signature_of_nobody_is_not_the_zero_address() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    // No point of the curve has this coordinate, so nobody is recovered.
    let broken = Signature { v: 27, r: B256::repeat_byte(0xff), s: B256::with_last_byte(1) };

    for owner in [alice.address, Address::ZERO] {
        let permit = world.permit(owner, bob, ONE);
        let refused = Hub::ERC2612InvalidSigner { signer: Address::ZERO, owner };
        world.chain.send(bob, hub, in_parts(&permit, broken)).fails_with(refused);
    }
}

#[test]
fn what_was_signed_cannot_be_bent() {
    let mut world = world();
    let (alice, bob, carol, hub) = (world.alice, world.bob, world.carol, world.hub);
    let permit = world.permit(alice, bob, ether(1));
    let signature = world.sign(alice, &permit);

    let bent = [
        Permit { spender: carol.address, ..permit.clone() },
        Permit { value: ether(2), ..permit.clone() },
        Permit { deadline: permit.deadline + ONE, ..permit.clone() },
    ];
    for permit in &bent {
        let failure = world.chain.send(bob, hub, in_parts(permit, signature)).run().err().unwrap();
        assert_stranger(&failure, alice);
    }
    // With another owner it is another message, so it is not even Alice who seems to have signed.
    let owned = Permit { owner: carol.address, ..permit };
    let failure = world.chain.send(bob, hub, in_parts(&owned, signature)).run().err().unwrap();
    assert_stranger(&failure, carol);
    assert_ne!(decoded::<Hub::ERC2612InvalidSigner>(&failure).signer, alice.address);
}

#[test]
fn the_recovery_byte_is_27_or_28() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, bob, ONE);
    let signature = world.sign(alice, &permit);

    for v in [0, 1, 26, 29, 255] {
        let odd = Signature { v, ..signature };
        let refused = || Hub::ECDSAInvalidSignatureV { v };
        world.chain.send(bob, hub, in_parts(&permit, odd)).fails_with(refused());
        world.chain.send(bob, hub, as_bytes(&permit, odd.to_bytes())).fails_with(refused());
    }
    let swapped = Signature { v: 55 - signature.v, ..signature };
    let failure = world.chain.send(bob, hub, in_parts(&permit, swapped)).run().err().unwrap();
    assert_stranger(&failure, alice);
}

#[test]
fn the_malleable_twin_of_a_signature_is_refused() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, bob, ONE);
    let twin = twin(world.sign(alice, &permit));

    let refused = || Hub::ECDSAInvalidSignatureS { s: twin.s };
    world.chain.send(bob, hub, in_parts(&permit, twin)).fails_with(refused());
    world.chain.send(bob, hub, as_bytes(&permit, twin.to_bytes())).fails_with(refused());

    let edge = |s: U256| Signature { s: s.into(), ..twin };
    let failure = world.chain.send(bob, hub, in_parts(&permit, edge(HALF_ORDER))).run().err();
    assert_stranger(&failure.unwrap(), alice);
    let s = B256::from(HALF_ORDER + ONE);
    let refused = Hub::ECDSAInvalidSignatureS { s };
    world.chain.send(bob, hub, in_parts(&permit, edge(s.into()))).fails_with(refused);
}

#[test]
fn an_account_without_code_signs_with_65_bytes() {
    const LONGEST: usize = 4_096;
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, bob, ONE);
    let mut signature = world.sign(alice, &permit).to_bytes();

    for length in [0, 1, 64, 66, LONGEST] {
        signature.resize(length, 0);
        let refused = Hub::ECDSAInvalidSignatureLength { length: U256::from(length) };
        world.chain.send(bob, hub, as_bytes(&permit, signature.clone())).fails_with(refused);
    }
    signature.resize(LONGEST + 1, 0);
    let (length, limit) = (U256::from(LONGEST + 1), U256::from(LONGEST));
    let refused = Hub::SignatureTooLong { length, limit };
    world.chain.send(bob, hub, as_bytes(&permit, signature)).fails_with(refused);
}

#[test]
fn of_several_flaws_a_permit_names_the_first() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let zero = U256::ZERO;
    let mut permit = Permit { deadline: zero, ..world.permit(alice, Address::ZERO, ONE) };
    let high = B256::repeat_byte(0xff);
    let broken = Signature { v: 1, r: B256::ZERO, s: high };

    let late = Hub::ERC2612ExpiredSignature { deadline: zero };
    world.chain.send(bob, hub, in_parts(&permit, broken)).fails_with(late);
    permit.deadline = U256::MAX;
    let refused = Hub::ERC20InvalidSpender { spender: Address::ZERO };
    world.chain.send(bob, hub, in_parts(&permit, broken)).fails_with(refused);
    permit.spender = bob.address;
    let refused = Hub::ECDSAInvalidSignatureV { v: 1 };
    world.chain.send(bob, hub, in_parts(&permit, broken)).fails_with(refused);
    let refused = Hub::ECDSAInvalidSignatureS { s: high };
    world
        .chain
        .send(bob, hub, in_parts(&permit, Signature { v: 27, ..broken }))
        .fails_with(refused);
}

#[test]
fn a_permit_for_another_contract_or_chain_is_refused() {
    let mut world = world();
    let (alice, bob, carol, hub) = (world.alice, world.bob, world.carol, world.hub);
    let permit = world.permit(alice, bob, ONE);
    let here = CHAIN_ID;

    let elsewhere = [
        domain(here + 1, hub),
        domain(0, hub),
        domain(FOREIGN_CHAIN, hub),
        domain(here, carol.address),
        domain(here, FOREIGN_CONTRACT),
        Eip712Domain { name: Some("eMETIS".into()), ..domain(here, hub) },
        Eip712Domain { version: Some("2".into()), ..domain(here, hub) },
        Eip712Domain { salt: Some(B256::ZERO), ..domain(here, hub) },
    ];
    for domain in elsewhere {
        let signature = alice.sign(permit.eip712_signing_hash(&domain));
        let failure = world.chain.send(bob, hub, in_parts(&permit, signature)).run().err().unwrap();
        assert_stranger(&failure, alice);
    }
}

#[test]
fn a_signature_for_another_purpose_is_no_permit() {
    let mut world = world();
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(alice, bob, ONE);
    let Permit { owner, spender, value, nonce, deadline } = permit.clone();
    let order = Order { owner, spender, value, nonce, deadline };
    assert_eq!(Order::eip712_encode_type(), FOREIGN_TYPE);

    let signature = alice.sign(order.eip712_signing_hash(&world.domain()));
    let bare = alice.sign(permit.eip712_hash_struct());

    for signature in [signature, bare] {
        let failure = world.chain.send(bob, hub, in_parts(&permit, signature)).run().err().unwrap();
        assert_stranger(&failure, alice);
    }
    assert_eq!(world.nonce(alice), U256::ZERO);
}

#[test]
fn who_hands_in_a_permit_before_an_integration_does_not_harm_it() {
    for (split, is_front_run) in [(true, false), (true, true), (false, false), (false, true)] {
        let mut world = world();
        let (alice, bob, carol, hub) = (world.alice, world.bob, world.carol, world.hub);
        let permitter = world.fixture("Permitter");
        world.mint(alice, ether(10));
        let permit = world.permit(alice, permitter, ether(4));
        let signature = world.sign(alice, &permit);
        let Signature { v, r, s } = signature;
        let (token, value, deadline, receiver) = (hub, ether(4), permit.deadline, carol.address);
        if is_front_run {
            world.chain.send(bob, hub, in_parts(&permit, signature)).ok();
        }

        let permitted = if split {
            let call = IPermitter::pull_0Call { token, value, deadline, v, r, s, receiver };
            world.chain.send(alice, permitter, call).ok().output
        } else {
            let signature = signature.to_bytes().into();
            let call = IPermitter::pull_1Call { token, value, deadline, signature, receiver };
            world.chain.send(alice, permitter, call).ok().output
        };

        assert_eq!(permitted, !is_front_run);
        assert_eq!((world.balance(alice), world.balance(carol)), (ether(6), ether(4)));
        assert_eq!(world.allowance(alice, permitter), U256::ZERO);
        assert_eq!(world.nonce(alice), ONE);
    }
}

/// Asserts that the signature was found to be of some account that is not the owner.
#[track_caller]
fn assert_stranger(failure: &Failure, owner: Account) {
    let error = decoded::<Hub::ERC2612InvalidSigner>(failure);
    assert_eq!(error.owner, owner.address);
    assert_ne!(error.signer, owner.address);
}
