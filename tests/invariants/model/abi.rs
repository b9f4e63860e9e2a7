//! The ABI as the model knows it: selectors from signatures, and a decoder of its own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, U256, keccak256};

use super::Program;

/// Kind of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Address,
    Uint256,
    Uint32,
    Uint8,
    Bytes32,
    Bytes4,
    Bool,
    Bytes,
    Words,
}

/// A decoded argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Word(U256),
    Bytes(Vec<u8>),
    Words(Vec<U256>),
}

impl Value {
    pub fn word(&self) -> U256 {
        match self {
            Self::Word(word) => *word,
            _ => panic!("not a word"),
        }
    }

    /// The word, zero for what is longer.
    pub fn head(&self) -> U256 {
        match self {
            Self::Word(word) => *word,
            _ => U256::ZERO,
        }
    }

    pub fn words(&self) -> &[U256] {
        match self {
            Self::Words(words) => words,
            _ => panic!("not a list"),
        }
    }

    pub fn address(&self) -> Address {
        Address::from_word(B256::from(self.word()))
    }

    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            _ => panic!("not bytes"),
        }
    }
}

/// An entry of a program.
#[derive(Clone, Debug)]
pub struct Entry {
    pub signature: &'static str,
    pub arguments: Vec<Kind>,
    pub payable: bool,
    /// Whether the authority is asked.
    pub restricted: bool,
    pub view: bool,
}

/// Entries of both tokens: an ERC-20 with permit, an authority, a pause. `+` marks those that take
/// METIS, `!` those that the authority is asked about.
const SHARED_CHANGES: [&str; 9] = [
    "transfer(address,uint256)",
    "approve(address,uint256)",
    "transferFrom(address,address,uint256)",
    "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
    "permit(address,address,uint256,uint256,bytes)",
    "!sweep(address)",
    "setAuthority(address)",
    "!pause(uint32)",
    "!unpause()",
];

const SHARED_VIEWS: [&str; 13] = [
    "name()",
    "symbol()",
    "decimals()",
    "totalSupply()",
    "balanceOf(address)",
    "allowance(address,address)",
    "nonces(address)",
    "DOMAIN_SEPARATOR()",
    "eip712Domain()",
    "authority()",
    "isConsumingScheduledOp()",
    "pausedUntil()",
    "nextPause()",
];

const HUB_CHANGES: [&str; 13] = [
    "+deposit(address,bytes32)",
    "+depositAndStake(address,uint256,bytes32)",
    "+receiveRewards(address)",
    "redeemNow(uint256,uint256,address)",
    "fill(uint256,uint256)",
    "place(uint256)",
    "+receiveUnbonded()",
    "+receiveBacking()",
    "settle(uint256,uint256,uint256)",
    "collectFees(address)",
    "!setRedemption(uint256,uint256)",
    "burn(uint256)",
    CONSTRUCTOR,
];

const HUB_VIEWS: [&str; 13] = [
    "buffer()",
    "placed()",
    "backing()",
    "shortfall()",
    "totals()",
    "maxDeposit(address)",
    "pendingLoss()",
    "previewRedeemNow(uint256)",
    "maxRedeemNow(address)",
    "instantRedemption()",
    "vault()",
    "queue()",
    "allocator()",
];

const VAULT_CHANGES: [&str; 9] = [
    "deposit(uint256,address)",
    "mint(uint256,address)",
    "withdraw(uint256,address,address)",
    "redeem(uint256,address,address)",
    "redeem(uint256,address,address,uint256)",
    "receiveDeposit(uint256,address,uint256)",
    "notify(uint256)",
    "settle(uint256,uint256)",
    "+stylus_constructor()",
];

const VAULT_VIEWS: [&str; 17] = [
    "asset()",
    "totalAssets()",
    "convertToShares(uint256)",
    "convertToAssets(uint256)",
    "maxDeposit(address)",
    "maxMint(address)",
    "maxWithdraw(address)",
    "maxRedeem(address)",
    "previewDeposit(uint256)",
    "previewMint(uint256)",
    "previewWithdraw(uint256)",
    "previewRedeem(uint256)",
    "totals()",
    "stream()",
    "rewardCycle()",
    "harvestInterval()",
    "pool()",
];

