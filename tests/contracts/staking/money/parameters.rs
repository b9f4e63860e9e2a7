//! Thresholds, bond rules, unbonding period, quota: what they may be, and what they change.

use super::super::kit::*;
use alloy_primitives::{Address, U256};

const WEI: U256 = U256::ONE;
/// The most that bps of anything are.
const BPS: u64 = 10_000;
/// The first amount that does not fit the books.
const TOO_WIDE: U256 = U256::from_limbs([0, 1 << 20, 0, 0]);

fn thresholds(threshold: U256, max_lock: U256) -> Staking::setThresholdsCall {
    Staking::setThresholdsCall { activationThreshold: threshold, maxLock: max_lock }
}

fn bond_rules(min_bond: U256, bps: u64) -> Staking::setBondRulesCall {
    Staking::setBondRulesCall { minBond: min_bond, minBondBps: U256::from(bps) }
}

fn period(seconds: u64) -> Staking::setUnbondingPeriodCall {
    Staking::setUnbondingPeriodCall { period: U256::from(seconds) }
}

#[test]
fn thresholds_move_growth_and_status() {
    let (mut world, id) = started();
    let (threshold, max_lock) = (ether(32_000) + WEI, ether(32_000) + WEI);

    let receipt = world.tells(world.admin, thresholds(threshold, max_lock), U256::ZERO);

    let changed = Staking::ThresholdsChanged {
        oldActivationThreshold: ether(20_000),
        newActivationThreshold: threshold,
        oldMaxLock: ether(100_000),
        newMaxLock: max_lock,
    };
    world.assert_logs(&receipt, &[event(&changed)]);
    let told = world.asks(Staking::parametersCall {});
    assert_eq!((told.activationThreshold, told.maxLock), (threshold, max_lock));
    assert_eq!((told.minBond, told.minBondBps), (BOND, U256::from(500)));
    assert_eq!(world.asks(Staking::statusCall { id }), Staking::Status::Candidate);
    world.delegate(world.alice, id, WEI);
    assert_eq!(world.asks(Staking::statusCall { id }), Staking::Status::Active);
}

#[test]
fn thresholds_have_bounds() {
    let mut world = world();
    let one = ether(1);
    let good =
        [(one, BOND), (BOND, BOND), (one, LIMIT), (LIMIT, LIMIT), (ether(20_000), ether(100_000))];
    let wrong = [
        // The ceiling is looked at first, by itself.
        ((one, one - WEI), (one - WEI, one, LIMIT)),
        ((one, TOO_WIDE), (TOO_WIDE, one, LIMIT)),
        ((one, U256::MAX), (U256::MAX, one, LIMIT)),
        ((one - WEI, BOND), (one - WEI, one, BOND)),
        ((BOND + WEI, BOND), (BOND + WEI, one, BOND)),
        ((U256::MAX, LIMIT), (U256::MAX, one, LIMIT)),
        ((one, BOND - WEI), (BOND - WEI, BOND, LIMIT)),
    ];

    for (threshold, max_lock) in good {
        world.does(world.admin, thresholds(threshold, max_lock));
    }
    for ((threshold, max_lock), (value, min, max)) in wrong {
        let refused = Staking::ParameterInvalid { value, min, max };
        world.refuses(world.admin, thresholds(threshold, max_lock), refused);
    }
}

#[test]
fn bond_rules_move_the_bond_that_a_stake_needs() {
    let (mut world, id) = started();
    let min_bond = BOND - WEI;

    let receipt = world.tells(world.admin, bond_rules(min_bond, 625), U256::ZERO);

    let changed = Staking::BondRulesChanged {
        oldMinBond: BOND,
        newMinBond: min_bond,
        oldMinBondBps: U256::from(500),
        newMinBondBps: U256::from(625),
    };
    world.assert_logs(&receipt, &[event(&changed)]);
    let told = world.asks(Staking::parametersCall {});
    assert_eq!((told.minBond, told.minBondBps), (min_bond, U256::from(625)));
    assert_eq!((told.activationThreshold, told.maxLock), (ether(20_000), ether(100_000)));
    // 6.25 % of 32,000 are the bond, exactly.
    assert_eq!(world.asks(Staking::statusCall { id }), Staking::Status::Active);
    let small = Staking::BondTooSmall { bond: BOND, needed: BOND + WEI };
    world.refuses_with(world.alice, Staking::delegateCall { id }, WEI, small);
    world.does(world.admin, bond_rules(min_bond, 626));
    assert_eq!(world.asks(Staking::statusCall { id }), Staking::Status::Candidate);
}

