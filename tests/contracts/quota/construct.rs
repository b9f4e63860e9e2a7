//! The one construction.

use super::kit::*;
use alloy_primitives::{Address, U256};
use emetis::interfaces::SequencerQuota;

fn call(world: &World) -> SequencerQuota::constructorCall {
    SequencerQuota::constructorCall {
        staking: world.staking,
        court: world.suite.slashing_court,
        distributor: world.suite.distributor,
        authority: world.suite.access_manager,
    }
}

#[test]
fn a_construction_sets_programs_authority_and_limits() {
    let mut world = world();
    let deployer = world.chain.account("deployer");
    let quota = world.chain.deploy_program(deployer, &programs().sequencer_quota);
    let call = call(&world);

    let receipt = world.chain.construct(deployer, quota, call.clone()).ok();

    receipt.emitted(Quota::AuthorityUpdated { authority: call.authority });
    receipt.emitted(Quota::Constructed {
        staking: call.staking,
        court: call.court,
        distributor: call.distributor,
        authority: call.authority,
    });
    let chain = &world.chain;
    let told = (
        chain.view(quota, Quota::stakingCall {}),
        chain.view(quota, Quota::courtCall {}),
        chain.view(quota, Quota::distributorCall {}),
        chain.view(quota, Quota::authorityCall {}),
    );
    assert_eq!(told, (call.staking, call.court, call.distributor, call.authority));
    let (told, begin) = (chain.view(quota, Quota::limitsCall {}), limits());
    assert_eq!(
        [
            told.operatorShareBps,
            told.operatorFloor,
            told.poolShareBps,
            told.poolFloor,
            told.poolCap,
            told.directShareBps,
            told.churnBps
        ],
        [
            begin.operatorShareBps,
            begin.operatorFloor,
            begin.poolShareBps,
            begin.poolFloor,
            begin.poolCap,
            begin.directShareBps,
            begin.churnBps
        ]
    );
}

#[test]
fn a_construction_happens_once() {
    let mut world = world();
    let call = call(&world);

    let again = world.chain.construct(world.admin, world.quota, call);

    again.fails_with(Quota::ConstructionRepeated {});
}

#[test]
fn no_program_is_zero_or_the_quota_and_an_authority_has_code() {
    let mut world = world();
    let deployer = world.chain.account("deployer");
    let quota = world.chain.deploy_program(deployer, &programs().sequencer_quota);

    for program in [Address::ZERO, quota] {
        let good = call(&world);
        for call in [
            SequencerQuota::constructorCall { staking: program, ..good.clone() },
            SequencerQuota::constructorCall { court: program, ..good.clone() },
            SequencerQuota::constructorCall { distributor: program, ..good.clone() },
        ] {
            let refused = Quota::ProgramInvalid { program };
            world.chain.construct(deployer, quota, call).fails_with(refused);
        }
    }
    let authority = world.alice.address;
    let nobody = SequencerQuota::constructorCall { authority, ..call(&world) };
    let refused = Quota::AccessManagedInvalidAuthority { authority };
    world.chain.construct(deployer, quota, nobody).fails_with(refused);
}

#[test]
fn a_quota_never_has_metis() {
    let mut world = world();

    let refused = Quota::ValueRefused {
        selector: <Quota::recordSlashCall as alloy_sol_types::SolCall>::SELECTOR.into(),
        value: U256::ONE,
    };
    let call = Quota::recordSlashCall { proposal: U256::ONE };
    world.chain.send(world.alice, world.quota, call).value(U256::ONE).fails_with(refused);
}
