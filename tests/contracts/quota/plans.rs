//! Plans: what a loop over METIS would do over the views, and staking accepts each step.

use super::kit::*;
use alloy_primitives::{Address, U256};

/// A sequencer as the loop sees it.
#[derive(Clone, Debug)]
struct Seen {
    id: U256,
    stake: U256,
    cap: U256,
    room: U256,
    group: U256,
    position: U256,
    active: bool,
    open: bool,
}

/// What an account sees of all live sequencers, with the room of each group and of the account itself.
struct Sight {
    all: Vec<Seen>,
    groups: Vec<(U256, U256)>,
    own: U256,
}

/// Looks by the views alone. `own` is what the account may hold in all, less what it does.
fn look(world: &World, who: Address, own: U256) -> Sight {
    let chain = &world.chain;
    let parameters = chain.view(world.staking, Staking::parametersCall {});
    let total = chain.view(world.staking, Staking::totalsCall {}).stake;
    let limits = world.told(Quota::limitsCall {});
    let mut ids = chain.view(world.staking, Staking::liveCall {});
    ids.sort_unstable();
    let mut groups: Vec<(U256, U256)> = Vec::new();
    let seen = |id: U256| {
        let told = world.sequencer(id);
        let stake = told.bond + told.delegated;
        let leader = world.told(Quota::groupOfCall { member: told.group }).leader;
        if !groups.iter().any(|(group, _)| *group == leader) {
            let members = world.told(Quota::membersOfCall { member: leader });
            let of = |group| chain.view(world.staking, Staking::groupStakeCall { group });
            let sum: U256 = members.into_iter().map(of).sum();
            let cap = (total * limits.operatorShareBps / word(10_000)).max(limits.operatorFloor);
            groups.push((leader, cap.saturating_sub(sum)));
        }
        let cap = world.told(Quota::capOfCall { id });
        let granted = world.told(Quota::grantOfCall { pool: who, id }).assets;
        let position = world.worth(who, id);
        let carried = match told.bond < parameters.minBond {
            true => U256::ZERO,
            false => told.bond * word(10_000) / parameters.minBondBps,
        };
        let room = cap.min(carried).saturating_sub(stake).min(granted.saturating_sub(position));
        Seen {
            id,
            stake,
            cap,
            room,
            group: leader,
            position,
            active: told.status == Staking::Status::Active,
            open: matches!(told.status, Staking::Status::Active | Staking::Status::Candidate),
        }
    };
    let all = ids.into_iter().map(seen).collect();
    Sight { all, groups, own }
}

/// Whether one is emptier than another, relative to its cap.
fn is_emptier(one: &Seen, other: &Seen) -> bool {
    one.stake * other.cap < other.stake * one.cap
}

/// Gives METIS by METIS to the emptiest that has room.
fn allocate(mut sight: Sight, assets: U256) -> Vec<(U256, U256)> {
    let granule = ether(1);
    let mut left = assets.min(sight.own);
    let mut given = vec![U256::ZERO; sight.all.len()];
    while left >= granule {
        let mut best: Option<usize> = None;
        for (at, seen) in sight.all.iter().enumerate() {
            let group = sight.groups.iter().find(|(group, _)| *group == seen.group).unwrap();
            let fits = seen.open && seen.room >= granule && group.1 >= granule;
            if fits && best.is_none_or(|best| is_emptier(seen, &sight.all[best])) {
                best = Some(at);
            }
        }
        let Some(best) = best else { break };
        let seen = &mut sight.all[best];
        (seen.stake, seen.room) = (seen.stake + granule, seen.room - granule);
        let group = seen.group;
        let room = sight.groups.iter_mut().find(|(other, _)| *other == group).unwrap();
        room.1 -= granule;
        given[best] += granule;
        left -= granule;
    }
    planned(&sight, given)
}

