//! What went wrong elsewhere because of when things happen: dust, silence, pauses, flashes, repeats.

use alloy_primitives::{B256, U256};

use super::super::kit::*;

const WEI: U256 = U256::ONE;
/// Days of a month.
const MONTH: u64 = 30;
/// A reward.
const REWARD: u64 = 32;
/// The longest pause, in seconds.
const PAUSE: u32 = 604_800;

/// What everybody has earned: Alice, the pool, the operator.
fn earned(world: &World, id: U256) -> [U256; 3] {
    let pool = Account::at(world.pool);
    let operator = world.asks(Staking::rewardsCall { id }).operator;
    [world.earned(world.alice, id), world.earned(pool, id), operator]
}

/// A wei a day keeps nobody's rewards from anybody.
#[test]
fn dust_that_is_notified_daily_moves_nobodys_part_by_more_than_it_brings() {
    let (mut world, id) = running();
    world.reward(id, ether(REWARD));
    let before = earned(&world, id);

    for day in 1..=MONTH {
        world.reward(id, WEI);
        world.does(world.keeper, Staking::accrueCall { id });
        world.chain.advance(days(1));

        let after = earned(&world, id);
        for (before, after) in before.iter().zip(&after) {
            assert!(after >= before && *after - before <= U256::from(day), "{after} on day {day}");
        }
    }
    world.reward(id, ether(REWARD));

    let twice = earned(&world, id);
    for (before, after) in before.iter().zip(&twice) {
        let double = *before + before;
        assert!(after.abs_diff(double) <= U256::from(MONTH), "{after} of {double}");
    }
}

/// What comes after a month without a word is split as if it had come at once, by who is there then.
#[test]
fn a_reward_after_thirty_silent_days_is_split_like_one_of_today() {
    let (mut today, id) = running();
    let mut silent = today.clone();
    silent.chain.advance(days(MONTH));

    today.reward(id, ether(REWARD));
    silent.reward(id, ether(REWARD));

    assert_eq!(earned(&silent, id), earned(&today, id));
    // Who comes after it has no part in it, however long it pends.
    let late = silent.person("late");
    silent.chain.advance(days(MONTH));
    silent.delegate(late, id, ether(5_000));
    assert_eq!(silent.earned(late, id), U256::ZERO);
    assert_eq!(earned(&silent, id), earned(&today, id));
}

/// A guardian that pauses whenever it can leaves a week between any two pauses.
#[test]
fn delegating_is_open_for_seven_days_between_any_two_of_five_pauses() {
    let (mut world, id) = running();
    let (alice, guardian) = (world.alice, world.guardian);
    let pause = Staking::pauseCall { duration: PAUSE };
    let call = Staking::delegateCall { id };

    for round in 0..5 {
        world.does(guardian, pause.clone());
        let until = world.now() + U256::from(PAUSE);
        let next = until + U256::from(WEEK);
        world.chain.advance(u64::from(PAUSE) - 1);
        world.refuses_with(alice, call.clone(), ether(1), Staking::EntriesPaused { until });
        // Nothing that lets out is shut.
        world.undelegate(alice, id, ether(1));
        world.chain.advance(1);
        for _ in 0..7 {
            world.delegate(alice, id, ether(1));
            world.refuses(guardian, pause.clone(), Staking::PauseTooEarly { next });
            world.chain.advance(days(1) - 1);
            world.delegate(alice, id, ether(1));
            world.chain.advance(1);
        }
        assert_eq!(world.now(), next, "round {round}");
        assert_eq!(world.asks(Staking::nextPauseCall {}), next);
    }
}

