//! Calldata is read as alloy reads it, on well-formed and on malformed input.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "tests, not programs")]

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::{SolCall, SolType, abi::AbiDecoderConfig, sol_data};
use emetis_common::{
    abi::ILiquidStaking as I,
    account::Account,
    calldata::Calldata,
    word::{self, Word},
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// The arguments of a permit with a signature of any length.
type PermitArguments = (
    sol_data::Address,
    sol_data::Address,
    sol_data::Uint<256>,
    sol_data::Uint<256>,
    sol_data::Bytes,
);

/// What both readers make of a permit.
type Read = (Address, Address, U256, U256, Vec<u8>);

/// What the entrance and the flow of a permit read, as the program does.
fn read(bytes: &[u8]) -> Option<Read> {
    let data = Calldata::new(bytes);
    let [owner, spender, value, deadline, offset] = data.words()?;
    let (owner, spender) = (Account::read(owner)?, Account::read(spender)?);
    let number = |word: &Word| U256::from_be_bytes(*word);
    let signature = data.tail(offset)?.to_vec();
    Some((owner.into(), spender.into(), number(value), number(deadline), signature))
}

/// What alloy reads when it validates, and lets bytes after the arguments be.
fn read_by_alloy(bytes: &[u8]) -> Option<Read> {
    let config = AbiDecoderConfig::new().validate(true).validate_allow_trailing_bytes(true);
    let arguments = bytes.get(4..)?;
    let (owner, spender, value, deadline, signature) =
        PermitArguments::abi_decode_params_with_config(arguments, config).ok()?;
    Some((owner, spender, value, deadline, signature.to_vec()))
}

fn encode(words: [[u8; 32]; 4], signature: Vec<u8>) -> Vec<u8> {
    let [owner, spender, value, deadline] = words;
    I::permit_1Call {
        owner: Address::from_word(B256::new(owner)),
        spender: Address::from_word(B256::new(spender)),
        value: U256::from_be_bytes(value),
        deadline: U256::from_be_bytes(deadline),
        signature: Bytes::from(signature),
    }
    .abi_encode()
}

/// What is done to calldata that was right.
#[derive(Clone, Debug)]
enum Damage {
    Cut(Index),
    Extend(Vec<u8>),
    Byte(Index, u8),
    Word(Index, u64),
    HugeWord(Index, [u8; 32]),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>();
    prop_oneof![
        at.clone().prop_map(Damage::Cut),
        vec(any::<u8>(), 0..70).prop_map(Damage::Extend),
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        (at.clone(), 0..400_u64).prop_map(|(at, number)| Damage::Word(at, number)),
        (at, any::<[u8; 32]>()).prop_map(|(at, word)| Damage::HugeWord(at, word)),
    ]
}

fn put(bytes: &mut [u8], at: &Index, word: &Word) {
    let words = bytes.len().saturating_sub(4) / 32;
    if words > 0 {
        let start = 4 + 32 * at.index(words);
        bytes[start..start + 32].copy_from_slice(word);
    }
}

fn harm(bytes: &mut Vec<u8>, damage: &Damage) {
    match damage {
        Damage::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
        Damage::Extend(more) => bytes.extend_from_slice(more),
        Damage::Byte(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Damage::Byte(..) => {}
        Damage::Word(at, number) => put(bytes, at, &word::of_u64(*number)),
        Damage::HugeWord(at, huge) => put(bytes, at, huge),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn what_was_encoded_is_read_back(words: [[u8; 32]; 4], signature in vec(any::<u8>(), 0..200)) {
        let bytes = encode(words, signature.clone());

        let (owner, _, value, _, read) = read(&bytes).unwrap();

        prop_assert_eq!(owner, Address::from_word(B256::new(words[0])));
        prop_assert_eq!(value, U256::from_be_bytes(words[2]));
        prop_assert_eq!(read, signature);
    }

    #[test]
    fn damaged_calldata_reads_as_alloy_reads_it(
        words: [[u8; 32]; 4],
        signature in vec(any::<u8>(), 0..100),
        damages in vec(damage(), 1..4),
    ) {
        let mut bytes = encode(words, signature);

        damages.iter().for_each(|damage| harm(&mut bytes, damage));

        prop_assert_eq!(read(&bytes), read_by_alloy(&bytes));
    }

    #[test]
    fn random_calldata_reads_as_alloy_reads_it(bytes in vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(read(&bytes), read_by_alloy(&bytes));
    }

    #[test]
    fn a_selector_in_part_is_filled_with_zeros(bytes in vec(any::<u8>(), 0..8)) {
        let data = Calldata::new(&bytes);
        let mut padded = bytes.clone();
        padded.resize(bytes.len().max(4), 0);

        prop_assert_eq!(data.selector().is_some(), bytes.len() >= 4);
        prop_assert_eq!(&data.selector_or_part()[..], &padded[..4]);
    }

    #[test]
    fn narrow_words_are_strict(word: [u8; 32], keep in 0..32_usize) {
        let mut word = word;
        word[..keep].fill(0);
        let number = U256::from_be_bytes(word);

        let fits = |bits: usize| number.bit_len() <= bits;
        prop_assert_eq!(Account::read(&word).is_some(), fits(160));
        prop_assert_eq!(word::to_u128(&word).is_some(), fits(128));
        prop_assert_eq!(word::to_size(&word).is_some(), fits(32));
        prop_assert_eq!(word::to_u8(&word).is_some(), fits(8));
    }
}

#[test]
fn a_tail_may_lie_over_the_head_and_end_without_padding() {
    const HEAD: usize = 4 + 5 * 32;
    let mut bytes = encode([[0; 32]; 4], Vec::new());
    // The offset points at the first word, which says three bytes: the first of the second word.
    bytes.truncate(HEAD);
    bytes[HEAD - 32..].fill(0);
    bytes[4 + 31] = 3;

    let read = read(&bytes).unwrap();

    assert_eq!(read.4, [0, 0, 0]);
    assert_eq!(Some(read), read_by_alloy(&bytes));
}