/// Takes METIS by METIS from the first that is not Active, else from the fullest.
fn release(mut sight: Sight, assets: U256) -> Vec<(U256, U256)> {
    let granule = ether(1);
    let (mut left, mut taken) = (assets, vec![U256::ZERO; sight.all.len()]);
    loop {
        let mut best: Option<usize> = None;
        for (at, seen) in sight.all.iter().enumerate().filter(|(_, seen)| !seen.position.is_zero())
        {
            let is_better = best.is_none_or(|best| {
                let best = &sight.all[best];
                best.active && (!seen.active || is_emptier(best, seen))
            });
            if is_better {
                best = Some(at);
            }
        }
        let Some(best) = best else { break };
        let seen = &mut sight.all[best];
        if left < granule.min(seen.position) {
            break;
        }
        let rest = seen.position - granule.min(seen.position);
        let amount = if rest < granule { seen.position } else { granule };
        (seen.stake, seen.position) = (seen.stake - amount, seen.position - amount);
        taken[best] += amount;
        left = left.saturating_sub(amount);
    }
    planned(&sight, taken)
}

fn planned(sight: &Sight, amounts: Vec<U256>) -> Vec<(U256, U256)> {
    let pairs = sight.all.iter().map(|seen| seen.id).zip(amounts);
    pairs.filter(|(_, amount)| !amount.is_zero()).collect()
}

/// Sequencers of as many different kinds as there are, of every third owner two, some under one cap.
fn crowd(count: u64) -> World {
    let mut world = world();
    let pool = world.pool;
    let mut ids = Vec::new();
    for at in 0..count {
        let owner = format!("operator {}", at - at % 3 / 2);
        ids.push(world.register(&owner, 2_000 + 997 * (at % 11)));
    }
    for (at, id) in (0_u64..).zip(&ids) {
        let scores = (1_000 + 613 * (at % 14), 10_000 - 487 * (at % 9));
        world.curates(Quota::setScoresCall {
            id: *id,
            operations: word(scores.0),
            market: word(scores.1),
        });
        if at % 7 != 6 {
            world.grant(*id, 20_000 + 4_001 * (at % 5));
        }
    }
    world.chain.advance(RAISE_DELAY);
    if count > 8 {
        world.curates(Quota::groupCall { into: word(1), member: word(4) });
        world.curates(Quota::groupCall { into: word(1), member: word(5) });
    }
    // Some positions to begin with.
    for id in ids.iter().step_by(4) {
        let room = world.room(pool, *id).0;
        let assets = (ether(1_000) + U256::from(12_345_678) * (*id)).min(room);
        if assets > ether(1) {
            world.pool_delegates(*id, assets);
        }
    }
    world
}

/// What the pool may hold beyond what it does, as long as its share does not bind.
fn own(world: &World) -> U256 {
    let cap = world.told(Quota::poolCapOfCall { pool: world.pool }).assets;
    cap - world.chain.view(world.staking, Staking::poolOfCall { pool: world.pool }).stake
}

#[test]
pub(super) fn an_allocation_is_what_a_loop_over_metis_does() {
    for count in [1, 2, 9, 64] {
        let world = crowd(count);
        let (pool, own) = (world.pool, own(&world));
        for assets in [1, 2, 500, 7_003] {
            let assets = ether(assets) + word(999);
            let expected = allocate(look(&world, pool, own), assets);

            assert_eq!(world.allocation(pool, assets), expected, "{assets} over {count}");
        }
    }
}

#[test]
pub(super) fn an_allocation_of_everything_fills_every_cap() {
    let world = crowd(9);
    let pool = world.pool;
    let expected = allocate(look(&world, pool, own(&world)), U256::MAX);

    let plan = world.allocation(pool, U256::MAX);

    assert_eq!(plan, expected);
    let total: U256 = plan.iter().map(|(_, amount)| *amount).sum();
    assert_eq!(world.told(Quota::headroomCall { pool }), total);
    let assets = total + ether(5);
    let told = world.told(Quota::strandedCall { pool, assets });
    assert_eq!(told.left, ether(5));
    let told = world.told(Quota::strandedCall { pool, assets: total });
    assert_eq!((told.left, told.reason), (U256::ZERO, Quota::Reason::None));
}

