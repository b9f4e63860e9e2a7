//! Permits of owners with code, who are asked by ERC-1271.

use super::fixtures::{IWallet, Mode};
use super::kit::*;
use super::signing::{as_bytes, in_parts};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};

const ONE: U256 = U256::ONE;
const SIGNATURE: [u8; 65] = [0x5a; 65];

/// A world with a wallet that answers as told.
fn with_wallet(mode: Mode, size: u64) -> (World, Address) {
    let mut world = world();
    let wallet = world.fixture("Wallet1271");
    let answer = IWallet::answerCall { mode: mode as u8, size: U256::from(size) };
    world.chain.send(world.alice, wallet, answer).ok();
    (world, wallet)
}

#[test]
fn a_wallet_that_confirms_grants_the_allowance() {
    let longer_answers = [(Mode::AcceptAll, 0), (Mode::Long, 1), (Mode::Long, 100_000)];
    for (mode, size) in longer_answers {
        let (mut world, wallet) = with_wallet(mode, size);
        let (bob, hub) = (world.bob, world.hub);
        let permit = world.permit(wallet, bob, ether(4));

        let receipt = world.chain.send(bob, hub, as_bytes(&permit, SIGNATURE)).ok();

        let (owner, spender) = (wallet, bob.address);
        let approved = event(&Hub::Approval { owner, spender, value: ether(4) });
        world.assert_logs(&receipt, &[approved]);
        assert_eq!(world.allowance(wallet, bob), ether(4));
        assert_eq!(world.nonce(wallet), ONE);
    }
}

#[test]
fn a_wallet_that_does_not_confirm_grants_nothing() {
    let modes = [
        Mode::Honest,
        Mode::WrongMagic,
        Mode::Short,
        Mode::Empty,
        Mode::DirtyPadding,
        Mode::RightAligned,
        Mode::Revert,
        Mode::RevertWithMagic,
        Mode::BurnGas,
    ];
    for mode in modes {
        let (mut world, wallet) = with_wallet(mode, 0);
        let (bob, hub) = (world.bob, world.hub);
        let permit = world.permit(wallet, bob, ether(4));
        let storage = world.storage();

        let refused = || Hub::ERC1271InvalidSignature { owner: wallet };
        world.chain.send(bob, hub, as_bytes(&permit, SIGNATURE)).fails_with(refused());
        let in_parts = in_parts(&permit, world.sign(bob, &permit));
        world.chain.send(bob, hub, in_parts).fails_with(refused());

        assert_eq!(world.storage(), storage, "{mode:?}");
    }
}

#[test]
fn a_wallet_is_asked_about_the_digest_and_the_signature_as_handed_in() {
    const LONGEST: usize = 4_096;
    for length in [0, 1, 31, 32, 33, 65, 100, LONGEST] {
        let (mut world, wallet) = with_wallet(Mode::Honest, 0);
        let (alice, bob, hub) = (world.alice, world.bob, world.hub);
        let permit = world.permit(wallet, bob, ether(4));
        let signature: Bytes = (0..length).map(|at| at as u8 | 1).collect();
        let (hash, signature_hash) = (world.digest(&permit), keccak256(&signature));
        let expect = |hash| IWallet::expectCall { hash, signatureHash: signature_hash };

        world.chain.send(alice, wallet, expect(B256::ZERO)).ok();
        let refused = Hub::ERC1271InvalidSignature { owner: wallet };
        let call = || as_bytes(&permit, signature.clone());
        world.chain.send(bob, hub, call()).fails_with(refused);
        world.chain.send(alice, wallet, expect(hash)).ok();
        world.chain.send(bob, hub, call()).ok();

        assert_eq!(world.allowance(wallet, bob), ether(4), "{length} bytes");
    }
}

#[test]
fn a_permit_in_parts_asks_about_r_s_v() {
    let (mut world, wallet) = with_wallet(Mode::Honest, 0);
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let permit = world.permit(wallet, bob, ether(4));
    // Not a signature of an account: a wallet may give the parts any meaning.
    let signature = Signature { v: 99, r: B256::repeat_byte(0xff), s: B256::repeat_byte(0xfe) };
    let (hash, signature_hash) = (world.digest(&permit), keccak256(signature.to_bytes()));
    let expect = IWallet::expectCall { hash, signatureHash: signature_hash };
    world.chain.send(alice, wallet, expect).ok();

    world.chain.send(bob, hub, in_parts(&permit, signature)).ok();

    assert_eq!(world.allowance(wallet, bob), ether(4));
}

