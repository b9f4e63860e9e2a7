//! The one construction.

use super::kit::*;
use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::SolValue;
use emetis::suite::{Params, Suite, manager_constructor};

/// Selector of every Stylus constructor.
fn selector() -> [u8; 4] {
    keccak256("stylus_constructor()")[..4].try_into().unwrap()
}

/// A world in which the programs are deployed and active, but not constructed.
fn raw() -> (Chain, Suite, Account) {
    let mut chain = Chain::new();
    let suite = Suite::place(&mut chain, programs());
    let alice = chain.account("alice");
    chain.deal(alice, WEALTH);
    (chain, suite, alice)
}

#[test]
fn the_constructor_sets_the_programs_and_the_authority() {
    let (mut chain, suite, alice) = raw();
    let (params, hub, vault) = (Params::default(), suite.liquid_staking, suite.staked_metis);

    let receipt = chain.send_raw(alice, hub, suite.hub_constructor(&params)).ok();

    let (allocator, authority) = (params.allocator, suite.access_manager);
    receipt.emitted(Hub::AuthorityUpdated { authority });
    let queue = suite.redemption_queue;
    receipt.emitted(Hub::Constructed { vault, queue, allocator, authority });
    assert_eq!(receipt.logs.len(), 2);
    assert_eq!(chain.view(hub, Hub::vaultCall {}), vault);
    assert_eq!(chain.view(hub, Hub::queueCall {}), queue);
    assert_eq!(chain.view(hub, Hub::allocatorCall {}), allocator);
    assert_eq!(chain.view(hub, Hub::authorityCall {}), authority);
    assert_eq!(chain.storage(hub, TOTALS_SLOT), Books::default().pack());
}

#[test]
fn the_constructor_runs_once() {
    let mut world = world();
    let (alice, hub, treasury) = (world.alice, world.hub, world.treasury);
    let storage = world.storage();
    let constructor = |allocator, access_manager| {
        let suite = Suite { access_manager, ..world.suite };
        suite.hub_constructor(&Params { allocator, ..Params::default() })
    };

    for allocator in [alice.address, Params::default().allocator] {
        let again = constructor(allocator, alice.address);
        let refused = Hub::ConstructionRepeated {};
        world.chain.send_raw(treasury, hub, again).fails_with(refused);
    }
    let zero = constructor(Address::ZERO, Address::ZERO);
    world.chain.send_raw(alice, hub, zero).fails_with(Hub::ConstructionRepeated {});

    assert_eq!(world.storage(), storage);
}

#[test]
fn an_authority_without_code_is_refused_and_may_be_corrected() {
    let (mut chain, suite, alice) = raw();
    let hub = suite.liquid_staking;

    for authority in [Address::ZERO, alice.address] {
        let wrong = Suite { access_manager: authority, ..suite };
        let refused = Hub::AccessManagedInvalidAuthority { authority };
        let data = wrong.hub_constructor(&Params::default());
        chain.send_raw(alice, hub, data).fails_with(refused);
    }

    assert_eq!(chain.storage(hub, TOTALS_SLOT), U256::ZERO);
    chain.send_raw(alice, hub, suite.hub_constructor(&Params::default())).ok();
}

#[test]
fn a_program_that_is_nobody_or_the_hub_is_refused_and_may_be_corrected() {
    let (mut chain, suite, alice) = raw();
    let hub = suite.liquid_staking;

    for program in [Address::ZERO, hub] {
        let (params, refused) = (Params::default(), Hub::ProgramInvalid { program });
        let nobody = Suite { access_manager: Address::ZERO, ..suite };
        let wrong = Suite { staked_metis: program, ..nobody };
        chain.send_raw(alice, hub, wrong.hub_constructor(&params)).fails_with(refused.clone());
        let wrong = Suite { redemption_queue: program, ..nobody };
        chain.send_raw(alice, hub, wrong.hub_constructor(&params)).fails_with(refused.clone());
        let params = Params { allocator: program, ..params };
        chain.send_raw(alice, hub, nobody.hub_constructor(&params)).fails_with(refused);
    }

    chain.send_raw(alice, hub, suite.hub_constructor(&Params::default())).ok();
}