#[test]
pub(super) fn a_group_is_filled_to_its_cap_and_no_further() {
    let mut world = world();
    let ids = ["olga", "olga", "otto"].map(|owner| world.register(owner, 10_000));
    for id in ids {
        world.grant(id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    let pool = world.pool;

    let plan = world.allocation(pool, U256::MAX);

    let expected = [(ids[0], ether(40_000)), (ids[1], ether(40_000)), (ids[2], ether(50_000))];
    assert_eq!(plan, expected);
    let told = world.told(Quota::strandedCall { pool, assets: ether(130_001) });
    assert_eq!((told.left, told.reason), (ether(1), Quota::Reason::GroupFull));
}

#[test]
fn each_step_of_an_allocation_is_accepted() {
    let mut world = crowd(64);
    let pool = world.pool;
    let before = world.chain.view(world.staking, Staking::poolOfCall { pool }).stake;

    let plan = world.allocation(pool, ether(300_000));

    assert!(plan.len() > 40, "{}", plan.len());
    for (id, amount) in &plan {
        world.pool_delegates(*id, *amount);
    }
    let total: U256 = plan.iter().map(|(_, amount)| *amount).sum();
    let stake = world.chain.view(world.staking, Staking::poolOfCall { pool }).stake;
    assert_eq!(stake - before, total);
}

#[test]
fn each_step_of_all_that_has_room_is_accepted_and_leaves_none() {
    let mut world = crowd(9);
    let pool = world.pool;

    for (id, amount) in world.allocation(pool, U256::MAX) {
        world.pool_delegates(id, amount);
    }

    // All stake has grown, and no share of it binds here.
    assert_eq!(world.allocation(pool, U256::MAX), []);
    assert_eq!(world.told(Quota::headroomCall { pool }), U256::ZERO);
}

#[test]
pub(super) fn a_release_is_what_a_loop_over_metis_does() {
    let mut world = crowd(64);
    let pool = world.pool;
    for (id, amount) in world.allocation(pool, ether(200_000)) {
        world.pool_delegates(id, amount);
    }
    // Two in jail, one on its way out, and one far beyond its cap.
    for id in [word(5), word(33)] {
        world.propose(id);
    }
    let zero = U256::ZERO;
    world.curates(Quota::setScoresCall { id: word(9), operations: zero, market: zero });

    for assets in [1, 3_000, 15_001] {
        let assets = ether(assets) + word(77);
        let expected = release(look(&world, pool, U256::MAX), assets);
        assert_eq!(world.release(pool, assets), expected, "{assets}");
    }
}

#[test]
fn each_step_of_a_release_is_accepted() {
    let mut world = crowd(9);
    let (pool, staking) = (world.pool, world.staking);
    for (id, amount) in world.allocation(pool, ether(50_000)) {
        world.pool_delegates(id, amount);
    }
    world.propose(word(2));
    let before = world.chain.view(staking, Staking::poolOfCall { pool }).stake;
    let assets = before - ether(9);

    let plan = world.release(pool, assets);

    assert_eq!(plan[0].0, word(1));
    let mut total = U256::ZERO;
    for (id, amount) in plan {
        // Without slashes a share is a wei.
        let call = Staking::undelegateCall { id, shares: amount };
        world.as_pool(pool, staking, call, U256::ZERO).ok();
        total += amount;
    }
    let stake = world.chain.view(staking, Staking::poolOfCall { pool }).stake;
    assert_eq!(before - stake, total);
    assert!(total >= assets - ether(1) && total < assets + ether(1), "{total}");
}

#[test]
pub(super) fn of_equal_sequencers_the_lower_id_comes_first() {
    let mut world = world();
    let ids = ["olga", "otto", "omar"].map(|owner| world.register(owner, 10_000));
    for id in ids {
        world.grant(id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    let pool = world.pool;

    assert_eq!(world.allocation(pool, ether(1)), [(ids[0], ether(1))]);
    let two = [(ids[0], ether(1)), (ids[1], ether(1))];
    assert_eq!(world.allocation(pool, ether(2)), two);
    for id in ids {
        world.pool_delegates(id, ether(15_000));
    }
    assert_eq!(world.release(pool, ether(2)), two);
}

#[test]
pub(super) fn what_is_not_active_is_left_first() {
    let mut world = world();
    let ids = ["olga", "otto", "omar"].map(|owner| world.register(owner, 10_000));
    for id in ids {
        world.grant(id, GRANT);
    }
    world.chain.advance(RAISE_DELAY);
    world.pool_delegates(ids[0], ether(40_000));
    world.pool_delegates(ids[1], ether(500));
    world.pool_delegates(ids[2], ether(30_000));
    let pool = world.pool;

    // The second is a Candidate: with 10,500 METIS it is below the threshold.
    let expected = [(ids[0], ether(100)), (ids[1], ether(500))];
    assert_eq!(world.release(pool, ether(600)), expected);
    world.propose(ids[2]);
    let expected = [(ids[0], ether(1)), (ids[1], ether(500)), (ids[2], ether(30_000))];
    assert_eq!(world.release(pool, ether(30_501)), expected);
}

#[test]
fn what_is_stranded_has_a_reason() {
    let (mut world, id) = granted();
    let pool = world.pool;
    let stranded = |world: &World, assets: U256| {
        let told = world.told(Quota::strandedCall { pool, assets });
        (told.left, told.reason)
    };

    let half = ether(1) / word(2);
    assert_eq!(stranded(&world, half), (half, Quota::Reason::Granule));
    assert_eq!(stranded(&world, ether(50_000)), (U256::ZERO, Quota::Reason::None));
    let full = Quota::Reason::SequencerFull;
    assert_eq!(stranded(&world, ether(50_001)), (ether(1), full));
    assert_eq!(stranded(&world, U256::MAX).1, full);

    let mut other = world.clone();
    other.grant(id, 0);
    assert_eq!(stranded(&other, ether(7)), (ether(7), Quota::Reason::GrantExceeded));
    let mut other = world.clone();
    other.curates(Quota::setPoolCapCall { pool, assets: ether(10) + half });
    assert_eq!(stranded(&other, ether(11)), (ether(1), Quota::Reason::PoolFull));
    let mut other = world.clone();
    let low = Quota::setLimitsCall { operatorFloor: ether(10_100), ..limits() };
    other.curates(lower(low));
    assert_eq!(stranded(&other, ether(101)), (ether(1), Quota::Reason::GroupFull));
    world.propose(id);
    assert_eq!(stranded(&world, ether(1)), (ether(1), Quota::Reason::SequencerClosed));
}

#[test]
fn nobody_is_planned_for_where_there_is_no_sequencer() {
    let world = world();
    let pool = world.pool;

    assert_eq!(world.allocation(pool, ether(5)), []);
    assert_eq!(world.release(pool, ether(5)), []);
    assert_eq!(world.told(Quota::headroomCall { pool }), U256::ZERO);
    let told = world.told(Quota::strandedCall { pool, assets: ether(5) });
    assert_eq!((told.left, told.reason), (ether(5), Quota::Reason::SequencerUnknown));
}

#[test]
fn a_direct_position_is_planned_for_by_the_same_views() {
    let mut world = crowd(9);
    let alice = world.alice.address;

    let plan = world.allocation(alice, ether(90_000));

    for (id, amount) in &plan {
        world.delegates(*id, *amount);
    }
    let headroom = world.told(Quota::headroomCall { pool: alice });
    let told = world.told(Quota::strandedCall { pool: alice, assets: headroom + ether(1) });
    assert_eq!(told.left, ether(1));
    assert!(!plan.is_empty());
}
