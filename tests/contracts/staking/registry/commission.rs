//! The commission: announced, applied, cut, capped.

use super::super::kit::*;
use alloy_primitives::U256;

/// A raise by the largest step, in bps.
const RAISED: U256 = U256::from_limbs([1_500, 0, 0, 0]);

fn bps(value: u64) -> U256 {
    U256::from(value)
}

/// A sequencer with [`COMMISSION`].
fn registered() -> (World, U256) {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    (world, id)
}

impl World {
    fn announce(&mut self, id: U256, bps: U256) -> Receipt<Registry::announceCommissionReturn> {
        let call = Registry::announceCommissionCall { id, commissionBps: bps };
        self.chain.send(self.operator, self.registry, call).ok()
    }

    fn announced(&self, id: U256) -> (U256, U256) {
        let told = self.chain.view(self.registry, Registry::announcedCall { id });
        (told.commissionBps, told.due)
    }
}

#[test]
pub(crate) fn a_raise_waits_for_a_week() {
    let (mut world, id) = registered();
    let (operator, registry) = (world.operator, world.registry);
    let due = world.now() + U256::from(WEEK);
    let apply = Registry::applyCommissionCall { id };

    let receipt = world.announce(id, RAISED);

    let announced =
        Registry::CommissionAnnounced { id, commissionBps: RAISED, due, nonce: U256::from(2) };
    receipt.emitted(announced);
    assert_eq!(receipt.logs.len(), 1);
    assert_eq!(world.announced(id), (RAISED, due));
    assert_eq!(world.sequencer(id).commissionBps, COMMISSION);
    let refused = || Registry::CommissionTooEarly { id, due };
    world.chain.send(operator, registry, apply.clone()).fails_with(refused());
    world.chain.advance(WEEK - 1);
    world.chain.send(operator, registry, apply.clone()).fails_with(refused());
    world.chain.advance(1);

    let receipt = world.chain.send(operator, registry, apply.clone()).ok();

    let nonce = U256::from(3);
    receipt.emitted(Registry::CommissionApplied { id, commissionBps: RAISED, nonce });
    let changed = Staking::CommissionChanged {
        id,
        oldCommissionBps: COMMISSION,
        newCommissionBps: RAISED,
        nonce,
    };
    receipt.emitted(changed);
    assert_eq!(world.sequencer(id).commissionBps, RAISED);
    assert_eq!(world.announced(id), (U256::ZERO, U256::ZERO));
    let missing = Registry::CommissionMissing { id };
    world.chain.send(operator, registry, apply).fails_with(missing);
}

#[test]
pub(crate) fn an_announcement_lapses_a_week_after_it_is_due() {
    let (mut world, id) = registered();
    world.announce(id, RAISED);
    let apply = Registry::applyCommissionCall { id };

    world.chain.advance(2 * WEEK - 1);
    assert_eq!(world.announced(id).0, RAISED);
    let outcome =
        world.chain.send(world.operator, world.registry, apply.clone()).dry_run().map(drop);
    assert!(outcome.is_ok(), "{outcome:?}");
    world.chain.advance(1);

    assert_eq!(world.announced(id), (U256::ZERO, U256::ZERO));
    let missing = Registry::CommissionMissing { id };
    world.chain.send(world.operator, world.registry, apply).fails_with(missing);
}

#[test]
pub(crate) fn a_step_is_measured_when_it_is_applied() {
    let (mut world, id) = registered();
    let (operator, registry) = (world.operator, world.registry);
    world.announce(id, RAISED + U256::ONE);
    world.chain.advance(WEEK);
    let apply = Registry::applyCommissionCall { id };

    let refused =
        Registry::CommissionStepTooLarge { oldBps: COMMISSION, newBps: RAISED + U256::ONE };
    world.chain.send(operator, registry, apply.clone()).fails_with(refused);

    world.announce(id, RAISED);
    world.chain.advance(WEEK);
    world.chain.send(operator, registry, apply).ok();
}

