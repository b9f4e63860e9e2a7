//! What permits sign, against alloy and the tables of the standards.

use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::{Eip712Domain, SolStruct, sol};
use emetis_common::{
    account::Account,
    eip712::{Domain, Permit, Registration},
    hash,
    signature::{ACCEPTED, ACCEPTED_WORD, Flaw, Signature},
    word::{self, ShortText},
};
use proptest::{collection::vec, prelude::*};

mod by_alloy {
    use super::sol;

    sol! {
        struct Permit {
            address owner;
            address spender;
            uint256 value;
            uint256 nonce;
            uint256 deadline;
        }

        struct Registration {
            address owner;
            uint256 nonce;
        }

        function isValidSignature(bytes32 hash, bytes signature) returns (bytes4);
    }
}

const DOMAIN: Domain = Domain::new("Liquid METIS", "1");

/// Half of the order of secp256k1, rounded down.
const HALF_ORDER: &str = "0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";

proptest! {
    #[test]
    fn a_permit_signs_what_alloy_signs(
        contract: [u8; 20],
        chain_id: u64,
        owner: [u8; 20],
        spender: [u8; 20],
        numbers: [[u8; 32]; 3],
    ) {
        let [value, nonce, deadline] = numbers;
        let domain = Eip712Domain::new(
            Some("Liquid METIS".into()),
            Some("1".into()),
            Some(U256::from(chain_id)),
            Some(Address::new(contract)),
            None,
        );
        let message = by_alloy::Permit {
            owner: owner.into(),
            spender: spender.into(),
            value: U256::from_be_bytes(value),
            nonce: U256::from_be_bytes(nonce),
            deadline: U256::from_be_bytes(deadline),
        };

        let separator = DOMAIN.separator(chain_id, &Account::new(contract.into()));
        let permit = Permit {
            owner: Address::new(owner).into(),
            spender: Address::new(spender).into(),
            value,
            deadline,
        };

        prop_assert_eq!(B256::new(separator), domain.separator());
        prop_assert_eq!(
            B256::new(permit.digest(&separator, &nonce)),
            message.eip712_signing_hash(&domain)
        );
    }

    #[test]
    fn a_registration_signs_what_alloy_signs(
        contract: [u8; 20],
        chain_id: u64,
        owner: [u8; 20],
        nonce: [u8; 32],
    ) {
        let contract = Address::new(contract);
        let domain = Eip712Domain::new(
            Some("Liquid METIS".into()),
            Some("1".into()),
            Some(U256::from(chain_id)),
            Some(contract),
            None,
        );
        let message =
            by_alloy::Registration { owner: owner.into(), nonce: U256::from_be_bytes(nonce) };

        let registration = Registration { owner: Address::new(owner).into(), nonce };

        prop_assert_eq!(
            B256::new(registration.digest(&DOMAIN.separator(chain_id, &contract.into()))),
            message.eip712_signing_hash(&domain)
        );
    }

    #[test]
    fn three_parts_join_and_parse_again(r: [u8; 32], s: [u8; 32], v: u8) {
        let bytes = Signature::join(&r, &s, v);

        let high = B256::new(s) > HALF_ORDER.parse::<B256>().unwrap();
        let expected = match v {
            27 | 28 if high => Err(Flaw::S(s)),
            27 | 28 => Ok(Signature { r, s, v }),
            _ => Err(Flaw::V(v)),
        };
        prop_assert_eq!(Signature::parse(&bytes), expected);
    }

    #[test]
    fn other_than_65_bytes_are_no_signature(bytes in vec(any::<u8>(), 0..130)) {
        if bytes.len() != 65 {
            prop_assert_eq!(Signature::parse(&bytes), Err(Flaw::Length(bytes.len())));
        }
    }
}

#[test]
fn s_is_accepted_up_to_half_of_the_order() {
    let half = HALF_ORDER.parse::<B256>().unwrap().0;
    let mut above = half;
    above[31] = above[31].wrapping_add(1);

    let parse = |s| Signature::parse(&Signature::join(&[1; 32], s, 27));

    assert_eq!(parse(&half), Ok(Signature { r: [1; 32], s: half, v: 27 }));
    assert_eq!(parse(&above), Err(Flaw::S(above)));
}

#[test]
fn the_magic_value_is_the_selector_of_its_question() {
    use alloy_sol_types::SolCall;

    assert_eq!(ACCEPTED, by_alloy::isValidSignatureCall::SELECTOR);
    assert_eq!(ACCEPTED_WORD.word(), word::of_bytes4(ACCEPTED));
}

#[test]
fn constant_texts_are_left_aligned() {
    const TEXT: ShortText = ShortText::new("eMETIS");

    let mut expected = [0; 32];
    expected[..6].copy_from_slice(b"eMETIS");

    assert_eq!((TEXT.bytes.word(), TEXT.len), (expected, 6));
}

#[test]
fn constant_hashes_are_the_hashes() {
    for text in ["", "1", "Liquid METIS", emetis_common::eip712::DOMAIN_TYPE] {
        assert_eq!(hash::keccak_text(text), keccak256(text).0);
        assert_eq!(hash::keccak(text.as_bytes()), keccak256(text).0);
    }
}
