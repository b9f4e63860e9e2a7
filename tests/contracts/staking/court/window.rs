//! What proposals on one sequencer add up to.

use super::super::kit::*;
use alloy_primitives::{B256, U256};

fn bps(value: u64) -> U256 {
    U256::from(value)
}

#[test]
pub(crate) fn slashes_of_a_week_add_up_to_at_most_the_cap() {
    let (mut world, id) = running();
    assert_eq!(world.room(id), MAX_SLASH);
    for wrong in [U256::ZERO, bps(1_001), U256::MAX, U256::ONE << 64] {
        let call = world.proposal(id, wrong, EVIDENCE);
        let refused = Court::SlashTooLarge { bps: wrong, room: MAX_SLASH };
        world.chain.send(world.slasher, world.court, call).fails_with(refused);
    }
    let first = world.propose(id, bps(600), EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    world.execute(first);

    assert_eq!(world.room(id), bps(400));
    let call = world.proposal(id, bps(401), OTHER_EVIDENCE);
    let refused = Court::SlashTooLarge { bps: bps(401), room: bps(400) };
    world.chain.send(world.slasher, world.court, call).fails_with(refused);
    world.propose(id, bps(400), OTHER_EVIDENCE);
    assert_eq!(world.room(id), U256::ZERO);
}

#[test]
fn a_chain_goes_on_for_a_week_after_its_last_proposal() {
    let (mut world, id) = running();
    let first = world.propose(id, bps(600), EVIDENCE);
    world.chain.advance(VETO_WINDOW);
    world.execute(first);
    world.chain.advance(WEEK - VETO_WINDOW);
    let second = world.propose(id, bps(300), OTHER_EVIDENCE);
    assert_eq!(world.room(id), bps(100), "a week later is not further apart");
    world.chain.advance(VETO_WINDOW);
    world.execute(second);

    world.chain.advance(WEEK - VETO_WINDOW);
    assert_eq!(world.room(id), bps(100), "two weeks after the first, one after the second");
    world.chain.advance(1);
    assert_eq!(world.room(id), MAX_SLASH);
}

#[test]
pub(crate) fn a_veto_gives_its_part_back() {
    let (mut world, id) = running();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);

    world.veto(proposal);

    assert_eq!(world.room(id), MAX_SLASH);
}

#[test]
fn a_lapse_gives_its_part_back_even_before_it_is_cleared_away() {
    let (mut world, id) = running();
    let first = world.propose(id, bps(100), B256::repeat_byte(1));
    world.chain.advance(VETO_WINDOW);
    world.execute(first);
    let second = world.propose(id, bps(500), EVIDENCE);
    assert_eq!(world.room(id), bps(400));

    world.chain.advance(VETO_WINDOW + EXECUTE_GRACE);
    assert_eq!(world.room(id), MAX_SLASH);
    world.lapse(second);

    assert_eq!(world.room(id), MAX_SLASH);
}

#[test]
fn a_lower_cap_leaves_no_room_and_no_debt() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let proposal = world.propose(id, bps(600), EVIDENCE);
    assert_eq!(world.room(id), bps(400));

    let lower = Court::setMaxSlashCall { maxBps: bps(500) };
    world.chain.send(world.admin, world.court, lower).ok();

    assert_eq!(world.room(id), U256::ZERO);
    world.veto(proposal);
    assert_eq!(world.room(id), bps(500));
}
