//! Selectors and slots are those that Solidity would choose.

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::SolValue;
use emetis_common::{
    abi::{CONSTRUCTOR_SELECTOR, ILiquidStaking as I, LiquidStaking},
    account::Account,
    mutants::{self, MUTANTS},
    slots, word,
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn mappings_lie_where_solc_puts_them(one: [u8; 20], other: [u8; 20]) {
        let (one, other) = (Address::new(one), Address::new(other));
        let mapped = |key: Address, slot: B256| keccak256((key, slot).abi_encode());
        let base = |slot: u64| B256::from(U256::from(slot));

        let (owner, spender) = (Account::new(one), Account::new(other));

        prop_assert_eq!(B256::new(slots::balance(&owner)), mapped(one, base(1)));
        prop_assert_eq!(B256::new(slots::nonce(&owner)), mapped(one, base(3)));
        prop_assert_eq!(
            B256::new(slots::allowance(&owner, &spender)),
            mapped(other, mapped(one, base(2)))
        );
    }

    #[test]
    fn keyed_slots_are_their_parts_in_order(kind: u32, id: u32, sub: u32, address: [u8; 20]) {
        let slot = slots::keyed(kind, id, sub, &Account::new(address.into()));

        prop_assert_eq!(&slot[..4], &kind.to_be_bytes()[..]);
        prop_assert_eq!(&slot[4..8], &id.to_be_bytes()[..]);
        prop_assert_eq!(&slot[8..12], &sub.to_be_bytes()[..]);
        prop_assert_eq!(&slot[12..], &address[..]);
    }

    #[test]
    fn words_are_those_of_the_abi(small: u64, amount: u128, selector: [u8; 4], address: [u8; 20]) {
        let address = Address::new(address);
        let name = [word::of_selector(selector)];

        prop_assert_eq!(B256::new(word::of_u64(small)), B256::from(U256::from(small)));
        prop_assert_eq!(B256::new(word::of_u128(amount)), B256::from(U256::from(amount)));
        prop_assert_eq!(word::low_u128(&word::of_u128(amount)), amount);
        prop_assert_eq!(word::to_halves(&word::of_halves(amount, 7)), (amount, 7));
        prop_assert_eq!(&word::of_bytes4(selector)[..4], &selector[..]);
        prop_assert_eq!(word::after_selector(&name), &selector[..]);
        prop_assert_eq!(B256::new(*Account::new(address).word()), address.into_word());
        prop_assert_eq!(Address::from(Account::low(&[0xff; 32])), Address::repeat_byte(0xff));
    }

    #[test]
    fn differences_are_those_of_big_integers(from: [u8; 32], taken: [u8; 32]) {
        let big = U256::from_be_bytes::<32>;
        let expected = big(from).checked_sub(big(taken)).map(|difference| difference.to_be_bytes());

        prop_assert_eq!(word::checked_sub(&from, &taken), expected);
    }
}

#[test]
fn a_constructor_is_called_by_the_selector_that_deployers_use() {
    let (allocator, authority) = (Address::repeat_byte(1), Address::repeat_byte(2));
    let (vault, queue) = (Address::repeat_byte(3), Address::repeat_byte(4));
    let arguments = LiquidStaking::constructorCall { vault, queue, allocator, authority };

    assert_eq!(CONSTRUCTOR_SELECTOR, keccak256("stylus_constructor()")[..4]);
    assert_eq!(
        alloy_sol_types::SolConstructor::abi_encode(&arguments),
        (vault, queue, allocator, authority).abi_encode()
    );
}

#[test]
fn standards_keep_their_selectors() {
    use alloy_sol_types::{SolCall, SolEvent};

    let selector = |signature: &str| keccak256(signature)[..4].to_vec();

    assert_eq!(I::transferCall::SELECTOR[..], selector("transfer(address,uint256)"));
    assert_eq!(
        I::permit_0Call::SELECTOR[..],
        selector("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)")
    );
    assert_eq!(
        I::permit_1Call::SELECTOR[..],
        selector("permit(address,address,uint256,uint256,bytes)")
    );
    assert_eq!(I::Transfer::SIGNATURE_HASH, keccak256("Transfer(address,address,uint256)"));
}

#[test]
fn mutants_are_numbered_from_one_and_none_is_active() {
    assert!(MUTANTS.is_sorted_by(|one, next| one.0 < next.0), "in order, each number once");
    assert!(MUTANTS.iter().all(|(number, ..)| *number > 0), "zero is none");
    for (_, name, sentence) in MUTANTS {
        assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{name}");
    }
    assert!(!mutants::mutant(mutants::Mutant::GuardMissing));
    assert_eq!(mutants::slot(), keccak256("emetis.mutant").0);
}
