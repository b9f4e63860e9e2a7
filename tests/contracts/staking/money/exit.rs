//! The way out of a sequencer, by its owner and without.

use super::super::kit::*;
use alloy_primitives::U256;

const WEI: U256 = U256::ONE;
/// An id that nobody has.
const UNKNOWN: U256 = U256::from_limbs([9, 0, 0, 0]);
/// How long a sequencer is idle before anyone may eject it, in seconds.
const IDLE: u64 = days(30);
/// Live sequencers at most.
const LIVE: u64 = 64;

fn exit(id: U256) -> Staking::exitCall {
    Staking::exitCall { id }
}

fn eject(id: U256) -> Staking::ejectCall {
    Staking::ejectCall { id }
}

#[test]
fn an_owner_takes_its_sequencer_out() {
    let (mut world, id) = running();
    let operator = world.operator;
    let bucket = U256::from((world.chain.time() / days(1)) << 12 | 21);

    let receipt = world.tells(operator, exit(id), U256::ZERO);

    let (owner, nonce) = (operator.address, U256::from(4));
    let (assets, bond) = (BOND, U256::ZERO);
    let unlock = Staking::BondUnlockRequested { id, owner, bucket, assets, bond, nonce };
    let request = Staking::ExitRequested { id, caller: owner, nonce };
    world.assert_logs(&receipt, &[event(&unlock), event(&request)]);
    let told = world.sequencer(id);
    assert_eq!((told.status, told.bond), (Staking::Status::Exiting, U256::ZERO));
    assert!(world.asks(Staking::liveCall {}).is_empty());
    assert_eq!(world.asks(Staking::totalsCall {}).bonds, U256::ZERO);
    world.refuses(operator, exit(id), Staking::SequencerExiting { id });
    world.refuses(world.curator, eject(id), Staking::SequencerExiting { id });
    // It is out once its delegators are.
    world.undelegate(world.alice, id, ether(10_000));
    world.does(world.pool, Staking::undelegateCall { id, shares: ether(20_000) });
    assert_eq!(world.sequencer(id).status, Staking::Status::Exited);
}

#[test]
fn nobody_else_takes_a_sequencer_out_that_way() {
    let (mut world, id) = running();
    let (operator, alice) = (world.operator, world.alice);

    world.refuses(operator, exit(UNKNOWN), Staking::SequencerUnknown { id: UNKNOWN });
    world.refuses(operator, eject(UNKNOWN), Staking::SequencerUnknown { id: UNKNOWN });
    let (caller, owner) = (alice.address, operator.address);
    world.refuses(alice, exit(id), Staking::CallerNotOwner { caller, owner });
}

#[test]
fn a_sequencer_without_a_bond_leaves_without_a_bucket() {
    let mut world = world();
    let operator = world.operator;
    let id = world.register(operator, world.signer, BOND);
    world.does(operator, Staking::requestBondUnlockCall { id, assets: BOND });
    let bucket = world.latest(id);
    world.chain.advance(days(1));

    let receipt = world.tells(operator, exit(id), U256::ZERO);

    let told = Staking::ExitRequested { id, caller: operator.address, nonce: U256::from(3) };
    world.assert_logs(&receipt, &[event(&told)]);
    assert_eq!((world.latest(id), world.sequencer(id).status), (bucket, Staking::Status::Exited));
}

#[test]
fn an_active_sequencer_is_ejected_by_the_curator_alone() {
    let (mut world, id) = running();
    world.chain.advance(IDLE);
    let callers = [world.keeper, world.operator, world.admin, world.slasher, world.guardian];

    for caller in callers {
        let early = Staking::EjectionTooEarly { id, since: U256::ZERO };
        world.refuses(caller, eject(id), early);
    }
    let curator = world.curator;
    let receipt = world.tells(curator, eject(id), U256::ZERO);

    let nonce = U256::from(4);
    receipt.emitted(Staking::ExitRequested { id, caller: curator.address, nonce });
    assert_eq!(receipt.logs.len(), 2);
    let bucket = world.latest(id);
    world.chain.warp_to(world.matures(id, bucket));
    assert_eq!(world.claim(world.operator, id, bucket), BOND);
}

