//! The way out, whatever else goes wrong.

use alloy_primitives::U256;

use super::super::kit::*;

/// Code that fails without data, that spends all gas, that answers junk, and none at all.
const HOSTILE: [&[u8]; 4] =
    [&[0x5f, 0x5f, 0xfd], &[0xfe], &[0x60, 0x07, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3], &[]];

#[test]
fn every_exit_works_while_paused_and_with_hostile_authority_quota_and_fund() {
    for code in HOSTILE {
        let (mut world, id) = running();
        let alice = world.alice;
        let early = world.undelegate(alice, id, ether(1_000));
        let proposal = world.propose(id, U256::from(100), EVIDENCE);
        world.reward(id, ether(10));
        world.veto(proposal);
        let duration = 604_800;
        world.does(world.guardian, Staking::pauseCall { duration });
        for program in [world.suite.access_manager, world.suite.quota, world.suite.distributor] {
            world.corrupt(program, code);
        }

        let bucket = world.undelegate(alice, id, ether(2_000));
        let ids = vec![id];
        world.does(alice, Staking::claimRewardsCall { ids, receiver: alice.address });
        let receiver = world.operator.address;
        world.does(world.operator, Staking::claimCommissionCall { id, receiver });
        world.does(world.operator, Staking::requestBondUnlockCall { id, assets: ether(500) });
        world.does(world.operator, Staking::exitCall { id });
        let bond = world.latest(id);
        world.chain.warp_to(world.matures(id, bond));

        let claimed = [early, bucket].map(|bucket| world.claimable(alice, id, bucket));
        let buckets = if early == bucket { vec![early] } else { vec![early, bucket] };
        let call = Staking::claimUnlockedCall { id, buckets, receiver: alice.address };
        assert_eq!(world.does(alice, call), ether(3_000), "{claimed:?}");
        let own = world.claimable(world.operator, id, bond);
        assert_eq!(world.claim(world.operator, id, bond), own);
        assert_eq!(own, BOND);
    }
}

#[test]
fn ejection_execution_and_clearing_away_ask_no_authority() {
    for code in HOSTILE {
        let (mut world, id) = running();
        let assets = BOND;
        world.does(world.operator, Staking::requestBondUnlockCall { id, assets });
        let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
        world.corrupt(world.suite.access_manager, code);
        let mut lapses = world.clone();

        world.chain.advance(VETO_WINDOW);
        world.execute(proposal);
        world.chain.advance(days(30));
        world.does(world.keeper, Staking::ejectCall { id });
        lapses.chain.advance(VETO_WINDOW + EXECUTE_GRACE);
        lapses.lapse(proposal);
        lapses
            .chain
            .send(lapses.keeper, lapses.court, Court::settleCall { pool: lapses.pool })
            .ok();

        assert_eq!(world.sequencer(id).status, Staking::Status::Exiting);
        assert_eq!(lapses.loss(), (U256::ZERO, U256::ZERO));
    }
}

#[test]
fn operators_change_hands_and_leave_jail_and_held_buckets_pay_their_free_part() {
    for code in HOSTILE {
        let (mut world, id) = running();
        let (alice, seller, buyer) = (world.alice, world.operator, world.rival);
        let bucket = world.undelegate(alice, id, ether(4_000));
        world.chain.warp_to(world.matures(id, bucket) - days(1));
        let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
        for program in [world.suite.access_manager, world.suite.quota, world.suite.distributor] {
            world.corrupt(program, code);
        }

        world.does(seller, Staking::setOwnerCall { id, newOwner: buyer.address });
        world.does(buyer, Staking::acceptOwnerCall { id });
        let name = Staking::setRewardRecipientCall { id, rewardRecipient: alice.address };
        world.does(buyer, name);
        world.chain.advance(days(1));
        let free = world.claim(alice, id, bucket);
        world.chain.advance(VETO_WINDOW - days(1));
        world.execute(proposal);
        world.tells(buyer, Staking::increaseBondCall { id }, BOND);
        world.chain.advance(JAIL);
        world.does(buyer, Staking::unjailCall { id });

        // The fault is younger than the bucket's end: 1,200 of 30,000 are held.
        let in_scope = free < ether(4_000);
        let held = if in_scope { ether(160) } else { U256::ZERO };
        assert_eq!(free, ether(4_000) - held);
        assert_eq!(world.sequencer(id).status, Staking::Status::Active);
        assert_eq!(world.asks(Staking::ownerOfCall { id }), buyer.address);
        assert_eq!(world.asks(Staking::rewardRecipientOfCall { id }), alice.address);
    }
}

