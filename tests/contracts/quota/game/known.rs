//! What adversaries do reach, known and told.

use super::super::kit::*;
use super::squat::several;
use alloy_primitives::U256;

/// A plan is of its moment. Who goes in between it and a step that fills a cap needs a wei for the step to
/// be refused; made and carried out in one call it is not. Nothing is lost, and another plan is a METIS
/// less.
#[test]
fn a_wei_before_a_step_that_fills_a_cap_refuses_it() {
    let (mut world, ids) = several(1, GRANT);
    let (id, pool) = (ids[0], world.pool);
    let squatter = somebody(&mut world, "squatter", 2);
    enters(&mut world, squatter, id, ether(1)).ok();
    let plan = world.allocation(pool, ether(60_000));
    assert_eq!(plan, [(id, ether(49_999))]);

    enters(&mut world, squatter, id, U256::ONE).ok();

    let cap = ether(NEWCOMER_CAP);
    let refused = Quota::SequencerFull { id, stake: cap + U256::ONE, cap };
    world.pool_delegation(id, ether(49_999)).fails_with(refused);
    assert_eq!(world.allocation(pool, ether(60_000)), [(id, ether(49_998))]);
    world.pool_delegates(id, ether(49_998));
}

/// Leaving what is not Active draws nothing, and whether a sequencer is Active its operator decides: with a
/// wei of bond below the least a pool leaves it as if there were no churn, and a wei brings it back.
#[test]
fn an_operator_that_helps_makes_leaving_free_by_a_wei() {
    let (mut world, id) = granted();
    let (pool, staking, olga) = (world.pool, world.staking, Account::named("olga"));
    world.pool_delegates(id, ether(50_000));
    world.draw_as(pool, id, ether(20_000)).ok();
    let (assets, left) = (ether(30_000), U256::ZERO);
    world.draw_as(pool, id, assets).fails_with(Quota::ChurnExceeded { assets, left });

    // 60,000 METIS of stake need 3,000 of bond, of which there are 10,000.
    let unlock = Staking::requestBondUnlockCall { id, assets: ether(7_000) };
    world.chain.send(olga, staking, unlock).ok();
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    let unlock = Staking::requestBondUnlockCall { id, assets: ether(1_000) };
    world.chain.send(olga, staking, unlock).ok();
    let unlock = Staking::requestBondUnlockCall { id, assets: U256::ONE };
    world.chain.send(olga, staking, unlock).ok();

    assert_eq!(world.sequencer(id).status, Staking::Status::Candidate);
    world.draw_as(pool, id, assets).ok();
    leaves(&mut world, pool, id, assets).ok();
    world.chain.deal(olga, U256::ONE);
    let restore = Staking::increaseBondCall { id };
    world.chain.send(olga, staking, restore).value(U256::ONE).ok();
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
}

/// Ids are counted, so a grant that is set before there is the sequencer is of whoever registers next.
#[test]
fn a_grant_of_an_id_to_come_is_of_whoever_registers_next() {
    let mut world = world();
    world.grant(word(1), GRANT);
    world.chain.advance(RAISE_DELAY);

    let id = world.register("mallory", 2_000);

    assert_eq!(id, word(1));
    // As much as 2,000 METIS of bond carry.
    let room = (ether(38_000), Quota::Reason::BondTooSmall);
    assert_eq!(world.room(world.pool, id), room);
    // Set when it is there, it waits for as long, and lowering does not.
    world.grant(id, 0);
    assert_eq!(world.room(world.pool, id), (U256::ZERO, Quota::Reason::GrantExceeded));
}
