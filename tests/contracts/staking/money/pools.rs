//! Registered pools.

use super::super::kit::*;
use alloy_primitives::{Address, U256};

const WEI: U256 = U256::ONE;
/// Pools at most.
const MOST: u64 = 16;

fn register(pool: Address) -> Staking::registerPoolCall {
    Staking::registerPoolCall { pool }
}

fn remove(pool: Address) -> Staking::removePoolCall {
    Staking::removePoolCall { pool }
}

impl World {
    /// The pool starts to unbond.
    fn undelegate_as_pool(&mut self, id: U256, shares: U256) {
        self.does(self.pool, Staking::undelegateCall { id, shares });
    }

    fn pooled(&self) -> U256 {
        self.asks(Staking::totalsCall {}).pooled
    }
}

#[test]
fn a_curator_registers_a_pool_whose_positions_are_a_pools_from_then_on() {
    let (mut world, id) = running();
    let pool = create(&mut world.chain, "Pool");
    world.chain.deal(pool, WEALTH);
    world.delegate(Account::at(pool), id, ether(1));
    let curator = world.curator;

    let receipt = world.tells(curator, register(pool), U256::ZERO);
    world.delegate(Account::at(pool), id, ether(2));

    let registered = Staking::PoolRegistered { pool, pools: U256::from(2) };
    world.assert_logs(&receipt, &[event(&registered)]);
    assert_eq!(world.asks(Staking::poolsCall {}), [world.pool, pool]);
    assert!(world.asks(Staking::poolOfCall { pool }).registered);
    // What was opened as direct stays so until it is empty.
    let told = world.asks(Staking::positionCall { account: pool, id });
    assert_eq!((told.shares, told.pooled), (ether(3), false));
    assert_eq!(world.pooled(), ether(20_000));
    let shares = ether(3);
    world.does(pool, Staking::undelegateCall { id, shares });
    world.delegate(Account::at(pool), id, ether(4));
    assert!(world.asks(Staking::positionCall { account: pool, id }).pooled);
    assert_eq!(world.asks(Staking::poolOfCall { pool }).stake, ether(4));
    assert_eq!(world.pooled(), ether(20_004));
}

#[test]
fn a_pool_has_code_and_is_registered_once() {
    let mut world = world();
    let (pool, curator) = (world.pool, world.curator);

    for pool in [Address::ZERO, world.alice.address, world.staking, pool] {
        world.refuses(curator, register(pool), Staking::PoolInvalid { pool });
    }
    world.does(curator, remove(pool));
    world.does(curator, register(pool));
}

#[test]
fn there_are_at_most_16_pools() {
    let mut world = world();
    let curator = world.curator;
    for _ in 1..MOST {
        let pool = create(&mut world.chain, "Pool");
        world.does(curator, register(pool));
    }
    let seventeenth = create(&mut world.chain, "Pool");

    let full = Staking::PoolsFull { limit: U256::from(MOST) };
    world.refuses(curator, register(seventeenth), full);
    // What is no pool is told first.
    let invalid = Staking::PoolInvalid { pool: Address::ZERO };
    world.refuses(curator, register(Address::ZERO), invalid);
    assert_eq!(world.asks(Staking::poolsCall {}).len() as u64, MOST);
    world.does(curator, remove(world.pool));
    world.does(curator, register(seventeenth));

    // The last one took the place of the one that went.
    let pools = world.asks(Staking::poolsCall {});
    assert_eq!((pools.len() as u64, pools.last()), (MOST, Some(&seventeenth)));
    assert!(!pools.contains(&world.pool));
}

#[test]
fn a_curator_removes_a_pool_without_stake() {
    let mut world = world();
    let (pool, curator, keeper) = (world.pool, world.curator, world.keeper);
    let stranger = keeper.address;

    world.refuses(curator, remove(stranger), Staking::PoolUnknown { pool: stranger });
    let receipt = world.tells(curator, remove(pool), U256::ZERO);

    world.assert_logs(&receipt, &[event(&Staking::PoolRemoved { pool, pools: U256::ZERO })]);
    assert!(!world.asks(Staking::poolOfCall { pool }).registered);
    assert!(world.asks(Staking::poolsCall {}).is_empty());
    world.refuses(curator, remove(pool), Staking::PoolUnknown { pool });
}

#[test]
fn a_pool_with_1_metis_is_in_use_and_with_less_leaves() {
    let (mut world, id) = running();
    let (pool, curator) = (world.pool, world.curator);
    world.undelegate_as_pool(id, ether(19_999));

    world.refuses(curator, remove(pool), Staking::PoolInUse { pool, stake: ether(1) });
    world.slash(id);
    let left = world.asks(Staking::poolOfCall { pool }).stake;
    let direct = world.sequencer(id).directShares;
    let receipt = world.tells(curator, remove(pool), U256::ZERO);

    // 4 % of it went with the slash.
    assert_eq!(left, ether(96) / U256::from(100));
    world.assert_logs(&receipt, &[event(&Staking::PoolRemoved { pool, pools: U256::ZERO })]);
    assert_eq!((world.pooled(), world.sequencer(id).directShares), (U256::ZERO, direct));
    assert_eq!(world.asks(Staking::poolOfCall { pool }).stake, U256::ZERO);
    // Its position and its bucket stay its own.
    let bucket = world.latest(id);
    assert_eq!(world.worth(pool, id), left);
    world.undelegate_as_pool(id, ether(1));
    world.chain.warp_to(world.matures(id, bucket));
    let paid = world.claim(Account::at(pool), id, bucket);
    assert_eq!(paid, ether(19_999) * U256::from(96) / U256::from(100));
}

#[test]
fn what_is_left_of_a_removed_pool_is_not_told_of_losses() {
    let (mut world, id) = running();
    let (pool, curator) = (world.pool, world.curator);
    world.undelegate_as_pool(id, ether(20_000));
    world.does(curator, remove(pool));

    world.propose(id, MAX_SLASH, EVIDENCE);

    assert_eq!(world.loss(), (U256::ZERO, U256::ZERO));
    assert_eq!(world.asks(Staking::poolOfCall { pool }).stake, U256::ZERO);
    assert!(world.worth(world.alice, id) > WEI);
}
