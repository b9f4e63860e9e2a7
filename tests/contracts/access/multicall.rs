//! Several calls in one.

use super::kit::*;
use alloy_primitives::{Bytes, U256};
use alloy_sol_types::SolCall;

/// The longest answer, in bytes.
const LONGEST: usize = 8_192;

fn multicall(data: &[Bytes]) -> Manager::multicallCall {
    Manager::multicallCall { data: data.to_vec() }
}

#[test]
fn several_calls_are_made_as_the_caller() {
    let mut world = world();
    let (admin, alice) = (world.admin, world.alice);
    let account = alice.address;
    let grant = encoded(&Manager::grantRoleCall { roleId: 9, account, executionDelay: 4 });
    let has = encoded(&Manager::hasRoleCall { roleId: 9, account });
    let tap = encoded(&Manager::executeCall { target: world.jar, data: tap() });

    let calls = [has.clone(), grant, has.clone(), encoded(&multicall(&[has]))];
    let receipt = world.send(admin, multicall(&calls)).ok();

    let told = |is_member, delay| {
        let told = Manager::hasRoleReturn { isMember: is_member, executionDelay: delay };
        Bytes::from(Manager::hasRoleCall::abi_encode_returns(&told))
    };
    let inner = Manager::multicallCall::abi_encode_returns(&vec![told(true, 4)]);
    assert_eq!(receipt.output, [told(false, 0), Bytes::new(), told(true, 4), inner.into()]);
    assert_eq!(receipt.logs.len(), 1);
    // A call out of it, too, twice.
    let receipt = world.send(world.attester, multicall(&[tap.clone(), tap])).ok();
    assert_eq!(receipt.events::<Jar::Tipped>().len(), 2);
}

#[test]
fn the_first_call_that_fails_fails_them_all() {
    let mut world = settled();
    let (attester, jar) = (world.attester, world.jar);
    let tap = encoded(&Manager::executeCall { target: jar, data: tap() });
    let storage = world.storage();

    let tip = encoded(&Manager::executeCall { target: jar, data: tip() });
    let refused = world.unauthorized(attester, &Jar::tipCall::SELECTOR);
    world.send(attester, multicall(&[tap.clone(), tip, Bytes::new()])).fails_with(refused);
    let refused = Manager::SelectorUnknown { selector: [0; 4].into(), size: U256::ZERO };
    world.send(attester, multicall(&[tap.clone(), Bytes::new()])).fails_with(refused);
    let refused = Manager::ValueRefused {
        selector: Manager::multicallCall::SELECTOR.into(),
        value: U256::ONE,
    };
    world.chain.deal(attester, U256::ONE);
    world.send(attester, multicall(&[tap])).value(U256::ONE).fails_with(refused);

    assert_eq!(world.storage(), storage);
}

#[test]
fn the_answer_is_as_long_as_it_may_be_and_no_longer() {
    let mut world = world();
    let alice = world.alice;
    let view = encoded(&Manager::expirationCall {});
    // Two words, and three for each answer; the calls themselves take more.
    let fits = (LONGEST - 64) / 96;
    // So one call is given many times: an array whose elements are all in one place.
    let repeated = |count: usize| {
        let word = |number: usize| U256::from(number).to_be_bytes::<32>();
        let mut data = Manager::multicallCall::SELECTOR.to_vec();
        data.extend([word(32), word(count)].concat());
        data.extend((0..count).flat_map(|_| word(32 * count)));
        data.extend(word(view.len()));
        data.extend_from_slice(&view);
        data
    };

    let receipt = world.chain.send_raw(alice, world.manager, repeated(fits)).ok();
    let answers = Manager::multicallCall::abi_decode_returns(&receipt.output).unwrap();
    assert_eq!(answers.len(), fits);
    let told = Manager::expirationCall::abi_encode_returns(&(WEEK as u32));
    assert!(answers.iter().all(|answer| answer[..] == told));

    let refused = world.chain.send_raw(alice, world.manager, repeated(fits + 1)).run().unwrap_err();
    let size = U256::from(64 + 32 * (fits + 1) + 64 * fits + 64);
    // The words before the answers grow, too, so that the last but one may be the one too many.
    let told = super::super::kit::decoded::<Manager::AnswerTooLong>(&refused);
    assert!(told.size <= size && told.size > U256::from(LONGEST), "{told:?}");
    assert_eq!(told.limit, U256::from(LONGEST));
}

#[test]
fn elements_outside_the_calldata_are_refused() {
    let mut world = world();
    let (alice, manager) = (world.alice, world.manager);
    let good = encoded(&multicall(&[encoded(&Manager::expirationCall {})]));
    let selector = Manager::multicallCall::SELECTOR.into();
    let with = |place: usize, value: U256| {
        let mut data = good.to_vec();
        data[4 + 32 * place..][..32].copy_from_slice(&value.to_be_bytes::<32>());
        data
    };

    // Offset of the array, number of elements, offset of the first, its length.
    for place in 0..4 {
        for value in [U256::from(1_000), U256::from(1) << 32, U256::MAX] {
            let data = with(place, value);
            let refused = Manager::ArgumentsInvalid { selector, size: U256::from(data.len()) };
            world.chain.send_raw(alice, manager, data).fails_with(refused);
        }
    }
}

#[test]
fn whatever_gas_there_is_a_call_does_as_it_should_or_runs_dry() {
    let mut world = world();
    let (admin, manager, account) = (world.admin, world.manager, world.alice.address);
    let grant = encoded(&Manager::grantRoleCall { roleId: 9, account, executionDelay: 4 });
    let calls = [
        encoded(&multicall(&[grant.clone(), grant.clone()])),
        encoded(&Manager::executeCall { target: manager, data: grant }),
    ];

    for data in calls {
        let enough = world.chain.send_raw(admin, manager, data.clone()).dry_run().unwrap();
        let (mut done, step) = (0, enough.gas_used / 150);
        for gas in (21_000..enough.gas_used + 20 * step).step_by(step as usize) {
            let outcome = world.chain.send_raw(admin, manager, data.clone()).gas(gas).dry_run();
            match outcome {
                Ok(receipt) => {
                    assert_eq!(receipt.output, enough.output);
                    done += 1;
                }
                Err(failure) => assert!(failure.data().is_empty(), "{gas}: {failure:?}"),
            }
        }
        assert!(done > 5, "{done}");
    }
}
