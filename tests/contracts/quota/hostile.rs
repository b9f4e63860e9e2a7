//! Who is no part of the suite, and programs that misbehave.

use super::kit::*;
use alloy_primitives::U256;
use alloy_sol_types::SolCall;

#[test]
fn an_authority_that_misbehaves_changes_no_answer() {
    for turn in [Turn::Silent, Turn::Junk, Turn::BurnGas, Turn::Flood, Turn::Empty, Turn::Typed] {
        let (mut world, id) = granted();
        let hostile = create(&mut world.chain, "Hostile");
        let call = IHostile::turnCall { mode: turn as u8, size: word(1_000) };
        world.chain.send(world.keeper, hostile, call).ok();
        let update = Quota::setAuthorityCall { newAuthority: hostile };
        let manager = Account::at(world.suite.access_manager);
        world.chain.send(manager, world.quota, update).ok();

        world.pool_delegates(id, ether(5));
        world.batch(&[id], &[1], &[1]).ok();
        let caller = world.curator.address;
        let refused = Quota::AccessManagedUnauthorized { caller };
        let call = Quota::setScoresCall { id, operations: word(1), market: word(1) };
        world.chain.send(caller, world.quota, call).fails_with(refused);
    }
}

#[test]
fn only_the_authority_names_another() {
    let mut world = world();
    let (pool, manager) = (world.pool, Account::at(world.suite.access_manager));

    let update = Quota::setAuthorityCall { newAuthority: pool };
    let refused = Quota::AccessManagedUnauthorized { caller: world.admin.address };
    world.chain.send(world.admin, world.quota, update.clone()).fails_with(refused);
    let authority = world.alice.address;
    let nobody = Quota::setAuthorityCall { newAuthority: authority };
    let refused = Quota::AccessManagedInvalidAuthority { authority };
    world.chain.send(manager, world.quota, nobody).fails_with(refused);
    let receipt = world.chain.send(manager, world.quota, update).ok();

    receipt.emitted(Quota::AuthorityUpdated { authority: pool });
}

#[test]
fn with_little_gas_a_delegation_runs_out_of_it_and_is_never_refused_for_it() {
    let (mut world, id) = granted();
    let gas = world.clone().delegation(id, ether(5)).ok().gas_used;

    let mut ran_out = 0;
    for less in (1..gas - 21_000).step_by(2_003) {
        let mut world = world.clone();
        match world.delegation(id, ether(5)).gas(gas - less).dry_run() {
            Err(Failure::OutOfGas { .. } | Failure::Invalid { .. }) => ran_out += 1,
            outcome => panic!("with {less} gas less: {outcome:?}"),
        }
    }
    assert!(ran_out > 20, "{ran_out}");
    world.delegates(id, ether(5));
}

#[test]
fn a_pool_that_is_told_of_a_loss_learns_true_figures_meanwhile() {
    let mut world = world();
    let id = world.register("olga", 2_000);
    world.grant(id, GRANT);
    world.chain.advance(RAISE_DELAY);
    let (pool, target) = (world.pool, world.quota);
    world.pool_delegates(id, ether(37_000));
    assert_eq!(world.told(Quota::headroomCall { pool }), ether(1_000));
    // It asks for its headroom; books that are there already leave it the gas to note the answer.
    let settle = Court::settleCall { pool };
    world.chain.send(world.keeper, world.suite.slashing_court, settle).ok();
    let payload = Quota::headroomCall { pool }.abi_encode().into();
    world.chain.send(world.keeper, pool, IPool::aimCall { target, payload }).ok();
    let mode = super::super::staking::kit::Mode::Reenter as u8;
    world.chain.send(world.keeper, pool, IPool::answerCall { mode }).ok();

    world.propose(id);

    assert!(world.chain.view(pool, IPool::okCall {}));
    let told = world.chain.view(pool, IPool::retCall {});
    assert_eq!(U256::from_be_slice(&told), U256::ZERO, "the only one is in jail");
}