#[test]
fn an_early_ejection_is_refused_with_its_time_whatever_the_authority_answers() {
    for code in HOSTILE {
        let (mut world, id) = running();
        let mut idle = world.clone();
        let assets = BOND;
        idle.does(idle.operator, Staking::requestBondUnlockCall { id, assets });
        let since = idle.now();
        for world in [&mut world, &mut idle] {
            world.corrupt(world.suite.access_manager, code);
            world.chain.advance(days(30) - 1);
        }

        for caller in [world.keeper, world.curator] {
            let eject = Staking::ejectCall { id };
            let early = Staking::EjectionTooEarly { id, since: U256::ZERO };
            world.refuses(caller, eject.clone(), early);
            idle.refuses(caller, eject, Staking::EjectionTooEarly { id, since });
        }
        idle.chain.advance(1);
        idle.does(idle.keeper, Staking::ejectCall { id });

        assert_eq!(idle.sequencer(id).status, Staking::Status::Exiting);
    }
}

#[test]
fn entries_need_a_quota_that_answers() {
    for code in HOSTILE {
        let (mut world, id) = running();
        let quota = world.suite.quota;
        world.corrupt(quota, code);

        let delegate = world.chain.send(world.alice, world.staking, Staking::delegateCall { id });

        delegate.value(ether(1)).fails_with(Staking::QuotaUnavailable { quota });
    }
}

/// Metis: a sequencer without a recipient that takes METIS could not be removed.
#[test]
fn a_sequencer_whose_recipient_refuses_is_ejected_and_pays_everybody_else() {
    let mut world = world();
    let refuser = create(&mut world.chain, "Refuser");
    let id = world.register(world.operator, world.signer, BOND);
    let call = Staking::setRewardRecipientCall { id, rewardRecipient: refuser };
    world.does(world.operator, call);
    world.delegate(world.alice, id, ether(1_000));
    world.reward(id, ether(30));
    world.chain.advance(days(30));

    world.does(world.keeper, Staking::ejectCall { id });
    let bond = world.latest(id);
    world.chain.warp_to(world.matures(id, bond));

    // A tenth is commission; of the rest a third is the delegator's.
    let call = Staking::claimRewardsCall { ids: vec![id], receiver: world.alice.address };
    let earned = world.does(world.alice, call);
    assert!(ether(9) - earned <= U256::from(2), "{earned}");
    let call = Staking::claimCommissionCall { id, receiver: refuser };
    let assets = ether(21);
    world
        .chain
        .send(world.operator, world.staking, call)
        .fails_with(Staking::PaymentFailed { receiver: refuser, assets });
    let receiver = world.operator.address;
    let call = Staking::claimCommissionCall { id, receiver };
    assert_eq!(world.does(world.operator, call), assets);
    assert_eq!(world.claim(world.operator, id, bond), BOND);
}

#[test]
fn buckets_keep_the_period_of_their_opening() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let shares = world.delegate(world.alice, id, ether(1_000));
    let half = shares / U256::from(2);
    let today = world.chain.time() / days(1) * days(1);

    let long = world.undelegate(world.alice, id, half);
    let period = U256::from(days(7));
    world.does(world.admin, Staking::setUnbondingPeriodCall { period });
    let short = world.undelegate(world.alice, id, half);

    assert_ne!(long, short);
    assert_eq!(world.matures(id, long), today + days(1) + PERIOD);
    assert_eq!(world.matures(id, short), today + days(1) + days(7));
}

#[test]
fn an_owner_who_sells_keeps_what_it_unbonds() {
    let (mut world, id) = running();
    let (seller, buyer) = (world.operator, world.rival);
    let bucket = world.does(seller, Staking::requestBondUnlockCall { id, assets: ether(500) });

    world.does(seller, Staking::setOwnerCall { id, newOwner: buyer.address });
    world.does(buyer, Staking::acceptOwnerCall { id });
    let rest = world.does(buyer, Staking::requestBondUnlockCall { id, assets: ether(1_500) });
    world.chain.warp_to(world.matures(id, rest));

    assert_eq!(world.claim(seller, id, bucket), ether(500));
    assert_eq!(world.claim(buyer, id, rest), ether(1_500));
    world
        .chain
        .send(buyer, world.staking, claim_of(id, bucket, buyer.address))
        .fails_with(Staking::NothingToClaim {});
}

#[test]
fn pauses_leave_seven_days_between_them() {
    let (mut world, id) = running();
    let duration = 604_800;
    world.does(world.guardian, Staking::pauseCall { duration });
    let until = world.now() + U256::from(duration);

    let call = Staking::delegateCall { id };
    let delegate = world.chain.send(world.alice, world.staking, call.clone()).value(ether(1));
    delegate.fails_with(Staking::EntriesPaused { until });
    world.chain.advance(days(14) - 1);
    let next = until + U256::from(WEEK);
    let again = world.chain.send(world.guardian, world.staking, Staking::pauseCall { duration });
    again.fails_with(Staking::PauseTooEarly { next });

    world.chain.send(world.alice, world.staking, call).value(ether(1)).ok();
}
