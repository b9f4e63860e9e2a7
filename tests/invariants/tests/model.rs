//! The model itself: what it takes for granted holds, and what it remembers changes nothing.

use alloy_primitives::{Address, U256, address};
use alloy_sol_types::sol;
use emetis::Failure;
use emetis::campaign::{Subject, Tally};

use super::kit::release;
use crate::invariants::action::{Action, Actor, Amount, Flaw, Program};
use crate::invariants::encode::transaction;
use crate::invariants::model::{Message, Signed};

sol! {
    #[derive(Debug)]
    function onLoss(uint256 provisioned, uint256 realised) external;
}

/// The precompile for P-256 signatures.
const P256: Address = address!("0000000000000000000000000000000000000100");

#[test]
fn precompiles_take_metis_or_not_as_the_model_says() {
    const BEYOND_THE_LAST: u8 = 0x20;
    let mut world = release().world();
    let payer = world.cast.account(Actor::Alice);

    for receiver in (1..BEYOND_THE_LAST).map(Address::with_last_byte).chain([P256]) {
        let sent = world.chain.send_raw(payer, receiver, []).value(U256::ONE).dry_run();

        assert_eq!(world.model.accounts.takes_metis(receiver), sent.is_ok(), "{receiver}");
    }
}

#[test]
fn precompiles_are_told_of_losses_or_not_as_the_model_says() {
    const BEYOND_THE_LAST: u8 = 0x20;
    /// What a pool is given, and the transaction itself.
    const GAS: u64 = 330_000;
    let mut world = release().world();
    let payer = world.cast.account(Actor::Alice);
    let told = onLossCall { provisioned: U256::ZERO, realised: U256::ZERO };

    for pool in (1..BEYOND_THE_LAST).map(Address::with_last_byte).chain([P256]) {
        let sent = world.chain.send(payer, pool, told.clone()).gas(GAS).dry_run();

        let refused = matches!(sent, Err(Failure::Revert { .. } | Failure::OutOfGas { .. }));
        let refused = refused
            || matches!(&sent, Err(Failure::Trap { why, .. }) if why.contains("Precompile"));
        assert_eq!(world.model.accounts.hears(pool), !refused, "{pool}: {sent:?}");
    }
}

#[test]
fn contracts_take_metis_or_not_as_the_model_says() {
    let mut world = release().world();
    let payer = world.cast.account(Actor::Alice);

    for actor in Actor::ALL {
        let receiver = world.cast.address(actor);
        let sent = world.chain.send_raw(payer, receiver, []).value(U256::ONE).dry_run();

        assert_eq!(world.model.accounts.takes_metis(receiver), sent.is_ok(), "{actor:?}");
    }
}

#[test]
fn remembered_signatures_change_no_verdict() {
    let world = release().world();
    for flaw in Flaw::ALL {
        for token in Program::TOKENS {
            let (caller, owner, spender) = (Actor::Bob, Actor::Alice, Actor::Mallory);
            let value = Amount::Exact(U256::from(7));
            let permit =
                Action::Permit { token, caller, owner, spender, value, flaw, split: false };
            let call = transaction(&world, &permit);
            let (digest, signature, signer) = call.signed.unwrap();
            let message =
                Message { to: token, caller: call.caller, value: call.value, data: &call.data };

            let (mut knows, mut forgets) = (world.model.clone(), world.model.clone());
            knows.signed.remember(digest, &signature, signer);
            forgets.signed = Signed::default();

            let [known, worked_out] = [&mut knows, &mut forgets].map(|model| model.call(&message));
            assert_eq!(known, worked_out, "{flaw:?} of {token:?}");
            assert_eq!(known.is_ok(), flaw == Flaw::None, "{flaw:?} of {token:?}");
        }
    }
}

#[test]
fn a_model_that_is_wrong_is_found_out() {
    // The other way round than a mutant: the program is right.
    let origin = release();
    let mut world = origin.world();
    world.model.vault.books.ledger += U256::ONE;
    let redeem = Action::VaultRedeem {
        caller: Actor::Alice,
        receiver: Actor::Alice,
        owner: Actor::Alice,
        shares: Amount::Balance(0),
        least: None,
    };

    let found = origin.step(&mut world, &redeem, &mut Tally::new(origin.properties()));

    assert_eq!(found.unwrap_err().property, "MODEL");
}
