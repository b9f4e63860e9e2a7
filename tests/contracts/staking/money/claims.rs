//! What has unbonded is paid.

use super::super::kit::*;
use alloy_primitives::{Address, U256};

const WEI: U256 = U256::ONE;

/// A world in which Alice's 4,000 METIS and 500 of the bond unbond in one bucket.
fn leaving() -> (World, U256, U256) {
    let (mut world, id) = running();
    let bucket = world.undelegate(world.alice, id, ether(4_000));
    let assets = ether(500);
    world.does(world.operator, Staking::requestBondUnlockCall { id, assets });
    (world, id, bucket)
}

fn claim(id: U256, buckets: &[U256], receiver: impl Into<Address>) -> Staking::claimUnlockedCall {
    Staking::claimUnlockedCall { id, buckets: buckets.to_vec(), receiver: receiver.into() }
}

#[test]
fn what_has_unbonded_is_paid_to_whom_the_caller_names_from_the_second_on_that_it_matures() {
    let (mut world, id, bucket) = leaving();
    let (alice, receiver) = (world.alice, world.keeper.address);
    let matures = world.matures(id, bucket);
    let (ledger, metis) = (world.ledger(), world.metis(world.staking));

    world.chain.warp_to(matures - 1);
    world.refuses(alice, claim(id, &[bucket], receiver), Staking::NothingToClaim {});
    world.chain.advance(1);
    let receipt = world.tells(alice, claim(id, &[bucket], receiver), U256::ZERO);

    let (account, assets) = (alice.address, ether(4_000));
    let told = Staking::UnlockedClaimed { account, id, receiver, assets };
    world.assert_logs(&receipt, &[event(&told)]);
    assert_eq!((receipt.output, world.metis(receiver)), (assets, assets));
    assert_eq!((world.ledger(), world.metis(world.staking)), (ledger - assets, metis - assets));
    let held = world.asks(Staking::bucketCall { id, number: bucket });
    assert_eq!((held.nominal, held.assets, held.paid), (assets, assets, assets));
    assert_eq!(world.claimable(world.operator, id, bucket), ether(500));
    world.refuses(alice, claim(id, &[bucket], receiver), Staking::NothingToClaim {});
}

#[test]
fn delegation_and_bond_of_one_account_are_paid_together() {
    let mut world = world();
    let operator = world.operator;
    let id = world.register(operator, world.signer, BOND);
    world.delegate(operator, id, ether(3_000));
    let bucket = world.undelegate(operator, id, ether(3_000));
    world.does(operator, Staking::requestBondUnlockCall { id, assets: ether(2_000) });
    world.chain.warp_to(world.matures(id, bucket));
    let account = operator.address;

    let entry = world.asks(Staking::entryCall { account, id, number: bucket });
    let receipt = world.tells(operator, claim(id, &[bucket], account), U256::ZERO);

    assert_eq!(
        (entry.nominal, entry.paid, entry.claimable),
        (ether(5_000), U256::ZERO, ether(5_000))
    );
    let told = Staking::UnlockedClaimed { account, id, receiver: account, assets: ether(5_000) };
    world.assert_logs(&receipt, &[event(&told)]);
    assert_eq!(world.metis(world.staking), U256::ZERO);
}

#[test]
fn buckets_listed_twice_or_unknown_or_not_mature_add_what_they_can() {
    let (mut world, id, bucket) = leaving();
    let alice = world.alice;
    world.chain.advance(days(1));
    let later = world.undelegate(alice, id, ether(1_000));
    world.chain.warp_to(world.matures(id, bucket));
    let unknown = [U256::ZERO, bucket + WEI, U256::ONE << 32, U256::MAX];

    world.refuses(alice, claim(id, &unknown, alice), Staking::NothingToClaim {});
    let buckets = [&unknown[..], &[later, bucket, bucket, later]].concat();
    let paid = world.does(alice, claim(id, &buckets, alice));

    assert_eq!(paid, ether(4_000));
    assert_eq!(world.claimable(alice, id, bucket), U256::ZERO);
    world.chain.warp_to(world.matures(id, later));
    assert_eq!(world.claim(alice, id, later), ether(1_000));
}

#[test]
fn nobody_claims_what_is_anothers_or_nowhere() {
    let (mut world, id, bucket) = leaving();
    let (alice, keeper) = (world.alice, world.keeper);
    world.chain.warp_to(world.matures(id, bucket));

    world.refuses(keeper, claim(id, &[bucket], keeper), Staking::NothingToClaim {});
    world.refuses(alice, claim(id, &[], alice), Staking::NothingToClaim {});
    for id in [U256::ZERO, U256::from(9), U256::MAX] {
        world.refuses(alice, claim(id, &[bucket], alice), Staking::NothingToClaim {});
    }
}

#[test]
fn receivers_that_metis_would_be_lost_with_are_refused() {
    let (mut world, id, bucket) = leaving();
    let (alice, operator) = (world.alice, world.operator);
    world.chain.warp_to(world.matures(id, bucket));

    for receiver in [Address::ZERO, world.staking] {
        let refused = || Staking::ReceiverInvalid { receiver };
        world.refuses(alice, claim(id, &[bucket], receiver), refused());
        world.refuses(alice, claim(U256::MAX, &[], receiver), refused());
        let rewards = Staking::claimRewardsCall { ids: vec![], receiver };
        world.refuses(alice, rewards, refused());
        let commission = Staking::claimCommissionCall { id, receiver };
        world.refuses(operator, commission, refused());
        let sweep = Staking::sweepCall { receiver };
        world.refuses(world.treasury, sweep, refused());
    }
}

#[test]
fn a_receiver_that_refuses_loses_nothing() {
    let (mut world, id, bucket) = leaving();
    let (alice, refuser) = (world.alice, create(&mut world.chain, "Refuser"));
    world.chain.warp_to(world.matures(id, bucket));

    for receiver in [refuser, world.suite.distributor, world.court, world.suite.access_manager] {
        let refused = Staking::PaymentFailed { receiver, assets: ether(4_000) };
        world.refuses(alice, claim(id, &[bucket], receiver), refused);
    }

    assert_eq!(world.claim(alice, id, bucket), ether(4_000));
}

/// A slash leaves a third of a wei to each: nobody gets more than is there, and the last gets what
/// is left to it.
#[test]
fn entries_of_a_bucket_that_was_slashed_are_rounded_down() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let people = ["ann", "ben", "cid"].map(|name| world.person(name));
    let shares = people.map(|who| world.delegate(who, id, ether(10_000) + WEI));
    let buckets = [0, 1, 2].map(|at| world.undelegate(people[at], id, shares[at]));
    world.slash(id);
    world.chain.warp_to(world.matures(id, buckets[0]));

    let held = world.asks(Staking::bucketCall { id, number: buckets[0] });
    let paid = people.map(|who| world.claim(who, id, buckets[0]));

    assert_eq!(buckets, [buckets[0]; 3]);
    let fair = held.assets / U256::from(3);
    assert_eq!(paid, [fair; 3]);
    assert!(held.assets - fair * U256::from(3) < U256::from(3));
}