#[test]
pub(crate) fn a_cut_takes_effect_at_once_and_withdraws_a_raise() {
    let (mut world, id) = registered();
    world.announce(id, RAISED);

    let receipt = world.announce(id, bps(999));

    let nonce = U256::from(3);
    receipt.emitted(Registry::CommissionApplied { id, commissionBps: bps(999), nonce });
    assert_eq!(receipt.events::<Registry::CommissionAnnounced>().len(), 0);
    assert_eq!(world.sequencer(id).commissionBps, bps(999));
    assert_eq!(world.announced(id), (U256::ZERO, U256::ZERO));
}

#[test]
fn the_commission_there_is_only_withdraws() {
    let (mut world, id) = registered();
    world.announce(id, RAISED);

    let receipt = world.announce(id, COMMISSION);

    let withdrawn = Registry::CommissionAnnounced {
        id,
        commissionBps: COMMISSION,
        due: U256::ZERO,
        nonce: U256::from(3),
    };
    receipt.emitted(withdrawn);
    assert_eq!(receipt.logs.len(), 1);
    assert_eq!(world.announced(id), (U256::ZERO, U256::ZERO));
}

#[test]
fn a_later_announcement_replaces_an_earlier_one() {
    let (mut world, id) = registered();
    world.announce(id, RAISED);
    world.chain.advance(days(3));

    world.announce(id, bps(1_200));

    assert_eq!(world.announced(id), (bps(1_200), world.now() + U256::from(WEEK)));
}

#[test]
pub(crate) fn no_raise_is_above_the_highest_when_it_is_announced_or_applied() {
    let (mut world, id) = registered();
    let (operator, registry) = (world.operator, world.registry);
    let announce = |bps| Registry::announceCommissionCall { id, commissionBps: bps };

    for raised in [bps(2_001), U256::MAX, U256::ONE << 128] {
        let refused = Registry::CommissionTooHigh { commissionBps: raised, maxBps: bps(2_000) };
        world.chain.send(operator, registry, announce(raised)).fails_with(refused);
    }
    world.announce(id, RAISED);
    let lower = Registry::setMaxCommissionCall { maxBps: bps(800) };
    world.chain.send(world.admin, registry, lower).ok();
    world.chain.advance(WEEK);
    let refused = Registry::CommissionTooHigh { commissionBps: RAISED, maxBps: bps(800) };
    let apply = Registry::applyCommissionCall { id };
    world.chain.send(operator, registry, apply).fails_with(refused);

    // What is above it may fall.
    world.announce(id, bps(900));
    assert_eq!(world.sequencer(id).commissionBps, bps(900));
}

#[test]
fn admins_set_the_highest_commission_up_to_half() {
    let (mut world, _) = registered();
    let registry = world.registry;
    let set = |max| Registry::setMaxCommissionCall { maxBps: max };

    let receipt = world.chain.send(world.admin, registry, set(bps(5_000))).ok();

    let changed = Registry::MaxCommissionChanged { oldMaxBps: bps(2_000), newMaxBps: bps(5_000) };
    receipt.emitted(changed);
    assert_eq!(world.chain.view(registry, Registry::maxCommissionCall {}), bps(5_000));
    for value in [bps(5_001), U256::MAX] {
        let refused = Registry::ParameterInvalid { value, min: U256::ZERO, max: bps(5_000) };
        world.chain.send(world.admin, registry, set(value)).fails_with(refused);
    }
    let caller = world.operator.address;
    let refused = Registry::AccessManagedUnauthorized { caller };
    world.chain.send(world.operator, registry, set(U256::ZERO)).fails_with(refused);
    world.chain.send(world.admin, registry, set(U256::ZERO)).ok();
    assert_eq!(world.chain.view(registry, Registry::maxCommissionCall {}), U256::ZERO);
}
