//! Many sequencers, and those that came and went.

use alloy_primitives::U256;

use super::super::kit::*;

/// How many are live at most.
const LIMIT: u64 = 64;

/// 64 registrations in history: those that left do not count, and ids are not used again.
#[test]
fn sequencers_that_left_make_room_and_keep_their_ids() {
    let mut world = world();
    for number in 1..=LIMIT {
        let signer = world.chain.account(&format!("signer {number}"));
        let id = world.register(world.operator, signer, BOND);
        assert_eq!(id, U256::from(number));
    }
    let last = world.chain.account("signer 65");
    let call = world.registration(world.operator, last);
    let full = Staking::SequencersFull { limit: U256::from(LIMIT) };

    world.chain.send(world.operator, world.registry, call).value(BOND).fails_with(full);
    for number in [3_u64, 64] {
        world.does(world.operator, Staking::exitCall { id: U256::from(number) });
    }
    let id = world.register(world.operator, last, BOND);

    assert_eq!(id, U256::from(LIMIT + 1));
    let live = world.chain.view(world.staking, Staking::liveCall {});
    assert_eq!(live.len() as u64, LIMIT - 1);
    assert!(!live.contains(&U256::from(3)) && live.contains(&id));
}

/// The list cannot be held by idle candidates: after 30 days a larger bond takes a place.
#[test]
fn an_idle_candidate_is_displaced_by_a_larger_bond() {
    let mut world = world();
    for number in 1..=LIMIT {
        let signer = world.chain.account(&format!("signer {number}"));
        world.register(world.operator, signer, BOND);
    }
    let signer = world.chain.account("signer 65");
    let displaced = U256::from(7);
    let offered = BOND + U256::ONE;
    let plain = world.registration(world.rival, signer);
    let call = Registry::register_1Call {
        signer: plain.signer,
        key: plain.key,
        rewardRecipient: plain.rewardRecipient,
        commissionBps: plain.commissionBps,
        proof: plain.proof,
        displaced,
    };

    let refused = Staking::DisplacementRefused { id: displaced, bond: BOND, offered };
    let (rival, registry) = (world.rival, world.registry);
    world.chain.send(rival, registry, call.clone()).value(offered).fails_with(refused);
    world.chain.advance(days(30));
    let id = world.chain.send(rival, registry, call).value(offered).ok().output;

    assert_eq!(id, U256::from(LIMIT + 1));
    assert_eq!(world.sequencer(displaced).status, Staking::Status::Exited);
    let bond = world.latest(displaced);
    world.chain.warp_to(world.matures(displaced, bond));
    assert_eq!(world.claim(world.operator, displaced, bond), BOND);
}
