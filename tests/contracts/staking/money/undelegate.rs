//! Shares in; METIS begins to unbond.

use super::super::kit::*;
use alloy_primitives::U256;

const WEI: U256 = U256::ONE;
/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);

fn call(id: U256, shares: U256) -> Staking::undelegateCall {
    Staking::undelegateCall { id, shares }
}

#[test]
fn what_leaves_is_told_and_counted() {
    let (mut world, id) = running();
    let alice = world.alice;
    world.reward(id, ether(32));
    let (day, before) = (world.chain.time() / days(1), world.metis(world.staking));

    let receipt = world.tells(alice, call(id, ether(4_000)), U256::ZERO);

    let bucket = U256::from(day << 12 | 21);
    let index = ether(27) * U256::from(10).pow(U256::from(27)) / ether(30_000);
    let (operator, delegators) = (ether(5), ether(27));
    let accrued = Staking::RewardsAccrued { id, operator, delegators, parked: U256::ZERO, index };
    let undelegated = Staking::Undelegated {
        account: alice.address,
        id,
        bucket,
        shares: ether(4_000),
        assets: ether(4_000),
        delegated: ether(26_000),
        nonce: U256::from(4),
    };
    world.assert_logs(&receipt, &[event(&accrued), event(&undelegated)]);
    assert_eq!((receipt.output.assets, receipt.output.bucket), (ether(4_000), bucket));
    let told = world.sequencer(id);
    assert_eq!((told.delegated, told.shares, told.bucket), (ether(26_000), ether(26_000), bucket));
    assert_eq!(told.directShares, ether(6_000));
    assert_eq!((world.shares(alice, id), world.worth(alice, id)), (ether(6_000), ether(6_000)));
    let held = world.asks(Staking::bucketCall { id, number: bucket });
    assert_eq!((held.nominal, held.assets, held.paid), (ether(4_000), ether(4_000), U256::ZERO));
    let entry = world.asks(Staking::entryCall { account: alice.address, id, number: bucket });
    assert_eq!(
        (entry.nominal, entry.paid, entry.claimable),
        (ether(4_000), U256::ZERO, U256::ZERO)
    );
    // It is no stake any more, and on the books still.
    let all = world.asks(Staking::totalsCall {});
    assert_eq!((all.stake, all.ledger), (ether(28_000), ether(32_032)));
    assert_eq!(world.metis(world.staking), before);
}

#[test]
fn what_a_pool_takes_out_is_taken_off_its_stake() {
    let (mut world, id) = running();
    let pool = world.pool;

    world.does(pool, call(id, ether(5_000)));

    assert_eq!(world.asks(Staking::poolOfCall { pool }).stake, ether(15_000));
    assert_eq!(world.asks(Staking::totalsCall {}).pooled, ether(15_000));
    assert_eq!(world.sequencer(id).directShares, ether(10_000));
}

#[test]
fn shares_are_of_a_sequencer_that_there_is_and_of_the_caller() {
    let (mut world, id) = running();
    let (alice, keeper) = (world.alice, world.keeper);

    for id in [U256::ZERO, UNKNOWN, U256::MAX] {
        world.refuses(alice, call(id, WEI), Staking::SequencerUnknown { id });
    }
    world.refuses(alice, call(id, U256::ZERO), Staking::SharesZero {});
    for shares in [ether(10_000) + WEI, U256::MAX] {
        let refused = Staking::SharesExceeded { shares, held: ether(10_000) };
        world.refuses(alice, call(id, shares), refused);
    }
    let refused = Staking::SharesExceeded { shares: WEI, held: U256::ZERO };
    world.refuses(keeper, call(id, WEI), refused);
    world.does(alice, call(id, ether(10_000)));

    assert_eq!(world.shares(alice, id), U256::ZERO);
}

#[test]
fn what_stays_is_1_metis_or_nothing() {
    let (mut world, id) = running();
    let alice = world.alice;
    let all = ether(10_000);

    for left in [WEI, ether(1) - WEI] {
        let refused = Staking::DelegationTooSmall { assets: left, min: ether(1) };
        world.refuses(alice, call(id, all - left), refused);
    }
    world.undelegate(alice, id, all - ether(1));
    // A slash leaves less, and that leaves as a whole.
    world.slash(id);
    let left = world.worth(alice, id);
    let refused = Staking::DelegationTooSmall { assets: left - WEI - WEI, min: ether(1) };
    world.refuses(alice, call(id, WEI + WEI), refused);
    let receipt = world.tells(alice, call(id, ether(1)), U256::ZERO);

    assert_eq!((left, receipt.output.assets), (ether(96) / U256::from(100), left));
}

#[test]
fn the_last_shares_take_all_that_is_left() {
    let (mut world, id) = running();
    let (alice, pool) = (world.alice, world.pool);
    world.slash(id);

    world.does(pool, call(id, ether(20_000)));
    let rest = world.sequencer(id).delegated;
    let last = world.tells(alice, call(id, ether(10_000)), U256::ZERO);

    assert_eq!((rest, last.output.assets), (ether(9_600), ether(9_600)));
    let told = world.sequencer(id);
    assert_eq!(
        (told.delegated, told.shares, told.directShares),
        (U256::ZERO, U256::ZERO, U256::ZERO)
    );
}
