//! Farming scores: what a record can be worth, and what getting rid of a bad one costs.

use super::super::kit::*;
use super::books::cap_of;
use alloy_primitives::U256;

/// The best technical score that batches come to.
const BEST: u64 = 9_993;

fn technical(world: &World, id: U256) -> u64 {
    world.told(Quota::scoresOfCall { id }).technical.to()
}

/// The technical score after some batches, by the formula: seven eighths of it and one of the batch's.
fn after(batches: impl IntoIterator<Item = (u64, u64)>) -> u64 {
    batches.into_iter().fold(5_000, |old, (made, of)| (7 * old * of + 10_000 * made) / (8 * of))
}

/// A perfect record takes 5,000 to 10,000 - 5,000 * (7/8)^n after n batches, no further than 9,993, and a
/// cap to 70,384 METIS: the two sides that are the curator's do not move.
#[test]
pub(in super::super) fn a_perfect_record_takes_its_time_and_ends_at_70_384_metis() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    let mut n = 0;
    for (batches, score, cap) in
        [(1, 5_625, 61_600), (8, 8_278, 67_320), (20, 9_650, 69_800), (90, BEST, 70_384)]
    {
        while n < batches {
            world.batch(&[id], &[600], &[600]).ok();
            n += 1;
        }
        let exact = 10_000.0 - 5_000.0 * 0.875_f64.powi(n);
        assert_eq!(technical(&world, id), score, "after {n}");
        assert!(exact - 8.0 < score as f64 && score as f64 <= exact, "{score} of {exact}");
        assert_eq!(score, after((0..n).map(|_| (600, 600))));
        assert_eq!(world.told(Quota::capOfCall { id }), cap_of([score, 5_000, 5_000]));
        assert_eq!(world.told(Quota::capOfCall { id }), ether(cap));
    }
}

/// Choosing batches: one without blocks changes nothing, an easy one weighs as much as any, and a block
/// more than assigned is none. So who keeps easy batches and fails the others still pays an eighth for each
/// that failed: with every second one failed a score settles at 5,331.
#[test]
fn who_fails_every_second_batch_ends_at_5_331() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    world.batch(&[id], &[0], &[0]).ok();
    assert_eq!(technical(&world, id), 5_000);
    world.batch(&[id], &[9], &[1]).ok();
    assert_eq!(technical(&world, id), 5_625, "one block is a batch, and no more than one");

    for _ in 0..40 {
        world.batch(&[id], &[0], &[100]).ok();
        assert!(technical(&world, id) <= 4_921, "{}", technical(&world, id));
        world.batch(&[id], &[1], &[1]).ok();
        assert!(technical(&world, id) <= 5_555, "{}", technical(&world, id));
    }
    assert_eq!(technical(&world, id), 5_331);
    // From the best score one failure costs an eighth, and ten perfect batches bring most of it back.
    for _ in 0..90 {
        world.batch(&[id], &[1], &[1]).ok();
    }
    assert_eq!(technical(&world, id), BEST);
    world.batch(&[id], &[0], &[1]).ok();
    assert_eq!(technical(&world, id), 8_743);
    for _ in 0..10 {
        world.batch(&[id], &[1], &[1]).ok();
    }
    assert_eq!(technical(&world, id), 9_667);
}

/// After a slash the best record leaves a sequencer below a newcomer: 59,984 METIS at most, 51,736 after a
/// second one, until the curator says otherwise and two days have passed.
#[test]
pub(in super::super) fn after_a_slash_the_best_record_is_worth_less_than_a_newcomers() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    for _ in 0..90 {
        world.batch(&[id], &[1], &[1]).ok();
    }
    let newcomer = cap_of([5_000; 3]);
    assert_eq!(newcomer, ether(NEWCOMER_CAP));

    for (operations, cap) in [(2_500, 59_984), (1_250, 51_736)] {
        let proposal = world.slash(id);
        world.chain.send(world.keeper, world.quota, Quota::recordSlashCall { proposal }).ok();

        assert_eq!(world.told(Quota::capOfCall { id }), cap_of([BEST, operations, 5_000]));
        assert_eq!(world.told(Quota::capOfCall { id }), ether(cap));
        assert!(ether(cap) < newcomer);
        world.chain.advance(days(8));
    }
}

/// Registering anew after a slash: a bond of 2,000 METIS again while the old one unbonds for 21 days, 5,000
/// of each score, 60,000 METIS of cap: 8,256 more than the slashed one has with 5,000 of technical. No
/// grant comes along, so no pool does; what does, direct METIS, begins at nothing and ends at 30,000. And
/// the owner's group is the same.
#[test]
pub(in super::super) fn a_new_registration_begins_as_a_newcomer_without_grants() {
    let (mut world, id) = granted();
    world.pool_delegates(id, ether(40_000));
    let proposal = world.slash(id);
    world.chain.send(world.keeper, world.quota, Quota::recordSlashCall { proposal }).ok();
    let slashed = world.told(Quota::capOfCall { id });
    assert_eq!(slashed, ether(51_744));
    let olga = Account::named("olga");
    world.chain.send(olga, world.staking, Staking::exitCall { id }).ok();

    let fresh = world.register("olga", 2_000);

    let cap = world.told(Quota::capOfCall { id: fresh });
    assert_eq!((cap, cap - slashed), (ether(NEWCOMER_CAP), ether(8_256)));
    assert_eq!(world.told(Quota::compositeOfCall { id: fresh }), word(5_000));
    assert_eq!(world.sequencer(fresh).group, world.sequencer(id).group);
    let refused = Quota::GrantExceeded { id: fresh, stake: ether(1), grant: U256::ZERO };
    world.pool_delegation(fresh, ether(1)).fails_with(refused);
    world.grant(fresh, GRANT);
    let refused = Quota::GrantExceeded { id: fresh, stake: ether(1), grant: U256::ZERO };
    world.pool_delegation(fresh, ether(1)).fails_with(refused);
    let alice = world.alice;
    let cap = ether(30_000);
    let refused = Quota::SequencerDirectFull { id: fresh, stake: beyond(30_000), cap };
    enters(&mut world, alice, fresh, beyond(30_000)).fails_with(refused);
    enters(&mut world, alice, fresh, cap).ok();
}
