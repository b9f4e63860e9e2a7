//! The escrow and EVM code: as caller, as somebody who refuses money, and as somebody who asks for
//! more while being paid.

use alloy_primitives::{Address, Bytes, U256, hex};
use alloy_sol_types::SolCall;
use emetis::ether;

use super::interface::Vesting::{
    AmountZero, NothingDue, Opened, PaymentRefused, openCall, releaseCall,
};
use super::kit::{DURATION, Stage};

/// Where EVM code is put.
const MACHINE: Address = Address::repeat_byte(0xee);

/// Reverts at once: PUSH0 PUSH0 REVERT.
pub(super) const REFUSER: [u8; 3] = hex!("5f5ffd");

/// Passes calldata and money on to a contract, and what it answers back.
fn forwarder(to: Address) -> Bytes {
    let call = hex!("365f5f375f5f365f3473");
    // Reverts with the answer unless the call succeeded, at byte 0x2a.
    let answer = hex!("5af13d5f5f3e602a573d5ffd5b3d5ff3");
    [&call[..], to.as_slice(), &answer].concat().into()
}

/// Whenever it is paid, asks its payer to release grant 0 again. If it `insists`, it takes no money
/// unless that succeeds.
fn greedy(insists: bool) -> Bytes {
    let selector = hex!("63");
    let call = hex!("60e01b5f525f5f60245f5f335af1");
    // ISZERO PUSH1 0x18 JUMPI STOP JUMPDEST PUSH0 PUSH0 REVERT, or STOP.
    let end: &[u8] = if insists { &hex!("15601857005b5f5ffd") } else { &hex!("00") };
    [&selector[..], &releaseCall::SELECTOR, &call, end].concat().into()
}

fn stage_with(code: impl Into<Bytes>) -> Stage {
    let mut stage = Stage::new();
    stage.chain.set_code(MACHINE, code.into());
    stage.chain.label(MACHINE, "machine");
    stage
}

#[test]
fn evm_code_opens_a_grant_and_hears_the_answer() {
    let mut stage = Stage::new();
    stage.chain.set_code(MACHINE, forwarder(stage.vesting));
    let open = openCall { beneficiary: stage.bob.address, duration: DURATION };

    let receipt = stage.chain.send(stage.alice, MACHINE, open.clone()).value(ether(3)).ok();

    assert_eq!(receipt.output, U256::ZERO);
    receipt.emitted(Opened {
        id: U256::ZERO,
        funder: MACHINE,
        beneficiary: stage.bob.address,
        amount: ether(3),
        duration: DURATION,
    });
    assert_eq!(stage.chain.balance(stage.vesting), ether(3));
    stage.chain.send(stage.alice, MACHINE, open).fails_with(AmountZero {});
}

#[test]
fn a_beneficiary_that_refuses_money_leaves_it_in_the_escrow() {
    let mut stage = stage_with(REFUSER);
    let id = stage.open(MACHINE, ether(1));
    stage.chain.advance(DURATION);

    let refused = PaymentRefused { receiver: MACHINE, amount: ether(1) };
    stage.chain.send(stage.bob, stage.vesting, releaseCall { id }).fails_with(refused);

    assert_eq!(stage.chain.balance(stage.vesting), ether(1));
}

#[test]
fn a_beneficiary_that_asks_again_while_it_is_paid_is_paid_once() {
    let mut stage = stage_with(greedy(false));
    let id = stage.open(MACHINE, ether(2));
    let other = stage.open(stage.bob, ether(2));
    stage.chain.advance(DURATION / 2);

    stage.chain.send(stage.bob, stage.vesting, releaseCall { id }).ok();

    assert_eq!(stage.chain.balance(MACHINE), ether(1));
    stage.chain.send(stage.bob, stage.vesting, releaseCall { id }).fails_with(NothingDue { id });
    stage.chain.send(stage.bob, stage.vesting, releaseCall { id: other }).ok();
}

#[test]
fn a_beneficiary_that_insists_on_more_gets_nothing() {
    let mut stage = stage_with(greedy(true));
    let id = stage.open(MACHINE, ether(2));
    stage.chain.advance(DURATION / 2);

    let refused = PaymentRefused { receiver: MACHINE, amount: ether(1) };
    stage.chain.send(stage.bob, stage.vesting, releaseCall { id }).fails_with(refused);

    assert_eq!(stage.chain.balance(MACHINE), U256::ZERO);
}
