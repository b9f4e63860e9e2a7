//! What was never booked, and who may call back meanwhile.

use super::super::fixtures::{IReenterer, IRefuser, Refusal};
use super::kit::*;
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};
use emetis::artifacts::fixtures::fixture;

fn sweep(receiver: impl Into<Address>) -> Vault::sweepCall {
    Vault::sweepCall { receiver: receiver.into() }
}

fn create(world: &mut World, name: &str) -> Address {
    let code = fixture(name).unwrap_or_else(|error| panic!("{error}")).init_code;
    let address = world.chain.create(world.alice, code).ok().output;
    world.chain.label(address, name);
    address
}

#[test]
fn a_sweep_sends_donations_of_both_kinds_and_nothing_else() {
    let mut world = world();
    let (treasury, carol, vault) = (world.treasury, world.carol, world.vault);
    world.stake(world.alice, ether(5));
    world.donate(world.bob, ether(3));
    world.chain.deal(vault, ether(2));
    let before = (world.totals(), world.worth(world.alice), world.max_deposit());

    let receipt = world.chain.send(treasury, vault, sweep(carol)).ok();

    let (caller, receiver) = (treasury.address, carol.address);
    receipt.emitted(Vault::Swept { caller, receiver, assets: ether(3), metis: ether(2) });
    assert_eq!((receipt.output.assets, receipt.output.metis), (ether(3), ether(2)));
    assert_eq!((world.assets(carol), world.chain.balance(carol)), (ether(3), ether(2)));
    assert_eq!((world.assets(vault), world.chain.balance(vault)), (ether(6), U256::ZERO));
    assert_eq!((world.totals(), world.worth(world.alice), world.max_deposit()), before);
    let nothing = Vault::DonationsZero { balance: ether(6), ledger: ether(6) };
    world.chain.send(treasury, vault, sweep(carol)).fails_with(nothing);
}

#[test]
fn either_kind_is_swept_alone() {
    let mut world = world();
    let (treasury, carol, vault) = (world.treasury, world.carol, world.vault);

    world.donate(world.bob, U256::ONE);
    let swept = world.chain.send(treasury, vault, sweep(carol)).ok().output;
    assert_eq!((swept.assets, swept.metis), (U256::ONE, U256::ZERO));
    world.chain.deal(vault, U256::ONE);
    let swept = world.chain.send(treasury, vault, sweep(carol)).ok().output;

    assert_eq!((swept.assets, swept.metis), (U256::ZERO, U256::ONE));
}

#[test]
fn only_the_treasury_sweeps_and_to_somebody() {
    let mut world = world();
    let (vault, hub, treasury) = (world.vault, world.hub, world.treasury);
    world.donate(world.bob, ether(1));

    for caller in [world.alice, world.pool, Account::at(hub), Account::at(vault)] {
        let refused = Vault::AccessManagedUnauthorized { caller: caller.address };
        world.chain.send(caller, vault, sweep(caller)).fails_with(refused);
    }
    for receiver in [Address::ZERO, vault] {
        let refused = Vault::ReceiverInvalid { receiver };
        world.chain.send(treasury, vault, sweep(receiver)).fails_with(refused);
    }
    let refused = Hub::ERC20InvalidReceiver { receiver: hub };
    world.chain.send(treasury, vault, sweep(hub)).fails_with(refused);
}

#[test]
fn a_receiver_that_takes_no_metis_stops_the_sweep() {
    let mut world = world();
    let (treasury, vault) = (world.treasury, world.vault);
    let refuser = create(&mut world, "Refuser");
    world.chain.deal(vault, ether(1));
    world.donate(world.bob, ether(1));

    let call = IRefuser::answerCall { mode: Refusal::Silent as u8, size: U256::ZERO };
    world.chain.send(world.alice, refuser, call).ok();
    let refused = Vault::PaymentFailed { receiver: refuser, assets: ether(1) };
    world.chain.send(treasury, vault, sweep(refuser)).fails_with(refused);

    assert_eq!(world.assets(vault), ether(2));
}

#[test]
fn no_entry_of_the_vault_can_be_re_entered_while_it_pays() {
    let mut world = world();
    let (treasury, vault, alice) = (world.treasury, world.vault, world.alice);
    let attacker = create(&mut world, "Reenterer");
    world.stake(alice, ether(5));
    let (zero, one) = (U256::ZERO, U256::ONE);
    let (receiver, owner) = (attacker, attacker);
    let calls: [Bytes; 14] = [
        Vault::depositCall { assets: one, receiver }.abi_encode(),
        Vault::mintCall { shares: one, receiver }.abi_encode(),
        Vault::withdrawCall { assets: one, receiver, owner }.abi_encode(),
        Vault::redeem_0Call { shares: one, receiver, owner }.abi_encode(),
        Vault::redeem_1Call { shares: one, receiver, owner, minAssets: zero }.abi_encode(),
        Vault::receiveDepositCall { assets: one, receiver, minShares: zero }.abi_encode(),
        Vault::notifyCall { assets: one }.abi_encode(),
        Vault::settleCall { loss: zero, pending: zero }.abi_encode(),
        Vault::sweepCall { receiver }.abi_encode(),
        Vault::transferCall { to: alice.address, value: zero }.abi_encode(),
        Vault::approveCall { spender: alice.address, value: one }.abi_encode(),
        Vault::transferFromCall { from: owner, to: alice.address, value: zero }.abi_encode(),
        Vault::permit_1Call {
            owner,
            spender: alice.address,
            value: one,
            deadline: U256::MAX,
            signature: Bytes::new(),
        }
        .abi_encode(),
        world.suite.vault_constructor(&emetis::suite::Params::default()),
    ]
    .map(Bytes::from);

    for payload in calls {
        let mut world = world.clone();
        world.chain.deal(vault, ether(1));
        let selector: [u8; 4] = payload[..4].try_into().unwrap();
        let arm =
            IReenterer::armCall { target: vault, value: zero, payload, times: one, insists: false };
        world.chain.send(alice, attacker, arm).ok();
        let before = world.storage();

        world.chain.send(treasury, vault, sweep(attacker)).ok();

        let told = world.chain.view(attacker, IReenterer::outcomeCall { index: zero });
        let refused = Vault::ReentryRefused { selector: selector.into() }.abi_encode();
        assert_eq!((told.ok, told.ret), (false, refused.into()));
        assert_eq!(world.storage(), before);
    }
}

#[test]
fn views_of_the_vault_tell_the_truth_while_it_pays() {
    let mut world = world();
    let (treasury, vault, alice, zero) = (world.treasury, world.vault, world.alice, U256::ZERO);
    let attacker = create(&mut world, "Reenterer");
    world.stake(alice, ether(5));
    world.chain.deal(vault, ether(1));
    let arm = IReenterer::armCall {
        target: vault,
        value: zero,
        payload: Vault::totalAssetsCall {}.abi_encode().into(),
        times: U256::ONE,
        insists: false,
    };
    world.chain.send(alice, attacker, arm).ok();

    world.chain.send(treasury, vault, sweep(attacker)).ok();

    let told = world.chain.view(attacker, IReenterer::outcomeCall { index: zero });
    assert_eq!(U256::from_be_slice(&told.ret), ether(6));
}
