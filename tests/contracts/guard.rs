//! Re-entry: state-changing entries refuse it, views answer with true figures.

use super::fixtures::{IBatcher, IReenterer};
use super::kit::*;
use super::signing::{as_bytes, in_parts};
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};
use emetis::suite::Params;
use emetis::suite::access::Role;

const ONE: U256 = U256::ONE;
const DONATION: u64 = 3;

/// A world in which a sweep pays a contract that strikes back. It has tokens and METIS.
fn stage() -> (World, Address) {
    let mut world = world();
    let attacker = world.fixture("Reenterer");
    let call = Hub::depositCall { receiver: attacker, tag: TAG };
    world.chain.send(world.alice, world.hub, call).value(ether(10)).ok();
    world.chain.deal(attacker, ether(1));
    world.donate(ether(DONATION));
    (world, attacker)
}

/// Sweeps to the attacker, who calls `target` so and so often, and returns what came of it.
fn strike(
    world: &mut World,
    attacker: Address,
    (target, value, payload): (Address, U256, Bytes),
    times: u64,
) -> Vec<(bool, Bytes)> {
    let times = U256::from(times);
    let arm = IReenterer::armCall { target, value, payload, times, insists: false };
    world.chain.send(world.alice, attacker, arm).ok();
    world.chain.send(world.treasury, world.hub, Hub::sweepCall { receiver: attacker }).ok();
    let strikes: u64 = world.chain.view(attacker, IReenterer::strikesCall {}).to();
    let outcome = |index| IReenterer::outcomeCall { index: U256::from(index) };
    let told = (0..strikes).map(|index| world.chain.view(attacker, outcome(index)));
    told.map(|outcome| (outcome.ok, outcome.ret)).collect()
}

/// A good call of every state-changing entry, from the attacker.
fn changes(world: &World, attacker: Address) -> Vec<(U256, Bytes)> {
    let bob = world.bob;
    let permit = world.permit(world.alice, attacker, ether(9));
    let signature = world.sign(world.alice, &permit);
    let zero = U256::ZERO;
    vec![
        (ONE, encoded(&Hub::depositCall { receiver: attacker, tag: TAG })),
        (ONE, encoded(&Hub::receiveRewardsCall { receiver: attacker })),
        (zero, encoded(&Hub::sweepCall { receiver: attacker })),
        (zero, encoded(&Hub::transferCall { to: bob.address, value: ONE })),
        (zero, encoded(&Hub::approveCall { spender: bob.address, value: ONE })),
        (zero, encoded(&Hub::transferFromCall { from: attacker, to: bob.address, value: zero })),
        (zero, encoded(&in_parts(&permit, signature))),
        (zero, encoded(&as_bytes(&permit, signature.to_bytes()))),
        (zero, world.suite.hub_constructor(&Params::default()).into()),
        (ONE, encoded(&Hub::depositAndStakeCall { receiver: attacker, minShares: zero, tag: TAG })),
        (zero, encoded(&Hub::burnCall { assets: zero })),
        (zero, encoded(&Hub::redeemNowCall { nominal: ONE, minAssets: zero, receiver: attacker })),
        (zero, encoded(&Hub::fillCall { nominal: zero, assets: zero })),
        (zero, encoded(&Hub::placeCall { assets: ONE })),
        (ONE, encoded(&Hub::receiveUnbondedCall {})),
        (ONE, encoded(&Hub::receiveBackingCall {})),
        (zero, encoded(&Hub::settleCall { loss: zero, pending: zero, until: zero })),
        (zero, encoded(&Hub::collectFeesCall { receiver: attacker })),
        (zero, encoded(&Hub::setRedemptionCall { feeBps: zero, dailyBps: zero })),
        (zero, encoded(&Hub::pauseCall { duration: 1 })),
        (zero, encoded(&Hub::unpauseCall {})),
        (zero, encoded(&Hub::setAuthorityCall { authority: world.suite.access_manager })),
    ]
}

fn refused(payload: &Bytes) -> Bytes {
    let selector: [u8; 4] = payload[..4].try_into().unwrap();
    Hub::ReentryRefused { selector: selector.into() }.abi_encode().into()
}

#[test]
fn no_entry_that_changes_state_can_be_re_entered() {
    let (origin, attacker) = stage();
    for (value, payload) in changes(&origin, attacker) {
        let mut quiet = origin.clone();
        strike(&mut quiet, attacker, (attacker, U256::ZERO, Bytes::new()), 0);
        let mut world = origin.clone();

        let strikes = (world.hub, value, payload.clone());
        let outcomes = strike(&mut world, attacker, strikes, 3);

        // As many strikes, one after the other, as often refused; and nothing else is different.
        assert_eq!(outcomes, vec![(false, refused(&payload)); 3]);
        assert_eq!(world.storage(), quiet.storage());
        assert_eq!(world.metis(world.hub), quiet.metis(quiet.hub));
        assert_eq!(world.metis(attacker), quiet.metis(attacker));
        assert_eq!(world.metis(attacker), ether(1 + DONATION));
    }
}