/// 200,000 METIS come to three sequencers for a notification, up to what each may hold, and leave.
#[test]
fn a_flash_of_200_000_metis_gains_its_fair_share_at_most_and_is_locked() {
    const FLASH: [u64; 3] = [70_000, 70_000, 60_000];
    let mut world = world();
    let whale = world.person("whale");
    let mut ids = Vec::new();
    for number in 0..FLASH.len() {
        let signer = world.chain.account(&format!("signer {number}"));
        let id = world.register(world.operator, signer, ether(6_000));
        world.delegate(world.alice, id, ether(24_000));
        ids.push(id);
    }
    let before: U256 = ids.iter().map(|id| world.earned(world.alice, *id)).sum();

    let shares: Vec<_> = ids
        .iter()
        .zip(FLASH)
        .map(|(id, assets)| world.delegate(whale, *id, ether(assets)))
        .collect();
    let full = world.asks(Staking::sequencerCall { id: ids[0] });
    let stake = full.bond + full.delegated;
    let over = Staking::MaxLockExceeded { stake: stake + WEI, maxLock: ether(100_000) };
    world.refuses_with(whale, Staking::delegateCall { id: ids[0] }, WEI, over);
    for id in &ids {
        world.reward(*id, ether(REWARD));
    }
    let leaves: Vec<_> =
        ids.iter().zip(&shares).map(|(id, shares)| world.undelegate(whale, *id, *shares)).collect();
    for id in &ids {
        world.reward(*id, ether(REWARD));
    }

    let rest = ether(REWARD) - ether(REWARD) / U256::from(10);
    for ((id, assets), bucket) in ids.iter().zip(FLASH).zip(leaves) {
        let fair = rest * ether(assets) / (ether(assets) + ether(30_000));
        let gained = world.earned(whale, *id);
        assert!(gained <= fair && fair - gained <= U256::from(2), "{gained} of {fair}");
        // The second reward is all theirs who stayed.
        let of_alice = world.earned(world.alice, *id) - before;
        let first = rest * ether(24_000) / (ether(assets) + ether(30_000));
        let second = rest * ether(24_000) / ether(30_000);
        assert!((first + second).abs_diff(of_alice) <= U256::from(3), "{of_alice}");
        let claim = claim_of(*id, bucket, whale.address);
        assert!(world.matures(*id, bucket) >= world.chain.time() + PERIOD);
        world.refuses(whale, claim.clone(), Staking::NothingToClaim {});
        let mut early = world.clone();
        early.chain.warp_to(early.matures(*id, bucket) - 1);
        early.refuses(whale, claim, Staking::NothingToClaim {});
        early.chain.advance(1);
        assert_eq!(early.claim(whale, *id, bucket), ether(assets));
    }
}

/// A slasher that proposes again whenever the last proposal has lapsed holds a bucket once.
#[test]
fn proposals_one_after_the_other_hold_a_bucket_nine_days_beyond_its_time_at_most() {
    let (mut world, id) = running();
    let alice = world.alice;
    world.chain.advance(days(1));
    let bucket = world.undelegate(alice, id, ether(3_000));
    let matures = world.matures(id, bucket);
    let longest = VETO_WINDOW + EXECUTE_GRACE;

    // The last moment at which the bucket is in scope, and then again and again.
    world.chain.warp_to(matures - 1);
    let (bps, fault) = (MAX_SLASH, world.now() - U256::from(PERIOD));
    let call = Court::proposeSlashCall { id, bps, faultTime: fault, evidence: EVIDENCE };
    world.chain.send(world.slasher, world.court, call).ok();
    let until = world.asks(Staking::holdOfCall { id }).until;
    let again = world.proposal(id, MAX_SLASH, OTHER_EVIDENCE);
    let pending = Court::SlashPending { id, until };
    world.chain.send(world.slasher, world.court, again).fails_with(pending);
    world.chain.advance(1);
    let free = world.claim(alice, id, bucket);
    world.chain.warp_to(until.to());
    let mut lapses = 0;
    for number in 3..8 {
        let held = world.propose(id, MAX_SLASH, B256::repeat_byte(number));
        assert_ne!(held, U256::ZERO);
        if number == 3 {
            // It has matured: the second proposal does not reach it.
            assert_eq!(world.claim(alice, id, bucket), ether(3_000) - free);
        }
        world.chain.advance(longest);
        lapses += 1;
    }

    assert_eq!(until, U256::from(matures - 1 + longest));
    // What leaves now is under one hold at most as well, and nothing of anybody's was taken.
    assert_eq!((lapses, world.worth(alice, id)), (5, ether(7_000)));
    assert_eq!(world.loss().1, U256::ZERO);
}

#[test]
fn a_bond_that_left_right_after_a_fault_is_slashed_when_the_fault_is_nearly_too_old() {
    for period in [7, 21, 58, 59, 60] {
        let mut world = world();
        let id = world.register(world.operator, world.signer, ether(5_000));
        world.delegate(world.alice, id, ether(14_000));
        world.does(
            world.admin,
            Staking::setUnbondingPeriodCall { period: U256::from(days(period)) },
        );
        world.chain.advance(days(1));
        let fault = world.now();
        world.chain.advance(1);
        let unlock = Staking::requestBondUnlockCall { id, assets: ether(5_000) };
        let bucket = world.does(world.operator, unlock);
        world.chain.advance(days(period) - 1);

        let call =
            Court::proposeSlashCall { id, bps: MAX_SLASH, faultTime: fault, evidence: EVIDENCE };
        world.chain.send(world.slasher, world.court, call).ok();

        let hold = world.chain.view(world.staking, Staking::holdOfCall { id });
        assert_eq!(hold.bondLoss, ether(1_900), "{period} days");
        world.chain.advance(VETO_WINDOW.min(days(period - 2)));
        assert_eq!(world.claimable(world.operator, id, bucket), ether(3_100), "{period} days");
    }
}
