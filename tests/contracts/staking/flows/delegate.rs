//! METIS in, rewards out, METIS back.

use super::super::kit::*;
use alloy_primitives::U256;

#[test]
fn a_delegation_earns_its_part_and_comes_back_after_21_days() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.person("bob"));
    let id = world.register(world.operator, world.signer, BOND);
    let before = [alice, bob].map(|who| world.metis(who));
    world.delegate(alice, id, ether(12_000));
    let shares = world.delegate(bob, id, ether(6_000));

    // 10 % commission; of the other 90 the bond earns 2,000 / 20,000, Alice 12, Bob 6 of 20.
    world.reward(id, ether(100));
    assert_eq!([alice, bob].map(|who| world.earned(who, id)), [ether(54), ether(27)]);
    let told = world.chain.view(world.staking, Staking::rewardsCall { id });
    assert_eq!(told.operator, ether(19));

    for (who, earned) in [(alice, ether(54)), (bob, ether(27))] {
        let call = Staking::claimRewardsCall { ids: vec![id], receiver: who.address };
        assert_eq!(world.does(who, call), earned);
    }
    let bucket = world.undelegate(bob, id, shares);
    let matures = world.matures(id, bucket);
    let day_end = (world.chain.time() / days(1) + 1) * days(1);
    assert_eq!(matures, day_end + PERIOD);

    world.chain.warp_to(matures - 1);
    assert_eq!(world.claimable(bob, id, bucket), U256::ZERO);
    world.chain.advance(1);
    assert_eq!(world.claim(bob, id, bucket), ether(6_000));
    let [_, bobs] = before;
    assert_eq!(world.metis(bob) - bobs, ether(27));
}
