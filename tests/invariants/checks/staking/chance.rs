//! Choices on forks that follow from the state, so that a story told again tries the same.

use super::super::super::world::World;
use super::super::chance::Chance;

/// Numbers that follow from the state of staking.
pub(super) fn of(world: &World, salt: u64) -> Chance {
    let seen = &world.stage.seen;
    let mix =
        seen.totals.iter().fold(salt, |mix, figure| mix.rotate_left(7) ^ figure.as_limbs()[0]);
    Chance::of(world, mix)
}
