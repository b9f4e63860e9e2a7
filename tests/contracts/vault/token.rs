//! seMETIS as a token: what differs from eMETIS.

use super::super::signing::{Permit, in_parts};
use super::kit::*;
use alloy_primitives::U256;
use alloy_sol_types::{Eip712Domain, SolStruct, eip712_domain};

fn domain(name: &'static str, world: &World, contract: alloy_primitives::Address) -> Eip712Domain {
    eip712_domain! {
        name: name,
        version: "1",
        chain_id: world.chain.chain_id(),
        verifying_contract: contract,
    }
}

fn permit(world: &World, nonce: u64) -> Permit {
    Permit {
        owner: world.alice.address,
        spender: world.bob.address,
        value: ether(1),
        nonce: U256::from(nonce),
        deadline: U256::from(world.chain.time() + days(1)),
    }
}

#[test]
fn it_has_its_own_name_symbol_and_decimals() {
    let world = world();
    let (chain, vault) = (&world.chain, world.vault);

    assert_eq!(chain.view(vault, Vault::nameCall {}), "Staked eMETIS");
    assert_eq!(chain.view(vault, Vault::symbolCall {}), "seMETIS");
    assert_eq!(chain.view(vault, Vault::decimalsCall {}), 24);
    assert_eq!(chain.view(vault, Vault::rewardCycleCall {}), U256::from(CYCLE));
    assert_eq!(chain.view(vault, Vault::harvestIntervalCall {}), U256::from(INTERVAL));
}

#[test]
fn its_signing_domain_is_its_own() {
    let world = world();
    let domain = domain("Staked eMETIS", &world, world.vault);

    let told = world.chain.view(world.vault, Vault::DOMAIN_SEPARATORCall {});
    assert_eq!(told, domain.separator());
    let told = world.chain.view(world.vault, Vault::eip712DomainCall {});
    assert_eq!((told.name.as_str(), told.verifyingContract), ("Staked eMETIS", world.vault));
}

#[test]
fn a_permit_for_shares_is_signed_for_the_vault() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    world.stake(alice, ether(2));
    let permit = permit(&world, 0);
    let sign = |domain: Eip712Domain| alice.sign(permit.eip712_signing_hash(&domain));

    // The same message in the domain of eMETIS, and in a mixture of both.
    let hub = world.hub;
    let strangers = [domain("Liquid METIS", &world, hub), domain("Staked eMETIS", &world, hub)];
    for stranger in strangers {
        let call = in_parts(&permit, sign(stranger));
        assert!(world.chain.send(bob, vault, call).run().is_err());
    }
    let own = sign(domain("Staked eMETIS", &world, vault));
    world.chain.send(bob, vault, in_parts(&permit, own)).ok();
    assert!(world.chain.send(bob, vault, in_parts(&permit, own)).run().is_err());

    let (owner, receiver) = (alice.address, bob.address);
    let call = Vault::redeem_0Call { shares: ether(1), receiver, owner };
    world.chain.send(bob, vault, call).ok();
    assert_eq!(world.chain.view(vault, Vault::noncesCall { owner }), U256::ONE);
    assert_eq!(world.chain.view(hub, Hub::noncesCall { owner }), U256::ZERO);
}

#[test]
fn shares_move_with_their_worth() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    let shares = world.stake(alice, ether(8));
    world.notify(ether(9));
    world.chain.advance(CYCLE);
    let (worth, half) = (world.worth(alice), shares / U256::from(2));
    // But for the part of the virtual shares.
    assert_eq!(worth, ether(16) - U256::ONE);

    let call = Vault::transferCall { to: bob.address, value: half };
    world.chain.send(alice, vault, call).ok();

    let eight = ether(8) - U256::ONE;
    assert_eq!((world.worth(alice), world.worth(bob)), (eight, eight));
    assert_eq!(world.assets(bob), U256::ZERO);
}

#[test]
fn an_expired_vault_comes_back_with_everything() {
    let mut world = world();
    let (alice, bob, vault) = (world.alice, world.bob, world.vault);
    let shares = world.stake(alice, ether(5));
    world.notify(ether(6));
    let storage = world.storage();

    world.chain.advance(days(366));
    let call = || Vault::redeem_0Call { shares, receiver: alice.address, owner: alice.address };
    world.chain.send(alice, vault, call()).traps();
    world.chain.activate(bob, vault);
    // eMETIS has expired as well: what the vault asks of it takes all gas, and changes nothing.
    world.chain.send(alice, vault, call()).runs_out_of_gas();
    world.chain.activate(bob, world.hub);

    assert_eq!(world.storage(), storage);
    // But for the part of the virtual shares.
    assert_eq!(world.chain.send(alice, vault, call()).ok().output, ether(10) - U256::ONE);
}