#[test]
fn a_signature_longer_than_the_limit_is_not_handed_on() {
    const LONGEST: usize = 4_096;
    let (mut world, wallet) = with_wallet(Mode::AcceptAll, 0);
    let (bob, hub) = (world.bob, world.hub);
    let permit = world.permit(wallet, bob, ONE);

    let (length, limit) = (U256::from(LONGEST + 1), U256::from(LONGEST));
    let refused = Hub::SignatureTooLong { length, limit };
    world.chain.send(bob, hub, as_bytes(&permit, vec![0; LONGEST + 1])).fails_with(refused);
}

#[test]
fn a_wallet_cannot_change_the_hub_while_it_is_asked() {
    for mode in [Mode::Reenter, Mode::ReenterOrRefuse] {
        let (mut world, wallet) = with_wallet(mode, 0);
        let (alice, bob, hub) = (world.alice, world.bob, world.hub);
        let approve = Hub::approveCall { spender: alice.address, value: ether(9) };
        let aim = IWallet::aimCall { target: hub, payload: encoded(&approve) };
        world.chain.send(alice, wallet, aim).ok();
        let permit = world.permit(wallet, bob, ONE);

        let outcome = world.chain.send(bob, hub, as_bytes(&permit, SIGNATURE)).run();

        // The strike itself always fails; a wallet that minds refuses then.
        assert_eq!(outcome.is_ok(), mode == Mode::Reenter);
        assert_eq!(world.allowance(wallet, alice), U256::ZERO);
        let granted = if outcome.is_ok() { ONE } else { U256::ZERO };
        assert_eq!((world.allowance(wallet, bob), world.nonce(wallet)), (granted, granted));
    }
}

#[test]
fn a_wallet_may_read_the_hub_while_it_is_asked() {
    let (mut world, wallet) = with_wallet(Mode::ReenterOrRefuse, 0);
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let aim = IWallet::aimCall { target: hub, payload: encoded(&Hub::totalsCall {}) };
    world.chain.send(alice, wallet, aim).ok();
    let permit = world.permit(wallet, bob, ONE);

    world.chain.send(bob, hub, as_bytes(&permit, SIGNATURE)).ok();

    assert_eq!(world.allowance(wallet, bob), ONE);
}

#[test]
fn a_wallet_holds_and_moves_tokens_as_anybody_else() {
    let (mut world, wallet) = with_wallet(Mode::Revert, 0);
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let call = Hub::depositCall { receiver: wallet, tag: TAG };
    world.chain.send(alice, hub, call).value(ether(5)).ok();

    let transfer = Hub::transferCall { to: bob.address, value: ether(2) };
    let call = IWallet::executeCall { to: hub, value: U256::ZERO, data: encoded(&transfer) };
    world.chain.send(alice, wallet, call).ok();

    assert_eq!((world.balance(wallet), world.balance(bob)), (ether(3), ether(2)));
}

#[test]
fn an_account_that_delegated_its_code_is_asked_and_not_recovered() {
    let (mut world, wallet) = with_wallet(Mode::AcceptAll, 0);
    let (alice, bob, hub) = (world.alice, world.bob, world.hub);
    let delegation = [&[0xef, 0x01, 0x00], wallet.as_slice()].concat();
    world.chain.set_code(alice, delegation.into());
    let permit = world.permit(alice, bob, ether(4));
    let signature = world.sign(alice, &permit);

    // The delegate works on Alice's own storage, where it is set to be honest and expects nothing.
    let refused = Hub::ERC1271InvalidSignature { owner: alice.address };
    world.chain.send(bob, hub, in_parts(&permit, signature)).fails_with(refused);
    let answer = IWallet::answerCall { mode: Mode::AcceptAll as u8, size: U256::ZERO };
    world.chain.send(bob, alice.address, answer).ok();
    world.chain.send(bob, hub, as_bytes(&permit, [])).ok();

    assert_eq!(world.allowance(alice, bob), ether(4));
}
