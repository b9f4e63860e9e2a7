//! Into jail, and out of it.

use super::super::kit::*;
use alloy_primitives::U256;

const WEI: U256 = U256::ONE;
/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);

fn unjail(id: U256) -> Staking::unjailCall {
    Staking::unjailCall { id }
}

#[test]
fn whoever_has_not_been_jailed_is_not_let_out() {
    let (mut world, id) = running();
    let (operator, alice) = (world.operator, world.alice);

    world.refuses(operator, unjail(UNKNOWN), Staking::SequencerUnknown { id: UNKNOWN });
    let (caller, owner) = (alice.address, operator.address);
    world.refuses(alice, unjail(id), Staking::CallerNotOwner { caller, owner });
    world.refuses(operator, unjail(id), Staking::SequencerNotJailed { id });
}

#[test]
fn jail_stays_shut_while_a_proposal_is_pending_to_its_last_second() {
    let (mut world, id) = running();
    let operator = world.operator;
    world.propose(id, MAX_SLASH, EVIDENCE);
    let until = world.asks(Staking::holdOfCall { id }).until;

    world.chain.warp_to(until.to::<u64>() - 1);
    world.refuses(operator, unjail(id), Staking::SlashPending { id, until });
    world.chain.advance(1);
    let receipt = world.tells(operator, unjail(id), U256::ZERO);

    assert_eq!(until, world.now());
    world.assert_logs(&receipt, &[event(&Staking::Unjailed { id, nonce: U256::from(5) })]);
    let told = world.sequencer(id);
    assert_eq!((told.status, told.jailedUntil), (Staking::Status::Active, U256::ZERO));
}

#[test]
fn a_term_runs_to_its_last_second_and_then_the_bond_is_looked_at() {
    let (mut world, id) = running();
    let operator = world.operator;
    world.slash(id);
    let until = world.sequencer(id).jailedUntil;

    world.chain.warp_to(until.to::<u64>() - 1);
    world.refuses(operator, unjail(id), Staking::JailTermRunning { id, until });
    world.chain.advance(1);
    // The slash has taken all of it.
    let small = |bond| Staking::BondTooSmall { bond, needed: BOND };
    world.refuses(operator, unjail(id), small(U256::ZERO));
    world.bond(id, BOND - WEI);
    world.refuses(operator, unjail(id), small(BOND - WEI));
    world.bond(id, WEI);
    let receipt = world.tells(operator, unjail(id), U256::ZERO);

    let nonce = world.sequencer(id).nonce;
    world.assert_logs(&receipt, &[event(&Staking::Unjailed { id, nonce })]);
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
    world.refuses(operator, unjail(id), Staking::SequencerNotJailed { id });
}

#[test]
fn the_bond_of_who_leaves_jail_is_measured_by_its_stake_as_well() {
    let (mut world, id) = running();
    let operator = world.operator;
    world.slash(id);
    world.bond(id, BOND);
    world.chain.advance(JAIL);
    let rules = Staking::setBondRulesCall { minBond: BOND, minBondBps: U256::from(650) };
    world.decide(world.staking, rules);

    // 6.5 % of 30,800.
    let needed = ether(2_002);
    world.refuses(operator, unjail(id), Staking::BondTooSmall { bond: BOND, needed });
    // What is added to the bond is added to the stake.
    let more = ether(2) * U256::from(10_000) / U256::from(9_350);
    world.bond(id, more);
    let needed = ((ether(30_800) + more) * U256::from(650)).div_ceil(U256::from(10_000));
    world.refuses(operator, unjail(id), Staking::BondTooSmall { bond: BOND + more, needed });
    world.bond(id, WEI);

    world.does(operator, unjail(id));
}

#[test]
fn anyone_opens_the_jail_of_whoever_is_on_its_way_out() {
    let (mut world, id) = running();
    let (operator, keeper) = (world.operator, world.keeper);
    world.slash(id);
    world.reward(id, ether(32));
    world.does(operator, Staking::exitCall { id });
    let until = world.sequencer(id).jailedUntil;

    world.refuses(keeper, unjail(id), Staking::JailTermRunning { id, until });
    world.chain.warp_to(until.to());
    let receipt = world.tells(keeper, unjail(id), U256::ZERO);

    let nonce = world.sequencer(id).nonce;
    receipt.emitted(Staking::Unjailed { id, nonce });
    // No bond is left: a tenth is commission, the rest is of a stake of 28,800.
    let told = receipt.events::<Staking::RewardsAccrued>();
    let split = |operator, delegators| (operator, delegators, U256::ZERO);
    let found: Vec<_> =
        told.iter().map(|(_, told)| (told.operator, told.delegators, told.parked)).collect();
    let commission = ether(32) / U256::from(10);
    assert_eq!(found, [split(commission, ether(32) - commission)]);
    assert_eq!(world.sequencer(id).status, Staking::Status::Exiting);
}

#[test]
fn a_sequencer_in_jail_takes_no_delegation_and_keeps_its_exits() {
    let (mut world, id) = running();
    let (operator, alice) = (world.operator, world.alice);
    let delegate = Staking::delegateCall { id };
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    let until = world.asks(Staking::holdOfCall { id }).until;

    let pending = Staking::SlashPending { id, until };
    world.refuses_with(alice, delegate.clone(), ether(1), pending);
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);
    world.refuses_with(alice, delegate.clone(), ether(1), Staking::SequencerJailed { id });
    world.undelegate(alice, id, ether(1));
    world.bond(id, BOND);
    world.does(operator, Staking::requestBondUnlockCall { id, assets: BOND });
    world.does(operator, Staking::exitCall { id });
    // Of two reasons the first listed is told.
    world.refuses_with(alice, delegate, ether(1), Staking::SequencerExiting { id });

    assert_eq!(world.sequencer(id).status, Staking::Status::Exiting);
}

#[test]
fn a_veto_frees_who_was_free_and_keeps_the_term_of_who_was_not() {
    let (mut world, id) = started();
    // Faults add up for a week.
    let more = Court::setMaxSlashCall { maxBps: U256::from(2_000) };
    world.chain.send(world.admin, world.court, more).ok();
    world.slash(id);
    let term = world.sequencer(id).jailedUntil;
    let proposal = world.propose(id, MAX_SLASH, OTHER_EVIDENCE);
    let longer = world.sequencer(id).jailedUntil;

    world.veto(proposal);

    let told = world.sequencer(id);
    assert_eq!(longer, world.now() + U256::from(JAIL));
    assert_eq!((told.status, told.jailedUntil), (Staking::Status::Jailed, term));
}