#[test]
fn bond_rules_have_bounds() {
    let mut world = world();
    let (one, max_lock) = (ether(1), ether(100_000));
    let good = [(one, 0), (max_lock, BPS), (BOND, 500)];
    let wrong = [
        ((one - WEI, 0), (one - WEI, one, max_lock)),
        ((max_lock + WEI, 0), (max_lock + WEI, one, max_lock)),
        ((TOO_WIDE, 0), (TOO_WIDE, one, max_lock)),
        ((U256::MAX, 0), (U256::MAX, one, max_lock)),
        ((BOND, BPS + 1), (U256::from(BPS + 1), U256::ZERO, U256::from(BPS))),
        ((BOND, u64::MAX), (U256::from(u64::MAX), U256::ZERO, U256::from(BPS))),
    ];

    for (min_bond, bps) in good {
        world.does(world.admin, bond_rules(min_bond, bps));
    }
    for ((min_bond, bps), (value, min, max)) in wrong {
        let refused = Staking::ParameterInvalid { value, min, max };
        world.refuses(world.admin, bond_rules(min_bond, bps), refused);
    }
}

#[test]
fn an_unbonding_period_is_of_buckets_to_come() {
    let (mut world, id) = started();
    let today = world.chain.time() / days(1) * days(1);
    let before = world.undelegate(world.alice, id, ether(1));

    let receipt = world.tells(world.admin, period(days(60)), U256::ZERO);

    let (old, new) = (U256::from(PERIOD), U256::from(days(60)));
    let changed = Staking::UnbondingPeriodChanged { oldPeriod: old, newPeriod: new };
    world.assert_logs(&receipt, &[event(&changed)]);
    assert_eq!(world.asks(Staking::parametersCall {}).unbondingPeriod, new);
    let after = world.undelegate(world.alice, id, ether(1));
    assert_eq!(world.matures(id, before), today + days(1) + PERIOD);
    assert_eq!(world.matures(id, after), today + days(61));
    assert_eq!(world.asks(Staking::bucketCall { id, number: after }).previous, before);
}

#[test]
fn an_unbonding_period_is_of_whole_days_from_7_to_60() {
    let mut world = world();
    let (min, max) = (U256::from(days(7)), U256::from(days(60)));
    let seconds = [
        0,
        1,
        days(6),
        days(7) - 1,
        days(7) + 1,
        days(21) + hours(12),
        days(60) - 1,
        days(60) + 1,
        days(61),
        u64::MAX,
    ];

    for seconds in [days(7), days(8), days(59), days(60), PERIOD] {
        world.does(world.admin, period(seconds));
    }
    for value in seconds.map(U256::from).into_iter().chain([TOO_WIDE, U256::MAX]) {
        let refused = Staking::ParameterInvalid { value, min, max };
        world.refuses(world.admin, Staking::setUnbondingPeriodCall { period: value }, refused);
    }
}

#[test]
fn another_quota_is_asked_from_the_next_entry_on() {
    let (mut world, id) = started();
    let (admin, staking) = (world.admin, world.staking);
    let (old, new) = (world.suite.quota, create(&mut world.chain, "Hostile"));
    let typed = IHostile::turnCall { mode: Turn::Typed as u8, size: U256::ZERO };
    world.chain.send(world.keeper, new, typed).ok();

    for quota in [Address::ZERO, staking] {
        let refused = Staking::ProgramInvalid { program: quota };
        world.refuses(admin, Staking::setQuotaCall { quota }, refused);
    }
    let receipt = world.tells(admin, Staking::setQuotaCall { quota: new }, U256::ZERO);

    let changed = Staking::QuotaChanged { oldQuota: old, newQuota: new };
    world.assert_logs(&receipt, &[event(&changed)]);
    assert_eq!(world.asks(Staking::programsCall {}).quota, new);
    assert_eq!(world.asks(Staking::parametersCall {}).maxLock, ether(100_000));
    // Its reason comes back unchanged.
    let unheard = IHostile::Unheard { number: U256::from(42) };
    world.refuses_with(world.alice, Staking::delegateCall { id }, ether(1), unheard);
}
