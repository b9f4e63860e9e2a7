//! The staking program expires while a proposal waits for its execution.

use alloy_primitives::{Address, U256, keccak256};
use emetis::stylus::arbwasm::{ARB_WASM, ArbWasm};

use super::super::kit::*;

/// Days after which a program expires.
const LIFE: u64 = 365;
/// METIS that Alice takes out before the proposal.
const LEAVING: u64 = 4_000;

impl World {
    /// Somebody pays for another life of a program.
    fn prolong(&mut self, program: Address) {
        let codehash = keccak256(self.chain.code(program));
        let call = ArbWasm::codehashKeepaliveCall { codehash };
        self.chain.send(self.alice, ARB_WASM, call).value(ether(1)).ok();
    }
}

/// A world a year old in which all programs but staking were prolonged, and staking has just expired
/// with a proposal pending that can be executed.
fn expired() -> (World, U256, U256, U256) {
    let (mut world, id) = running();
    let (programs, staking) = (world.suite.programs(), world.staking);
    // What stands in for the quota here is no program, and never expires.
    let apart = [staking, world.suite.quota];
    world.chain.advance(days(LIFE - 10));
    for program in programs.into_iter().filter(|program| !apart.contains(program)) {
        world.prolong(program);
    }
    world.chain.advance(days(7));
    let bucket = world.undelegate(world.alice, id, ether(LEAVING));
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    world.chain.advance(days(4));
    (world, id, proposal, bucket)
}

#[test]
fn an_execution_that_gets_no_answer_changes_nothing_and_succeeds_once_staking_is_back() {
    let (mut world, id, proposal, bucket) = expired();
    let before = world.storage();
    let execute = Court::executeCall { proposal };

    world.chain.send(world.keeper, world.court, execute).runs_out_of_gas();
    world.chain.send(world.alice, world.staking, Staking::accrueCall { id }).traps();

    // No answer is no refusal: the court ends as if it had run out of gas.
    assert_eq!(world.storage(), before);
    assert_eq!(world.state(proposal), Court::State::Pending);
    world.chain.activate(world.keeper, world.staking);
    assert_eq!(world.storage(), before);
    world.execute(proposal);

    assert_eq!(world.state(proposal), Court::State::Executed);
    assert_eq!(world.sequencer(id).bond, U256::ZERO);
    world.chain.warp_to(world.matures(id, bucket));
    // 1,200 of 30,000 delegated.
    assert_eq!(world.claim(world.alice, id, bucket), ether(LEAVING - 160));
}

#[test]
fn a_proposal_whose_time_ran_out_meanwhile_is_cleared_away_and_buckets_pay_in_full() {
    let (mut world, id, proposal, bucket) = expired();
    let before = world.storage();
    world.chain.advance(VETO_WINDOW + EXECUTE_GRACE);
    let lapse = Court::lapseCall { proposal };

    world.chain.send(world.keeper, world.court, lapse).runs_out_of_gas();

    assert_eq!(world.storage(), before);
    world.chain.activate(world.keeper, world.staking);
    world.lapse(proposal);

    assert_eq!(world.loss(), (U256::ZERO, U256::ZERO));
    assert_eq!(world.asks(Staking::holdOfCall { id }).until, U256::ZERO);
    world.chain.warp_to(world.matures(id, bucket));
    assert_eq!(world.claim(world.alice, id, bucket), ether(LEAVING));
    world.does(world.operator, Staking::unjailCall { id });
    assert_eq!(world.sequencer(id).status, Staking::Status::Active);
}

#[test]
fn a_registration_while_staking_is_gone_costs_no_bond_and_no_proof() {
    let (mut world, ..) = expired();
    let rival = world.rival;
    let call = world.registration(rival, world.other_signer);
    let before = world.chain.balance(rival);

    let call_again = call.clone();
    world.chain.send(rival, world.registry, call).value(BOND).runs_out_of_gas();

    assert_eq!(world.chain.balance(rival), before);
    world.chain.activate(world.keeper, world.staking);
    world.chain.send(rival, world.registry, call_again).value(BOND).ok();
}
