//! Stories told by hand.

use alloy_primitives::{Address, Bytes, U256};
use emetis::{Failure, ether};

use super::interface::Vesting::{
    AmountZero, BeneficiaryZero, Cancelled, DurationZero, GuardianZero, NoSuchGrant, NotGuardian,
    NothingDue, Opened, Released, cancelCall, constructorCall, grantOfCall, openCall, openedCall,
    releasableCall, releaseCall,
};
use super::kit::{DURATION, HONEST, Stage};

#[test]
fn a_grant_is_paid_out_as_time_passes() {
    let mut stage = Stage::new();
    let (vesting, alice, bob) = (stage.vesting, stage.alice, stage.bob);
    let open = openCall { beneficiary: bob.address, duration: DURATION };

    let receipt = stage.chain.send(alice, vesting, open).value(ether(100)).ok();
    let id = receipt.output;
    receipt.emitted(Opened {
        id,
        funder: alice.address,
        beneficiary: bob.address,
        amount: ether(100),
        duration: DURATION,
    });

    stage.chain.advance(DURATION / 4);
    assert_eq!(stage.chain.view(vesting, releasableCall { id }), ether(25));
    let receipt = stage.chain.send(alice, vesting, releaseCall { id }).ok();
    receipt.emitted(Released { id, beneficiary: bob.address, amount: ether(25) });
    assert_eq!(receipt.output, ether(25));
    assert_eq!(stage.chain.balance(bob), ether(25));

    stage.chain.advance(DURATION);
    stage.chain.send(bob, vesting, releaseCall { id }).ok();
    assert_eq!(stage.chain.balance(bob), ether(100));
    assert_eq!(stage.chain.balance(vesting), U256::ZERO);
    stage.chain.send(bob, vesting, releaseCall { id }).fails_with(NothingDue { id });
}

#[test]
fn nothing_is_due_in_the_second_a_grant_opens() {
    let mut stage = Stage::new();
    let id = stage.open(stage.bob, ether(1));

    stage.chain.send(stage.bob, stage.vesting, releaseCall { id }).fails_with(NothingDue { id });

    assert_eq!(stage.chain.balance(stage.vesting), ether(1));
}

#[test]
fn a_grant_needs_somebody_money_and_time() {
    let mut stage = Stage::new();
    let (vesting, alice, bob) = (stage.vesting, stage.alice, stage.bob.address);
    let id = U256::ZERO;

    let nobody = openCall { beneficiary: Address::ZERO, duration: DURATION };
    stage.chain.send(alice, vesting, nobody).value(ether(1)).fails_with(BeneficiaryZero {});
    let free = openCall { beneficiary: bob, duration: DURATION };
    stage.chain.send(alice, vesting, free).fails_with(AmountZero {});
    let at_once = openCall { beneficiary: bob, duration: 0 };
    stage.chain.send(alice, vesting, at_once).value(ether(1)).fails_with(DurationZero {});

    assert_eq!(stage.chain.view(vesting, openedCall {}), U256::ZERO);
    stage.chain.send(alice, vesting, releaseCall { id }).fails_with(NoSuchGrant { id });
}

#[test]
fn the_guardian_alone_cancels_and_everybody_gets_their_part() {
    let mut stage = Stage::new();
    let (vesting, alice, bob) = (stage.vesting, stage.alice, stage.bob);
    let id = stage.open(bob, ether(100));
    stage.chain.advance(DURATION / 10);
    let before = stage.chain.balance(alice);

    let refused = NotGuardian { caller: alice.address };
    stage.chain.send(alice, vesting, cancelCall { id }).fails_with(refused);
    let receipt = stage.chain.send(stage.guardian, vesting, cancelCall { id }).ok();

    receipt.emitted(Cancelled { id, paid: ether(10), returned: ether(90) });
    assert_eq!(stage.chain.balance(bob), ether(10));
    assert_eq!(stage.chain.balance(alice), before + ether(90));
    stage.chain.advance(DURATION);
    stage.chain.send(bob, vesting, releaseCall { id }).fails_with(NothingDue { id });
}