#[test]
fn anyone_ejects_a_sequencer_that_was_not_active_for_30_days_to_the_second() {
    let mut world = world();
    let id = world.register(world.operator, world.signer, BOND);
    let (keeper, since) = (world.keeper, world.now());

    world.chain.advance(IDLE - 1);
    world.refuses(keeper, eject(id), Staking::EjectionTooEarly { id, since });
    // Who was Active meanwhile starts anew.
    let mut busy = world.clone();
    busy.delegate(busy.alice, id, ether(18_000));
    busy.undelegate(busy.alice, id, ether(18_000));
    world.chain.advance(1);
    let receipt = world.tells(keeper, eject(id), U256::ZERO);

    let (owner, nonce) = (world.operator.address, U256::from(2));
    let (bucket, assets, bond) = (world.latest(id), BOND, U256::ZERO);
    let unlock = Staking::BondUnlockRequested { id, owner, bucket, assets, bond, nonce };
    let request = Staking::ExitRequested { id, caller: keeper.address, nonce };
    world.assert_logs(&receipt, &[event(&unlock), event(&request)]);
    let since = busy.now();
    busy.chain.advance(IDLE - 1);
    busy.refuses(keeper, eject(id), Staking::EjectionTooEarly { id, since });
    busy.chain.advance(1);
    busy.does(keeper, eject(id));
}

#[test]
fn a_sequencer_in_jail_is_not_active() {
    let (mut world, id) = running();
    let keeper = world.keeper;
    world.propose(id, MAX_SLASH, EVIDENCE);
    let since = world.now();

    world.chain.advance(IDLE - 1);
    world.refuses(keeper, eject(id), Staking::EjectionTooEarly { id, since });
    world.chain.advance(1);

    world.does(keeper, eject(id));
}

#[test]
fn a_place_is_taken_from_who_was_idle_for_30_days_by_a_larger_bond_alone() {
    let mut world = world();
    for number in 1..=LIVE {
        let signer = world.chain.account(&format!("signer {number}"));
        let bond = if number == 3 { ether(20_000) } else { BOND };
        world.register(world.operator, signer, bond);
    }
    let rival = world.rival;
    let signer = world.chain.account("signer 65");
    let plain = world.registration(rival, signer);
    let call = |displaced: u64| Registry::register_1Call {
        signer: plain.signer,
        key: plain.key,
        rewardRecipient: plain.rewardRecipient,
        commissionBps: plain.commissionBps,
        proof: plain.proof.clone(),
        displaced: U256::from(displaced),
    };
    let refused = |world: &mut World, displaced: u64, bond, offered| {
        let (id, before) = (U256::from(displaced), world.storage());
        let error = Staking::DisplacementRefused { id, bond, offered };
        let call = world.chain.send(rival, world.registry, call(displaced)).value(offered);
        call.fails_with(error);
        assert_eq!(world.storage(), before);
    };
    let larger = BOND + WEI;

    world.chain.advance(IDLE - 1);
    refused(&mut world, 7, BOND, larger);
    world.chain.advance(1);
    refused(&mut world, 7, BOND, BOND);
    // Number 3 is Active.
    refused(&mut world, 3, ether(20_000), ether(20_001));
    let full = Staking::SequencersFull { limit: U256::from(LIVE) };
    world.chain.send(rival, world.registry, call(0)).value(larger).fails_with(full);
    let unknown = Staking::SequencerUnknown { id: U256::from(99) };
    world.chain.send(rival, world.registry, call(99)).value(larger).fails_with(unknown);
    let receipt = world.chain.send(rival, world.registry, call(7)).value(larger).ok();

    let (id, caller, nonce) = (U256::from(7), world.registry, U256::from(2));
    receipt.emitted(Staking::ExitRequested { id, caller, nonce });
    let names: Vec<_> = receipt.logs.iter().map(|log| world.chain.names().event(log)).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(receipt.output, U256::from(LIVE + 1));
    assert_eq!(world.asks(Staking::countCall {}), U256::from(LIVE + 1));
}
