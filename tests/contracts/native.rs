//! SAF-4: the compiled program answers what the pure core computes natively.

use super::chance::check;
use super::fixtures::{IWallet, Mode};
use super::kit::*;
use super::signing::{HALF_ORDER, ORDER, as_bytes};
use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::{SolError, SolValue};
use emetis::campaign::amounts::{amount, amount_below, near};
use emetis_common::account::Account as CoreAccount;
use emetis_common::eip712::{Domain, Permit};
use emetis_common::signature::{Flaw, Signature as CoreSignature};
use emetis_common::totals::{Refusal, Totals};
use emetis_common::{slots, totals};
use proptest::prelude::*;

/// Selectors of the two ways in.
const DEPOSIT: [u8; 4] = selector_of::<Hub::depositCall>();
const REWARDS: [u8; 4] = selector_of::<Hub::receiveRewardsCall>();

fn word(value: U256) -> [u8; 32] {
    value.to_be_bytes()
}

fn encode(error: impl SolError) -> Bytes {
    error.abi_encode().into()
}

/// The error that the hub makes of a refusal.
fn told(refusal: Refusal, assets: U256) -> Bytes {
    let big = U256::from::<u128>;
    match refusal {
        Refusal::AssetsZero => encode(Hub::AssetsZero {}),
        Refusal::Halted { backing, supply } => {
            encode(Hub::DepositsHalted { backing: big(backing), supply: big(supply) })
        }
        Refusal::SupplyOverflow { supply } => {
            encode(Hub::SupplyOverflow { supply: big(supply), assets, limit: LIMIT })
        }
        Refusal::BufferOverflow { buffer } => {
            encode(Hub::BufferOverflow { buffer: big(buffer), assets, limit: LIMIT })
        }
        other => unreachable!("neither way in refuses by {other:?}"),
    }
}

/// Books of any kind; often with a shortfall near the tolerance, seldom not constructed.
pub(super) fn any_books() -> impl Strategy<Value = U256> {
    let figure =
        || prop_oneof![3 => amount_below(84), 1 => (-2i8..=0).prop_map(|by| near(LIMIT, by))];
    let free = (figure(), figure(), figure(), 0u8..16);
    let tight = (figure(), figure(), -2i8..=2).prop_map(|(supply, placed, by)| {
        let buffer = near(supply.saturating_sub(TOLERANCE), by).saturating_sub(placed);
        (supply, buffer.min(LIMIT), placed, 1)
    });
    prop_oneof![free, tight].prop_map(|(supply, buffer, placed, flags)| {
        supply | (buffer << 84) | (placed << 168) | (U256::from(flags) << 252)
    })
}

#[test]
fn books_change_as_the_core_says() {
    assert_eq!((LIMIT, TOLERANCE), (U256::from(totals::LIMIT), U256::from(totals::HALT_TOLERANCE)));
    let assets = prop_oneof![amount(), amount_below(84), (-2i8..=2).prop_map(|by| near(LIMIT, by))];
    let story = (any_books(), assets, any::<bool>(), any::<bool>());
    check(2_000, &story, |(slot, assets, to_limit, is_reward)| {
        let mut world = world();
        let (allocator, hub) = (world.allocator, world.hub);
        world.chain.set_storage(hub, TOTALS_SLOT, slot);
        let before = Totals::unpack(&word(slot));
        // Half of the time what just fits, or just does not.
        let room = LIMIT - U256::from(before.supply().max(before.buffer()));
        let assets = if to_limit { near(room, (assets.byte(0) % 3) as i8 - 1) } else { assets };
        world.chain.deal(allocator, assets);
        let receiver = world.bob.address;

        let outcome = if is_reward {
            let call = Hub::receiveRewardsCall { receiver };
            world.chain.send(allocator, hub, call).value(assets).run().map(|told| told.output)
        } else {
            let call = Hub::depositCall { receiver, tag: TAG };
            world.chain.send(allocator, hub, call).value(assets).run().map(|told| told.output)
        };

        let small = u128::try_from(assets).unwrap_or(u128::MAX);
        let selector = if is_reward { REWARDS } else { DEPOSIT }.into();
        let expected = match before.is_constructed() {
            false => Err(encode(Hub::ConstructionMissing { selector })),
            true if is_reward => before.receive_rewards(small).map_err(|why| told(why, assets)),
            // A pause or a wait that is over, as all are here, is forgotten.
            true => before
                .with_pause(false)
                .with_wait(false)
                .deposit(small)
                .map_err(|why| told(why, assets)),
        };
        prop_assert_eq!(
            outcome.map_err(|failure| failure.data()),
            expected.clone().map(|_| assets)
        );
        let after = expected.map_or(word(slot), |after| after.pack());
        prop_assert_eq!(word(world.chain.storage(hub, TOTALS_SLOT)), after);
        Ok(())
    });
}

