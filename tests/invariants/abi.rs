//! The hub's ABI as the model knows it: selectors from signatures, and a decoder of its own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, U256, keccak256};

/// Kind of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Address,
    Uint256,
    Uint8,
    Bytes32,
    Bytes,
}

/// A decoded argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Word(U256),
    Bytes(Vec<u8>),
}

impl Value {
    pub fn word(&self) -> U256 {
        match self {
            Self::Word(word) => *word,
            Self::Bytes(_) => panic!("not a word"),
        }
    }

    pub fn address(&self) -> Address {
        Address::from_word(B256::from(self.word()))
    }

    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Word(_) => panic!("not bytes"),
        }
    }
}

/// An entry of the hub.
#[derive(Clone, Debug)]
pub struct Entry {
    pub signature: &'static str,
    pub arguments: Vec<Kind>,
    pub payable: bool,
    pub view: bool,
}

const PERMIT_SPLIT: &str = "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)";
const PERMIT_BYTES: &str = "permit(address,address,uint256,uint256,bytes)";

/// Signatures of state-changing entries; `+` marks those that take METIS.
const CHANGES: [&str; 9] = [
    "+deposit(address,bytes32)",
    "+receiveRewards(address)",
    "sweep(address)",
    "transfer(address,uint256)",
    "approve(address,uint256)",
    "transferFrom(address,address,uint256)",
    PERMIT_SPLIT,
    PERMIT_BYTES,
    "stylus_constructor()",
];

const VIEWS: [&str; 18] = [
    "name()",
    "symbol()",
    "decimals()",
    "totalSupply()",
    "balanceOf(address)",
    "allowance(address,address)",
    "nonces(address)",
    "DOMAIN_SEPARATOR()",
    "eip712Domain()",
    "buffer()",
    "placed()",
    "backing()",
    "shortfall()",
    "totals()",
    "maxDeposit(address)",
    "minter()",
    "treasury()",
    "",
];

/// The selector of a signature.
pub fn selector(signature: &str) -> [u8; 4] {
    keccak256(signature)[..4].try_into().expect("four bytes")
}

/// Every entry by selector.
pub fn entries() -> &'static BTreeMap<[u8; 4], Entry> {
    static ENTRIES: OnceLock<BTreeMap<[u8; 4], Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let changes = CHANGES.iter().map(|text| entry(text, false));
        let views = VIEWS.iter().filter(|text| !text.is_empty()).map(|text| entry(text, true));
        changes.chain(views).collect()
    })
}

fn entry(text: &'static str, view: bool) -> ([u8; 4], Entry) {
    let signature = text.trim_start_matches('+');
    let inside = signature.split_once('(').expect("a signature").1.trim_end_matches(')');
    let mut arguments: Vec<Kind> =
        inside.split(',').filter(|kind| !kind.is_empty()).map(kind).collect();
    if signature == "stylus_constructor()" {
        // The constructor's own arguments follow the selector of an empty list.
        arguments = vec![Kind::Address, Kind::Address];
    }
    let payable = text.starts_with('+');
    (selector(signature), Entry { signature, arguments, payable, view })
}

fn kind(text: &str) -> Kind {
    match text {
        "address" => Kind::Address,
        "uint256" => Kind::Uint256,
        "uint8" => Kind::Uint8,
        "bytes32" => Kind::Bytes32,
        "bytes" => Kind::Bytes,
        other => panic!("no argument of the hub is a {other}"),
    }
}

/// Decodes arguments as solc does: clean upper bits, offsets and lengths inside the data, anything
/// after them ignored.
pub fn decode(kinds: &[Kind], data: &[u8]) -> Option<Vec<Value>> {
    let word = |at: usize| data.get(at..at.checked_add(32)?).map(U256::from_be_slice);
    let mut values = Vec::new();
    if data.len() < kinds.len() * 32 {
        return None;
    }
    for (index, kind) in kinds.iter().enumerate() {
        let head = word(index * 32)?;
        let value = match kind {
            Kind::Address if head.bit_len() > 160 => return None,
            Kind::Uint8 if head.bit_len() > 8 => return None,
            Kind::Bytes => {
                let offset = usize::try_from(head).ok()?;
                let length = usize::try_from(word(offset)?).ok()?;
                let start = offset.checked_add(32)?;
                Value::Bytes(data.get(start..start.checked_add(length)?)?.to_vec())
            }
            _ => Value::Word(head),
        };
        values.push(value);
    }
    Some(values)
}
