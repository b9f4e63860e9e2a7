//! ADMIN at its worst, within the bounds of its parameters.

use alloy_primitives::{Address, U256};

use super::super::kit::*;

/// The longest unbonding period, in seconds.
const LONGEST: u64 = days(60);

impl World {
    /// Everything that ADMIN can set, as far against everybody as it goes.
    fn oppress(&mut self) {
        let hostile = create(&mut self.chain, "Hostile");
        let burns = IHostile::turnCall { mode: Turn::BurnGas as u8, size: U256::ZERO };
        self.chain.send(self.keeper, hostile, burns).ok();
        let (staking, max_lock) = (self.staking, ether(100_000));
        let week = U256::from(days(7));
        self.decide(staking, Staking::setQuotaCall { quota: hostile });
        let period = U256::from(LONGEST);
        self.decide(staking, Staking::setUnbondingPeriodCall { period });
        let (most, bps) = (max_lock, U256::from(10_000));
        self.decide(staking, Staking::setBondRulesCall { minBond: most, minBondBps: bps });
        let thresholds =
            Staking::setThresholdsCall { activationThreshold: max_lock, maxLock: max_lock };
        self.decide(staking, thresholds);
        let (registry, court) = (self.registry, self.court);
        self.decide(registry, Registry::setMaxCommissionCall { maxBps: U256::ZERO });
        let month = U256::from(days(30));
        let times = Court::setTimesCall { vetoWindow: week, executeGrace: week, maxJail: month };
        self.decide(court, times);
        self.decide(court, Court::setMaxSlashCall { maxBps: U256::from(5_000) });
    }
}

#[test]
fn every_exit_works_and_old_buckets_keep_their_period() {
    let (mut world, id) = running();
    let (alice, operator, pool) = (world.alice, world.operator, world.pool);
    let old = world.undelegate(alice, id, ether(1_000));
    let matures = world.matures(id, old);
    world.reward(id, ether(32));

    world.oppress();
    let day = world.chain.time() / days(1);
    let new = world.undelegate(alice, id, ether(2_000));
    world.does(pool, Staking::undelegateCall { id, shares: ether(20_000) });
    let ids = vec![id];
    let earned = world.does(alice, Staking::claimRewardsCall { ids, receiver: alice.address });
    let receiver = operator.address;
    let commission = world.does(operator, Staking::claimCommissionCall { id, receiver });
    world.does(operator, Staking::requestBondUnlockCall { id, assets: ether(500) });
    world.does(operator, Staking::exitCall { id });

    assert_eq!(world.matures(id, old), matures);
    assert_eq!(world.matures(id, new), (day + 1) * days(1) + LONGEST);
    // 10 % commission, and a part of the rest by 2,000 and 9,000 of 31,000.
    let rest = ether(32) - ether(32) / U256::from(10);
    let of_alice = rest * U256::from(9_000) / U256::from(31_000);
    assert!(of_alice - earned <= U256::from(2), "{earned}");
    let of_bond = rest * U256::from(2_000) / U256::from(31_000);
    assert_eq!(commission, ether(32) / U256::from(10) + of_bond);
    world.chain.warp_to(matures.max(world.chain.time()));
    assert_eq!(world.claim(alice, id, old), ether(1_000));
    world.chain.warp_to(world.matures(id, new));
    assert_eq!(world.claim(alice, id, new), ether(2_000));
    assert_eq!(world.claim(operator, id, new), BOND);
    assert_eq!(world.claim(Account::at(pool), id, new), ether(20_000));
}

#[test]
fn proposals_of_before_keep_their_times_and_those_of_later_end_as_well() {
    let (mut world, id) = running();
    let alice = world.alice;
    let before = world.propose(id, MAX_SLASH, EVIDENCE);
    let told = world.chain.view(world.court, Court::proposalOfCall { proposal: before });
    let mut kept = world.clone();
    kept.decide(kept.court, Court::setMaxSlashCall { maxBps: U256::from(5_000) });
    kept.execute(before);
    world.oppress();

    // Seven decisions, one after the other, took 14 days: its time is over.
    assert_eq!(world.state(before), Court::State::Lapsed);
    let half = U256::from(5_000);
    let proposal = world.propose(id, half, OTHER_EVIDENCE);
    let bucket = world.undelegate(alice, id, ether(10_000));
    let again = world.chain.view(world.court, Court::proposalOfCall { proposal });
    world.chain.advance(days(7));
    world.execute(proposal);
    world.chain.warp_to(world.matures(id, bucket));

    assert_eq!(told.executeUntil - told.vetoUntil, U256::from(EXECUTE_GRACE));
    assert_eq!(again.executeUntil, again.vetoUntil + U256::from(days(7)));
    assert_eq!(kept.worth(kept.alice, id), ether(9_600));
    // 16,000 of 32,000, of which the bond bears 2,000: of 30,000 delegated 16,000 are left.
    let left = ether(10_000) * U256::from(16_000) / U256::from(30_000);
    assert!(left.abs_diff(world.claim(alice, id, bucket)) <= U256::ONE);
}

#[test]
fn an_idle_sequencer_is_ejected_and_a_jail_opens_for_delegators() {
    let (mut world, id) = running();
    let (keeper, alice) = (world.keeper, world.alice);
    world.propose(id, U256::from(100), EVIDENCE);
    world.reward(id, ether(32));
    world.oppress();
    world.chain.advance(days(30));

    world.does(keeper, Staking::ejectCall { id });
    world.does(keeper, Staking::unjailCall { id });

    let ids = vec![id];
    let receiver: Address = alice.address;
    let paid = world.does(alice, Staking::claimRewardsCall { ids, receiver });
    // By the stake of when it came: 10 % commission, 2,000 of 32,000 were bond, a third of the rest is hers.
    assert_eq!(paid, ether(9));
}
