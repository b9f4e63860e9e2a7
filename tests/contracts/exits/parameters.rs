//! Fee and daily limit are ADMIN's, within bounds.

use emetis::suite::Params;

use super::kit::*;

fn parameters(fee_bps: U256, daily_bps: U256) -> Hub::setRedemptionCall {
    Hub::setRedemptionCall { feeBps: fee_bps, dailyBps: daily_bps }
}

#[test]
fn they_start_at_50_bps_and_a_hundredth_a_day_and_are_changed_together() {
    let mut world = world();
    let (admin, alice, hub) = (Account::at(Params::default().admin), world.alice, world.hub);
    let [before, after] = [[50, 100], [200, 400]].map(|pair| pair.map(U256::from));
    let told = |world: &World| {
        let told = world.chain.view(hub, Hub::instantRedemptionCall {});
        [told.feeBps, told.dailyBps]
    };
    assert_eq!(told(&world), before);

    let receipt = world.chain.send(admin, hub, parameters(after[0], after[1])).ok();

    let changed = Hub::RedemptionChanged {
        oldFeeBps: before[0],
        newFeeBps: after[0],
        oldDailyBps: before[1],
        newDailyBps: after[1],
    };
    world.assert_logs(&receipt, &[event(&changed)]);
    assert_eq!(told(&world), after);
    let paid = world.chain.send(alice, hub, redeem_now(ether(40), alice)).ok().output;
    assert_eq!(
        (paid, world.fees()),
        (ether(40) * U256::from(98) / U256::from(100), ether(8) / U256::from(10))
    );
}

#[test]
fn a_fee_is_at_most_5_percent_and_a_day_at_most_everything() {
    let mut world = world();
    let (admin, hub) = (Account::at(Params::default().admin), world.hub);
    let (fee, daily) = (U256::from(500), U256::from(10_000));

    for value in [fee + ONE, U256::ONE << 64, U256::MAX] {
        let refused = Hub::ParameterInvalid { value, min: ZERO, max: fee };
        world.chain.send(admin, hub, parameters(value, U256::MAX)).fails_with(refused);
    }
    for value in [daily + ONE, U256::ONE << 64, U256::MAX] {
        let refused = Hub::ParameterInvalid { value, min: ZERO, max: daily };
        world.chain.send(admin, hub, parameters(ZERO, value)).fails_with(refused);
    }
    world.chain.send(admin, hub, parameters(fee, daily)).ok();
    world.chain.send(admin, hub, parameters(ZERO, ZERO)).ok();
}

#[test]
fn nobody_else_changes_them() {
    let mut world = world();
    let hub = world.hub;

    for who in [world.alice, world.allocator, world.guardian, world.treasury, world.queue()] {
        let refused = Hub::AccessManagedUnauthorized { caller: who.address };
        world.chain.send(who, hub, parameters(ZERO, ZERO)).fails_with(refused);
    }
}

#[test]
fn after_its_first_day_the_admin_schedules_it_two_days_ahead() {
    let mut world = world();
    let (admin, hub) = (Account::at(Params::default().admin), world.hub);
    let manager = world.suite.access_manager;
    let call = parameters(ZERO, ZERO);
    world.chain.advance(days(1));

    let failure = world.chain.send(admin, hub, call.clone()).run().err().unwrap();
    let refused: Hub::AccessManagerNotScheduled = decoded(&failure);
    let when = world.chain.time() + days(2);
    let schedule = Manager::scheduleCall {
        target: hub,
        data: encoded(&call),
        when: alloy_primitives::aliases::U48::from(when),
    };
    let scheduled = world.chain.send(admin, manager, schedule).ok().output;
    assert_eq!(scheduled.operationId, refused.operationId);
    let early = Hub::AccessManagerNotReady { operationId: refused.operationId };
    world.chain.send(admin, hub, call.clone()).fails_with(early);
    world.chain.warp_to(when);
    world.chain.send(admin, hub, call).ok();

    assert_eq!(world.left(), ZERO);
}