#[test]
fn the_constructor_takes_four_addresses_and_no_metis() {
    let (mut chain, suite, alice) = raw();
    let hub = suite.liquid_staking;
    let data = suite.hub_constructor(&Params::default());
    let selector = selector().into();

    for size in [4, 5, 35, 36, 67, 68, 99, 100, 131] {
        let refused = Hub::ArgumentsInvalid { selector, size: U256::from(size) };
        chain.send_raw(alice, hub, data[..size].to_vec()).fails_with(refused);
    }
    for dirty in [4, 15, 36, 47, 68, 79, 100, 111] {
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
    let (mut chain, Suite { liquid_staking: hub, .. }, alice) = raw();
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
    let call = Hub::depositAndStakeCall { receiver, minShares: U256::ZERO, tag: TAG };
    let error = missing(selector_of::<Hub::depositAndStakeCall>());
    chain.send(alice, hub, call).value(ether(1)).fails_with(error);
    let (caller, vault) = (receiver, Address::ZERO);
    let error = Hub::CallerNotVault { caller, vault };
    chain.send(alice, hub, Hub::burnCall { assets: U256::ZERO }).fails_with(error);
    let error = Hub::AccessManagedUnauthorized { caller };
    chain.send(alice, hub, Hub::sweepCall { receiver }).fails_with(error.clone());
    let call = Hub::setRedemptionCall { feeBps: U256::ZERO, dailyBps: U256::ZERO };
    chain.send(alice, hub, call).fails_with(error);

    assert_eq!(chain.view(hub, Hub::maxDepositCall { receiver }), U256::ZERO);
    assert_eq!(chain.view(hub, Hub::allocatorCall {}), Address::ZERO);
    assert_eq!(chain.view(hub, Hub::queueCall {}), Address::ZERO);
    assert_eq!(chain.view(hub, Hub::totalSupplyCall {}), U256::ZERO);
}

#[test]
fn before_construction_nobody_is_the_allocator() {
    let (mut chain, Suite { liquid_staking: hub, .. }, alice) = raw();
    let zero = U256::ZERO;

    for caller in [alice.address, Address::ZERO] {
        chain.deal(caller, WEALTH);
        let error = Hub::CallerNotAllocator { caller, allocator: Address::ZERO };
        let calls = [
            encoded(&Hub::placeCall { assets: zero }),
            encoded(&Hub::receiveUnbondedCall {}),
            encoded(&Hub::receiveBackingCall {}),
            encoded(&Hub::settleCall { loss: zero, pending: zero, until: zero }),
            encoded(&Hub::collectFeesCall { receiver: alice.address }),
        ];
        for call in calls {
            chain.send_raw(Account::at(caller), hub, call).fails_with(error.clone());
        }
    }
}

#[test]
fn before_construction_the_token_works_but_nobody_has_any() {
    let (mut chain, Suite { liquid_staking: hub, .. }, alice) = raw();
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
    let (liquid_staking, staked_metis) = (Address::repeat_byte(1), Address::repeat_byte(2));
    let (access_manager, redemption_queue) = (Address::repeat_byte(3), Address::repeat_byte(4));
    let suite = Suite {
        access_manager,
        liquid_staking,
        staked_metis,
        redemption_queue,
        ..Suite::default()
    };
    let params = Params::default();
    let Params { admin, allocator, pool, .. } = params;

    let manager = admin.abi_encode();
    let hub = (staked_metis, redemption_queue, allocator, access_manager).abi_encode_params();
    let vault = (liquid_staking, pool, access_manager).abi_encode_params();
    let queue = (liquid_staking, access_manager).abi_encode_params();

    assert_eq!(suite.hub_constructor(&params), [&selector()[..], &hub].concat());
    assert_eq!(suite.vault_constructor(&params), [&selector()[..], &vault].concat());
    assert_eq!(suite.queue_constructor(), [&selector()[..], &queue].concat());
    assert_eq!(manager_constructor(&params), [&selector()[..], &manager].concat());
}
