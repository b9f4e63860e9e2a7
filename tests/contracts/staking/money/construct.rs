//! The one construction of the staking program.

use super::super::kit::*;
use alloy_primitives::{Address, Bytes, U256, keccak256};
use alloy_sol_types::SolConstructor;
use emetis::interfaces::SequencerStaking;

/// Registry, court, distributor, quota, authority.
type Programs = [Address; 5];

fn constructor([registry, court, distributor, quota, authority]: Programs) -> Bytes {
    let call = SequencerStaking::constructorCall { registry, court, distributor, quota, authority };
    [&keccak256("stylus_constructor()")[..4], &call.abi_encode()].concat().into()
}

/// A staking program that is placed and not constructed, and what it could be constructed with.
fn placed() -> (World, Address, Programs) {
    let mut world = world();
    let deployer = world.chain.account("deployer");
    let staking = world.chain.deploy_program(deployer, &programs().sequencer_staking);
    let suite = world.suite;
    let (registry, court) = (suite.sequencer_registry, suite.slashing_court);
    (world, staking, [registry, court, suite.distributor, suite.quota, suite.access_manager])
}

#[test]
fn staking_is_constructed_once_and_tells_what_it_works_with() {
    let (mut world, staking, all) = placed();
    let [registry, court, distributor, quota, authority] = all;

    let receipt = world.chain.send_raw(world.keeper, staking, constructor(all)).ok();

    let built = Staking::Constructed { registry, court, distributor, quota, authority };
    let of = World { staking, ..world.clone() };
    of.assert_logs(&receipt, &[event(&Staking::AuthorityUpdated { authority }), event(&built)]);
    let told = of.asks(Staking::programsCall {});
    assert_eq!((told.registry, told.court), (registry, court));
    assert_eq!((told.distributor, told.quota), (distributor, quota));
    assert_eq!(of.asks(Staking::authorityCall {}), authority);
    let told = of.asks(Staking::parametersCall {});
    assert_eq!((told.activationThreshold, told.maxLock), (ether(20_000), ether(100_000)));
    assert_eq!((told.minBond, told.minBondBps), (BOND, U256::from(500)));
    assert_eq!(told.unbondingPeriod, U256::from(PERIOD));
    let repeated = Staking::ConstructionRepeated {};
    world.chain.send_raw(world.keeper, staking, constructor(all)).fails_with(repeated);
}

#[test]
fn staking_needs_four_other_programs_and_an_authority_with_code() {
    let (mut world, staking, all) = placed();
    let keeper = world.keeper;

    for place in 0..4 {
        for program in [Address::ZERO, staking] {
            let mut wrong = all;
            wrong[place] = program;
            let refused = Staking::ProgramInvalid { program };
            world.chain.send_raw(keeper, staking, constructor(wrong)).fails_with(refused);
        }
    }
    for authority in [Address::ZERO, keeper.address] {
        let mut wrong = all;
        wrong[4] = authority;
        let refused = Staking::AccessManagedInvalidAuthority { authority };
        world.chain.send_raw(keeper, staking, constructor(wrong)).fails_with(refused);
    }

    world.chain.send_raw(keeper, staking, constructor(all)).ok();
}

#[test]
fn staking_that_is_not_constructed_takes_nothing_from_anybody() {
    let (mut world, staking, _) = placed();
    world.staking = staking;
    let (id, alice, owner) = (U256::ONE, world.alice, world.operator.address);
    let nobody = Address::ZERO;
    let open = Staking::openCall {
        owner,
        rewardRecipient: owner,
        commissionBps: COMMISSION,
        displaced: U256::ZERO,
    };
    let notify = Staking::notifyRewardsCall { ids: vec![], amounts: vec![] };

    // Nobody is the zero address, which sends nothing on a chain; not even it is let in.
    for caller in [alice.address, nobody] {
        world.chain.deal(caller, BOND);
        let refused = Staking::CallerNotRegistry { caller, registry: nobody };
        world.refuses_with(caller, open.clone(), BOND, refused);
        let refused = Staking::CallerNotDistributor { caller, distributor: nobody };
        world.refuses(caller, notify.clone(), refused);
        let refused = Staking::CallerNotCourt { caller, court: nobody };
        world.refuses(caller, Staking::takeCall { id }, refused);
    }
    let unknown = Staking::SequencerUnknown { id };
    world.refuses_with(alice, Staking::delegateCall { id }, ether(1), unknown);
    assert_eq!(world.metis(staking), U256::ZERO);
}