#[test]
fn views_of_the_books_tell_what_the_core_says() {
    check(1_000, &any_books(), |slot| {
        let mut world = world();
        let (hub, receiver) = (world.hub, world.bob.address);
        world.chain.set_storage(hub, TOTALS_SLOT, slot);

        let core = Totals::unpack(&word(slot));

        let chain = &world.chain;
        let found = [
            chain.view(hub, Hub::totalSupplyCall {}),
            chain.view(hub, Hub::bufferCall {}),
            chain.view(hub, Hub::placedCall {}),
            chain.view(hub, Hub::backingCall {}),
            chain.view(hub, Hub::shortfallCall {}),
            chain.view(hub, Hub::maxDepositCall { receiver }),
        ];
        let expected = [
            core.supply(),
            core.buffer(),
            core.placed(),
            core.backing(),
            core.shortfall(),
            core.max_deposit(),
        ];
        prop_assert_eq!(found, expected.map(U256::from));
        let books = world.books();
        prop_assert_eq!(
            [books.supply, books.buffer, books.placed],
            found.first_chunk().copied().unwrap()
        );
        Ok(())
    });
}

#[test]
fn the_separator_is_what_the_core_says_on_any_chain() {
    let domain = Domain::new("Liquid METIS", "1");
    check(200, &any::<u64>(), |chain_id| {
        let mut world = world();
        world.chain.set_chain_id(chain_id);

        let separator = world.chain.view(world.hub, Hub::DOMAIN_SEPARATORCall {});

        prop_assert_eq!(separator.0, domain.separator(chain_id, &world.hub.into()));
        Ok(())
    });
}

#[test]
fn what_a_permit_signs_is_what_the_core_says() {
    let mut origin = world();
    let wallet = origin.fixture("Wallet1271");
    let domain = Domain::new("Liquid METIS", "1");
    let spender = any::<[u8; 20]>().prop_map(Address::from);
    let fields = (spender, amount(), amount_below(128), 0u64..1 << 40, any::<u64>());
    check(300, &fields, |(spender, value, nonce, left, chain_id)| {
        prop_assume!(!spender.is_zero());
        let mut world = origin.clone();
        let (alice, hub) = (world.alice, world.hub);
        world.chain.set_chain_id(chain_id);
        let owner = CoreAccount::from(wallet);
        let slot = U256::from_be_bytes(slots::nonce(&owner));
        world.chain.set_storage(hub, slot, nonce);
        let deadline = U256::from(world.chain.time().saturating_add(left));
        let permit =
            Permit { owner, spender: spender.into(), value: word(value), deadline: word(deadline) };

        // The wallet accepts this digest and no other.
        let separator = domain.separator(chain_id, &hub.into());
        let hash = B256::from(permit.digest(&separator, &word(nonce)));
        let expect = IWallet::expectCall { hash, signatureHash: B256::ZERO };
        world.chain.send(alice, wallet, expect).ok();
        let call =
            Hub::permit_1Call { owner: wallet, spender, value, deadline, signature: Bytes::new() };
        let outcome = world.chain.send(alice, hub, call).run();

        prop_assert!(outcome.is_ok(), "{:?}", outcome.err());
        prop_assert_eq!(world.allowance(wallet, spender), value);
        prop_assert_eq!(world.nonce(wallet), nonce + U256::ONE);
        Ok(())
    });
    assert_eq!(Mode::Honest as u8, 0, "a new wallet is honest");
}

/// Bytes that are nearly a signature.
fn any_signature() -> impl Strategy<Value = Vec<u8>> {
    let s = prop_oneof![
        (-2i8..=2).prop_map(|by| near(HALF_ORDER, by)),
        (-2i8..=2).prop_map(|by| near(ORDER, by)),
        amount(),
    ];
    let v = prop_oneof![4 => 27u8..=28, 1 => any::<u8>()];
    let size = prop_oneof![4 => Just(65usize), 1 => 0usize..130];
    (amount(), s, v, size).prop_map(|(r, s, v, size)| {
        let mut bytes = (r, s).abi_encode();
        bytes.push(v);
        bytes.resize(size, 0x1b);
        bytes
    })
}

#[test]
fn signatures_are_read_as_the_core_reads_them() {
    check(2_000, &any_signature(), |bytes| {
        let mut world = world();
        let (alice, bob, hub) = (world.alice, world.bob, world.hub);
        let permit = world.permit(alice, bob, U256::ONE);

        let outcome = world.chain.send(bob, hub, as_bytes(&permit, bytes.clone())).run();

        let failure = outcome.err().expect("nobody guesses a signature of Alice");
        let flaw = match CoreSignature::parse(&bytes) {
            Err(Flaw::Length(length)) => {
                encode(Hub::ECDSAInvalidSignatureLength { length: U256::from(length) })
            }
            Err(Flaw::V(v)) => encode(Hub::ECDSAInvalidSignatureV { v }),
            Err(Flaw::S(s)) => encode(Hub::ECDSAInvalidSignatureS { s: s.into() }),
            Ok(_) => {
                let error = Hub::ERC2612InvalidSigner::abi_decode(&failure.data());
                prop_assert_eq!(error.map(|error| error.owner), Ok(alice.address));
                return Ok(());
            }
        };
        prop_assert_eq!(failure.data(), flaw);
        Ok(())
    });
}