const QUEUE_CHANGES: [&str; 17] = [
    "requestRedeem(uint256,address)",
    "requestRedeemWithPermit(uint256,address,uint256,uint8,bytes32,bytes32)",
    "requestRedeems(uint256[],address)",
    "cancel(uint256,address)",
    "finalize(uint256,uint256)",
    "+receiveFill()",
    "claim(uint256,address)",
    "claims(uint256[],address)",
    "transferFrom(address,address,uint256)",
    "safeTransferFrom(address,address,uint256)",
    "safeTransferFrom(address,address,uint256,bytes)",
    "approve(address,uint256)",
    "setApprovalForAll(address,bool)",
    "!setBatchLength(uint256)",
    "!sweep(address)",
    "setAuthority(address)",
    CONSTRUCTOR,
];

const QUEUE_VIEWS: [&str; 20] = [
    "balanceOf(address)",
    "ownerOf(uint256)",
    "getApproved(uint256)",
    "isApprovedForAll(address,address)",
    "name()",
    "symbol()",
    "supportsInterface(bytes4)",
    "ticketOf(uint256)",
    "batchOf(uint256)",
    "totals()",
    "due()",
    "closedDue()",
    "claimable(uint256)",
    "ahead(uint256)",
    "ticketsOf(address,uint256,uint256,uint256)",
    "batchLength()",
    "hub()",
    "authority()",
    "isConsumingScheduledOp()",
    "tokenURI(uint256)",
];

const CONSTRUCTOR: &str = "stylus_constructor()";

/// The selector of a signature.
pub fn selector(signature: &str) -> [u8; 4] {
    keccak256(signature)[..4].try_into().expect("four bytes")
}

/// Every entry of a program by selector.
pub fn entries(program: Program) -> &'static BTreeMap<[u8; 4], Entry> {
    static ENTRIES: OnceLock<[BTreeMap<[u8; 4], Entry>; 3]> = OnceLock::new();
    let all = ENTRIES.get_or_init(|| {
        let of = |arguments: usize, changes: &[&[&'static str]], views: &[&[&'static str]]| {
            let list = |lists: &[&[&'static str]], view: bool| {
                let all: Vec<_> = lists.concat();
                all.into_iter().map(move |text| entry(text, view, arguments)).collect::<Vec<_>>()
            };
            [list(changes, false), list(views, true)].concat().into_iter().collect()
        };
        [
            of(4, &[&SHARED_CHANGES, &HUB_CHANGES], &[&SHARED_VIEWS, &HUB_VIEWS]),
            of(3, &[&SHARED_CHANGES, &VAULT_CHANGES], &[&SHARED_VIEWS, &VAULT_VIEWS]),
            of(2, &[&QUEUE_CHANGES], &[&QUEUE_VIEWS]),
        ]
    });
    &all[program as usize]
}

fn entry(text: &'static str, view: bool, constructor: usize) -> ([u8; 4], Entry) {
    let signature = text.trim_start_matches(['+', '!']);
    let inside = signature.split_once('(').expect("a signature").1.trim_end_matches(')');
    let mut arguments: Vec<Kind> =
        inside.split(',').filter(|kind| !kind.is_empty()).map(kind).collect();
    if signature == CONSTRUCTOR {
        // The constructor's own arguments follow the selector of an empty list.
        arguments = vec![Kind::Address; constructor];
    }
    let (payable, restricted) = (text.starts_with('+'), text.starts_with('!'));
    (selector(signature), Entry { signature, arguments, payable, restricted, view })
}

fn kind(text: &str) -> Kind {
    match text {
        "address" => Kind::Address,
        "uint256" => Kind::Uint256,
        "uint32" => Kind::Uint32,
        "uint8" => Kind::Uint8,
        "bytes32" => Kind::Bytes32,
        "bytes4" => Kind::Bytes4,
        "bool" => Kind::Bool,
        "bytes" => Kind::Bytes,
        "uint256[]" => Kind::Words,
        other => panic!("no argument of the suite is a {other}"),
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
            Kind::Uint32 if head.bit_len() > 32 => return None,
            Kind::Uint8 if head.bit_len() > 8 => return None,
            Kind::Bool if head.bit_len() > 1 => return None,
            Kind::Bytes4 if !(head << 32usize).is_zero() => return None,
            Kind::Words => {
                let offset = usize::try_from(head).ok()?;
                let count = usize::try_from(word(offset)?).ok()?;
                let end = count.checked_mul(32)?.checked_add(offset)?.checked_add(32)?;
                if end > data.len() {
                    return None;
                }
                Value::Words((1..=count).filter_map(|at| word(offset + 32 * at)).collect())
            }
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
