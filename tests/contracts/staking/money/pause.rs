//! Pauses of staking, and who may not declare them.

use super::super::kit::*;
use alloy_primitives::U256;

/// The longest pause, in seconds.
const LONGEST: u32 = 604_800;

fn pause(duration: u32) -> Staking::pauseCall {
    Staking::pauseCall { duration }
}

#[test]
fn a_pause_lasts_from_one_second_to_seven_days() {
    let mut world = world();
    let guardian = world.guardian;

    world.refuses(guardian, pause(0), Staking::DurationZero {});
    for duration in [LONGEST + 1, u32::MAX] {
        let (asked, max) = (U256::from(duration), U256::from(LONGEST));
        let refused = Staking::PauseTooLong { duration: asked, max };
        world.refuses(guardian, pause(duration), refused);
    }
    world.clone().does(guardian, pause(1));
    world.does(guardian, pause(LONGEST));

    let until = world.now() + U256::from(LONGEST);
    assert_eq!(world.asks(Staking::pausedUntilCall {}), until);
    assert_eq!(world.asks(Staking::nextPauseCall {}), until + U256::from(WEEK));
}

#[test]
fn a_pause_that_is_over_or_was_lifted_is_followed_by_seven_free_days_to_the_second() {
    let mut world = world();
    let guardian = world.guardian;
    let missing = Staking::PauseMissing {};
    world.refuses(guardian, Staking::unpauseCall {}, missing.clone());
    world.does(guardian, pause(LONGEST));
    let mut lifted = world.clone();
    lifted.chain.advance(60);

    lifted.does(guardian, Staking::unpauseCall {});
    world.chain.advance(LONGEST.into());
    for mut world in [world, lifted] {
        let next = world.now() + U256::from(WEEK);
        world.refuses(guardian, Staking::unpauseCall {}, missing.clone());
        world.refuses(guardian, pause(1), Staking::PauseTooEarly { next });
        world.chain.advance(WEEK - 1);
        world.refuses(guardian, pause(1), Staking::PauseTooEarly { next });
        world.chain.advance(1);
        world.does(guardian, pause(1));
    }
}

#[test]
fn only_guardians_declare_and_lift_a_pause() {
    let mut world = world();
    world.does(world.guardian, pause(60));

    for caller in [world.operator, world.admin, world.curator, world.slasher, world.keeper] {
        let refused = || Staking::AccessManagedUnauthorized { caller: caller.address };
        world.refuses(caller, pause(60), refused());
        world.refuses(caller, Staking::unpauseCall {}, refused());
    }
}
