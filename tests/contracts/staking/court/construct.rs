//! The one construction of the court.

use super::super::kit::*;
use alloy_primitives::{Address, Bytes, U256, keccak256};
use alloy_sol_types::SolConstructor;
use emetis::interfaces::SlashingCourt;

fn constructor(staking: Address, authority: Address) -> Bytes {
    let call = SlashingCourt::constructorCall { staking, authority };
    [&keccak256("stylus_constructor()")[..4], &call.abi_encode()].concat().into()
}

#[test]
fn a_court_is_constructed_once_and_tells_what_it_works_with() {
    let mut world = world();
    let deployer = world.chain.account("deployer");
    let court = world.chain.deploy_program(deployer, &programs().slashing_court);
    let (staking, authority) = (world.staking, world.suite.access_manager);
    let keeper = world.keeper;

    for program in [Address::ZERO, court] {
        let refused = Court::ProgramInvalid { program };
        world.chain.send_raw(keeper, court, constructor(program, authority)).fails_with(refused);
    }
    let refused = Court::AccessManagedInvalidAuthority { authority: keeper.address };
    world.chain.send_raw(keeper, court, constructor(staking, keeper.address)).fails_with(refused);
    let receipt = world.chain.send_raw(keeper, court, constructor(staking, authority)).ok();

    receipt.emitted(Court::AuthorityUpdated { authority });
    receipt.emitted(Court::Constructed { staking, authority });
    assert_eq!(receipt.logs.len(), 2);
    let chain = &mut world.chain;
    assert_eq!(chain.view(court, Court::stakingCall {}), staking);
    assert_eq!(chain.view(court, Court::authorityCall {}), authority);
    let told = chain.view(court, Court::parametersCall {});
    let times = [VETO_WINDOW, EXECUTE_GRACE, JAIL].map(U256::from);
    assert_eq!([told.vetoWindow, told.executeGrace, told.maxJail], times);
    assert_eq!(told.maxSlashPerWindow, MAX_SLASH);
    let refused = Court::ConstructionRepeated {};
    chain.send_raw(keeper, court, constructor(staking, authority)).fails_with(refused);
}
