//! What the most there can be costs.

use super::kit::*;

/// Gas of a block.
const BLOCK: u64 = 32_000_000;

#[test]
fn sixty_four_sequencers_of_sixteen_groups_each_fit_a_third_of_a_block() {
    let mut world = world();
    for at in 1..=64 {
        world.register(&format!("operator {at}"), 2_000);
    }
    let call = Lens::concentrationCall {};
    let apart = world.chain.send(world.alice, world.lens, call.clone()).ok().gas_used;
    for leader in 1..=64 {
        for member in 0..15 {
            world.group(leader, 65 + 15 * (leader - 1) + member);
        }
    }

    let most = world.chain.send(world.alice, world.lens, call).ok().gas_used;

    println!("{apart} gas for 64 groups, {most} for 1,024 under 64 caps");
    assert!(apart < 2_000_000, "{apart}");
    assert!(most < BLOCK / 3, "{most}");
    assert_eq!(world.concentration().count, 64);
}

#[test]
fn each_question_that_is_asked_is_a_static_call_of_one_of_two_programs() {
    let mut world = world();
    let ids = ["olga", "otto", "omar"].map(|owner| world.register(owner, 20_000));
    world.group(2, 3);
    let pool = world.pool(&ids);
    let before = world.chain.with_state(|state| state.storage_of(world.lens));

    // The list, the books; of each sequencer its group; of each cap its groups, of each its stake.
    for ((_, data), questions) in functions().into_iter().zip([2 + 3 + 2 + 3, 3, 2 + 3 + 2 + 3, 3])
    {
        let call = world.chain.send_raw(world.alice, world.lens, data);
        let trace = call.trace().expect("it begins");
        assert_eq!(trace.calls.len(), questions);
        for call in &trace.calls {
            assert!([world.staking, world.quota].contains(&call.target), "{:?}", call.target);
            assert!(call.calls.is_empty() && call.value.is_zero());
        }
    }
    assert_ne!(pool, world.lens);
    assert_eq!(world.chain.with_state(|state| state.storage_of(world.lens)), before);
    assert_eq!(before.len(), 2, "its programs");
}
