//! The one construction.

use super::kit::*;
use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::SolValue;
use emetis::suite::{Params, Suite, constructor};

/// Selector of every Stylus constructor.
fn selector() -> [u8; 4] {
    keccak256("stylus_constructor()")[..4].try_into().unwrap()
}

/// A world in which the hub is deployed and active, but not constructed.
fn raw() -> (Chain, Address, Account) {
    let mut chain = Chain::new();
    let hub = Suite::place(&mut chain, programs()).liquid_staking;
    let alice = chain.account("alice");
    chain.deal(alice, WEALTH);
    (chain, hub, alice)
}

#[test]
fn the_constructor_sets_minter_and_treasury() {
    let (mut chain, hub, alice) = raw();
    let params = Params::default();

    let receipt = chain.send_raw(alice, hub, constructor(&params)).ok();

    let Params { minter, treasury } = params;
    receipt.emitted(Hub::Constructed { minter, treasury });
    assert_eq!(receipt.logs.len(), 1);
    assert_eq!(chain.view(hub, Hub::minterCall {}), minter);
    assert_eq!(chain.view(hub, Hub::treasuryCall {}), treasury);
    assert_eq!(chain.storage(hub, TOTALS_SLOT), Books::default().pack());
}

#[test]
fn the_constructor_runs_once() {
    let mut world = world();
    let (alice, hub, treasury) = (world.alice, world.hub, world.treasury);
    let storage = world.storage();

    for minter in [alice.address, Params::default().minter] {
        let again = constructor(&Params { minter, treasury: alice.address });
        let refused = Hub::ConstructionRepeated {};
        world.chain.send_raw(treasury, hub, again).fails_with(refused);
    }
    let zero = constructor(&Params { minter: Address::ZERO, treasury: Address::ZERO });
    world.chain.send_raw(alice, hub, zero).fails_with(Hub::ConstructionRepeated {});

    assert_eq!(world.storage(), storage);
}

#[test]
fn a_zero_treasury_is_refused_and_may_be_corrected() {
    let (mut chain, hub, alice) = raw();
    let wrong = Params { treasury: Address::ZERO, ..Params::default() };

    chain.send_raw(alice, hub, constructor(&wrong)).fails_with(Hub::TreasuryZero {});

    assert_eq!(chain.storage(hub, TOTALS_SLOT), U256::ZERO);
    chain.send_raw(alice, hub, constructor(&Params::default())).ok();
}

#[test]
fn the_constructor_takes_two_addresses_and_no_metis() {
    let (mut chain, hub, alice) = raw();
    let data = constructor(&Params::default());
    let selector = selector().into();

    for size in [4, 5, 35, 36, 67] {
        let refused = Hub::ArgumentsInvalid { selector, size: U256::from(size) };
        chain.send_raw(alice, hub, data[..size].to_vec()).fails_with(refused);
    }
    for dirty in [4, 15, 36, 47] {
        let mut data = data.clone();
        data[dirty] = 1;
        let refused = Hub::ArgumentsInvalid { selector, size: U256::from(data.len()) };
        chain.send_raw(alice, hub, data).fails_with(refused);
    }
    let value = ether(1);
    let refused = Hub::ValueRefused { selector, value };
    chain.send_raw(alice, hub, data.clone()).value(value).fails_with(refused);

    // As everywhere, bytes after the arguments are ignored.
    chain.send_raw(alice, hub, [data, vec![7]].concat()).ok();
}

#[test]
fn before_construction_nothing_touches_metis() {
    let (mut chain, hub, alice) = raw();
    let receiver = alice.address;
    let missing = |selector: [u8; 4]| Hub::ConstructionMissing { selector: selector.into() };

    let call = Hub::depositCall { receiver, tag: TAG };
    chain
        .send(alice, hub, call)
        .value(ether(1))
        .fails_with(missing(selector_of::<Hub::depositCall>()));
    let call = Hub::receiveRewardsCall { receiver };
    let error = missing(selector_of::<Hub::receiveRewardsCall>());
    chain.send(alice, hub, call).value(ether(1)).fails_with(error);
    let error = missing(selector_of::<Hub::sweepCall>());
    chain.send(alice, hub, Hub::sweepCall { receiver }).fails_with(error);

    assert_eq!(chain.view(hub, Hub::maxDepositCall { receiver }), U256::ZERO);
    assert_eq!(chain.view(hub, Hub::minterCall {}), Address::ZERO);
    assert_eq!(chain.view(hub, Hub::totalSupplyCall {}), U256::ZERO);
}

#[test]
fn before_construction_the_token_works_but_nobody_has_any() {
    let (mut chain, hub, alice) = raw();
    let spender = Account::named("bob").address;

    chain.send(alice, hub, Hub::approveCall { spender, value: U256::ONE }).ok();
    let call = Hub::transferCall { to: spender, value: U256::ZERO };
    chain.send(alice, hub, call).ok();

    let (sender, needed) = (alice.address, U256::ONE);
    let refused = Hub::ERC20InsufficientBalance { sender, balance: U256::ZERO, needed };
    chain.send(alice, hub, Hub::transferCall { to: spender, value: needed }).fails_with(refused);
}

#[test]
fn the_calldata_of_the_constructor_is_what_deployers_of_stylus_programs_send() {
    let Params { minter, treasury } = Params::default();

    let expected = [&selector()[..], &(minter, treasury).abi_encode_params()].concat();

    assert_eq!(constructor(&Params::default()), expected);
}