#[test]
fn a_dry_run_tells_the_amount_and_pays_nothing() {
    let mut stage = Stage::new();
    let id = stage.open(stage.bob, ether(100));
    stage.chain.advance(DURATION / 2);

    let receipt = stage.chain.send(stage.bob, stage.vesting, releaseCall { id }).dry_run().unwrap();

    assert_eq!(receipt.output, ether(50));
    assert_eq!(stage.chain.balance(stage.bob), U256::ZERO);
    assert_eq!(stage.chain.view(stage.vesting, releasableCall { id }), ether(50));
}

#[test]
fn looking_up_a_grant_that_is_not_there_traps() {
    let mut stage = Stage::new();
    let id = stage.open(stage.bob, ether(1));
    let (vesting, beneficiary) = (stage.vesting, stage.bob.address);
    let at = |place| grantOfCall { beneficiary, place: U256::from(place) };

    assert_eq!(stage.chain.view(vesting, at(0)), id);
    stage.chain.send(stage.bob, vesting, at(1)).traps();
}

#[test]
fn money_sent_to_what_takes_none_comes_back() {
    let mut stage = Stage::new();
    let (vesting, alice) = (stage.vesting, stage.alice);
    let id = stage.open(stage.bob, ether(1));
    stage.chain.advance(DURATION);

    let failure = stage.chain.send(alice, vesting, releaseCall { id }).value(ether(1)).run();
    let plain = stage.chain.send_raw(alice, vesting, Bytes::new()).value(ether(1)).run();

    assert!(matches!(failure, Err(Failure::Revert { .. })), "{failure:?}");
    assert!(matches!(plain, Err(Failure::Revert { .. })), "{plain:?}");
    assert_eq!(stage.chain.balance(vesting), ether(1));
}

#[test]
fn a_constructor_runs_once_and_takes_no_zero_guardian() {
    let mut stage = Stage::new();
    let again = constructorCall { guardian: stage.alice.address };
    let zero = constructorCall { guardian: Address::ZERO };
    let fresh = stage.chain.deploy_program(stage.alice, &HONEST.code);

    let second = stage.chain.construct(stage.alice, stage.vesting, again.clone()).run();
    stage.chain.construct(stage.alice, fresh, zero).fails_with(GuardianZero {});

    assert!(matches!(second, Err(Failure::Revert { .. })), "{second:?}");
    stage.chain.construct(stage.alice, fresh, again).ok();
}

#[test]
fn too_little_gas_runs_out_and_leaves_everything_as_it_was() {
    const TOO_LITTLE: u64 = 40_000;
    let mut stage = Stage::new();
    let id = stage.open(stage.bob, ether(1));
    stage.chain.advance(DURATION);

    stage
        .chain
        .send(stage.bob, stage.vesting, releaseCall { id })
        .gas(TOO_LITTLE)
        .runs_out_of_gas();

    assert_eq!(stage.chain.view(stage.vesting, releasableCall { id }), ether(1));
}

#[test]
fn a_clone_of_the_world_is_a_snapshot_of_it() {
    let mut stage = Stage::new();
    let id = stage.open(stage.bob, ether(1));
    let before = stage.chain.clone();

    stage.chain.advance(DURATION);
    stage.chain.send(stage.bob, stage.vesting, releaseCall { id }).ok();

    assert_eq!(before.balance(stage.vesting), ether(1));
    assert_eq!(before.time() + DURATION, stage.chain.time());
}

#[test]
fn a_call_tree_speaks_the_contracts_language() {
    let mut stage = Stage::new();
    let id = stage.open(stage.bob, ether(1));
    stage.chain.advance(DURATION);

    let receipt = stage.chain.send(stage.alice, stage.vesting, releaseCall { id }).traced().ok();

    let tree = stage.chain.render(&receipt.trace.unwrap());
    for part in ["alice → vesting", "releaseCall", "vesting → bob", "Released", "program: entry"]
    {
        assert!(tree.contains(part), "{part} is not in\n{tree}");
    }
}
