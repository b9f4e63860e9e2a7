//! The one step of a plan that staking refuses: 1 METIS into an empty position of a sequencer that was
//! slashed.

use super::kit::*;
use alloy_primitives::U256;

/// Two sequencers of 21,800 METIS. The first lost its 2,000 METIS of bond and 200.1 of 20,001 delegated ones
/// to a slash, came back with as much bond, and a share of it is no whole wei any more. The pool has
/// nothing in either.
fn slashed() -> (World, [U256; 2]) {
    let mut world = world();
    let ids = [world.register("olga", 2_000), world.register("otto", 2_000)];
    let (other, staking) = (world.another_pool(), world.staking);
    for id in ids {
        world.grant(id, GRANT);
        world.grant_to(other, id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    enters(&mut world, other, ids[0], ether(20_001)).ok();
    enters(&mut world, other, ids[1], ether(19_800)).ok();
    world.slash(ids[0]);
    let olga = Account::named("olga");
    world.chain.deal(olga, ether(2_000));
    let restore = Staking::increaseBondCall { id: ids[0] };
    world.chain.send(olga, staking, restore).value(ether(2_000)).ok();
    world.chain.advance(days(8));
    world.chain.send(olga, staking, Staking::unjailCall { id: ids[0] }).ok();
    (world, ids)
}

#[test]
fn a_planned_metis_into_an_empty_position_of_a_slashed_sequencer_is_a_wei_short() {
    let (mut world, ids) = slashed();
    let pool = world.pool;
    let told = world.sequencer(ids[0]);
    // A tenth of 22,001 METIS: all of the bond, and 200.1 of delegations.
    let tenth = ether(1) / word(10);
    assert_eq!((told.shares, told.delegated), (ether(20_001), ether(19_800) + tenth * word(9)));

    // By 0.9 METIS the second is emptier, then the first, then the second.
    let plan = world.allocation(pool, ether(3));
    assert_eq!(plan, [(ids[0], ether(1)), (ids[1], ether(2))]);
    assert!(world.room(pool, ids[0]).0 > ether(18_000));

    // Shares for a METIS are rounded down, and worth a wei less: below the least that a position is.
    let before = world.chain.balance(pool);
    let refused = Staking::DelegationTooSmall { assets: ether(1) - U256::ONE, min: ether(1) };
    world.pool_delegation(ids[0], ether(1)).fails_with(refused.clone());
    // The others of the plan go on, and the METIS is where it was.
    world.pool_delegates(ids[1], ether(2));
    assert_eq!(before - world.chain.balance(pool), ether(2));
    assert_eq!(world.worth(pool, ids[1]), ether(2));

    // Asked again it says the same while there is but 1 METIS, and with one more it is accepted.
    assert_eq!(world.allocation(pool, ether(1)), [(ids[0], ether(1))]);
    world.pool_delegation(ids[0], ether(1)).fails_with(refused);
    assert_eq!(world.allocation(pool, ether(2)), [(ids[0], ether(2))]);
    world.pool_delegates(ids[0], ether(2));
    assert_eq!(world.worth(pool, ids[0]), ether(2) - U256::ONE);
    // In a position that there is, a single METIS is a step like any.
    world.pool_delegates(ids[0], ether(1));
}

#[test]
fn a_wei_more_than_a_metis_opens_a_position_in_a_slashed_sequencer() {
    let (mut world, ids) = slashed();
    let pool = world.pool;

    world.pool_delegates(ids[0], beyond(1));

    let position = Staking::positionCall { account: pool, id: ids[0] };
    let position = world.chain.view(world.staking, position);
    assert_eq!(position.assets, ether(1));
    leaves(&mut world, pool, ids[0], position.shares).ok();
    assert_eq!(world.worth(pool, ids[0]), U256::ZERO);
}