#[test]
fn every_view_answers_truly_while_the_hub_is_out() {
    let (origin, attacker) = stage();
    let (owner, receiver, account) = (attacker, attacker, attacker);
    let views: Vec<Bytes> = vec![
        encoded(&Hub::nameCall {}),
        encoded(&Hub::symbolCall {}),
        encoded(&Hub::decimalsCall {}),
        encoded(&Hub::totalSupplyCall {}),
        encoded(&Hub::balanceOfCall { account }),
        encoded(&Hub::allowanceCall { owner, spender: owner }),
        encoded(&Hub::noncesCall { owner }),
        encoded(&Hub::DOMAIN_SEPARATORCall {}),
        encoded(&Hub::eip712DomainCall {}),
        encoded(&Hub::bufferCall {}),
        encoded(&Hub::placedCall {}),
        encoded(&Hub::backingCall {}),
        encoded(&Hub::shortfallCall {}),
        encoded(&Hub::totalsCall {}),
        encoded(&Hub::maxDepositCall { receiver }),
        encoded(&Hub::pendingLossCall {}),
        encoded(&Hub::previewRedeemNowCall { nominal: ONE }),
        encoded(&Hub::maxRedeemNowCall { owner }),
        encoded(&Hub::instantRedemptionCall {}),
        encoded(&Hub::vaultCall {}),
        encoded(&Hub::queueCall {}),
        encoded(&Hub::allocatorCall {}),
        encoded(&Hub::authorityCall {}),
    ];
    for payload in views {
        let mut world = origin.clone();

        let strikes = (world.hub, U256::ZERO, payload.clone());
        let outcomes = strike(&mut world, attacker, strikes, 1);

        let told = world.chain.send_raw(world.alice, world.hub, payload.clone()).ok().output;
        assert_eq!(outcomes, [(true, told)], "{payload}");
    }
}

#[test]
fn re_entry_by_way_of_another_contract_is_refused_as_well() {
    let (mut world, attacker) = stage();
    let hub = world.hub;
    let batcher = world.fixture("Batcher");
    let deposit = encoded(&Hub::depositCall { receiver: attacker, tag: TAG });
    let call = IBatcher::Call { target: hub, value: ONE, data: deposit.clone() };
    let batch = encoded(&IBatcher::batchCall { calls: vec![call], atomic: false });

    let outcomes = strike(&mut world, attacker, (batcher, ONE, batch), 1);

    let results = IBatcher::batchCall::abi_decode_returns(&outcomes[0].1).unwrap();
    assert_eq!((results[0].ok, &results[0].ret), (false, &refused(&deposit)));
}

#[test]
fn the_lock_is_gone_once_the_sweep_is_over_even_in_the_same_transaction() {
    for is_refused in [false, true] {
        let (mut world, attacker) = stage();
        let (alice, hub) = (world.alice, world.hub);
        let batcher = world.fixture("Batcher");
        world.grant(Role::Treasury, batcher, 0);
        let payload = encoded(&Hub::transferCall { to: alice.address, value: ONE });
        let (times, value) = (ONE, U256::ZERO);
        let arm = IReenterer::armCall { target: hub, value, payload, times, insists: is_refused };
        world.chain.send(alice, attacker, arm).ok();
        let data = [
            encoded(&Hub::sweepCall { receiver: attacker }),
            encoded(&Hub::depositCall { receiver: alice.address, tag: TAG }),
        ];
        let [sweep, deposit] = data.map(|data| IBatcher::Call { target: hub, value, data });
        let deposit = IBatcher::Call { value: ONE, ..deposit };

        let batch = IBatcher::batchCall { calls: vec![sweep, deposit], atomic: false };
        let results = world.chain.send(alice, batcher, batch).value(ONE).ok().output;

        assert_eq!((results[0].ok, results[1].ok), (!is_refused, true));
        assert_eq!(world.balance(alice), ONE);
    }
}

#[test]
fn calling_the_hub_twice_in_a_transaction_is_no_re_entry() {
    let mut world = world();
    let (alice, hub) = (world.alice, world.hub);
    let batcher = world.fixture("Batcher");
    let data = encoded(&Hub::depositCall { receiver: alice.address, tag: TAG });
    let call = IBatcher::Call { target: hub, value: ONE, data };

    let batch = IBatcher::batchCall { calls: vec![call.clone(), call], atomic: true };
    let two = U256::from(2);
    world.chain.send(alice, batcher, batch).value(two).ok();

    assert_eq!(world.balance(alice), two);
}
