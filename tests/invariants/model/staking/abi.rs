//! The ABI of the four programs as the model knows it, with a decoder of its own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use alloy_primitives::{Address, B256, U256};
use serde::{Deserialize, Serialize};

use super::super::abi::selector;

/// One of the four programs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Part {
    /// The money.
    #[default]
    Staking,
    /// Who a sequencer is.
    Registry,
    /// Proposals to slash.
    Court,
    /// What entries of stake are asked for.
    Quota,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Staking, Self::Registry, Self::Court, Self::Quota];

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Staking => "staking",
            Self::Registry => "registry",
            Self::Court => "court",
            Self::Quota => "quota",
        }
    }
}

/// Kind of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Address,
    Uint256,
    Uint32,
    /// A `uint256` of which no more than 32 bits are taken.
    Bps,
    /// A `uint256` of which no more than 64 bits are taken.
    Number,
    Bool,
    Bytes32,
    Bytes,
    /// `uint256[]`.
    Words,
}

/// A decoded argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Word(U256),
    Words(Vec<U256>),
    Bytes(Vec<u8>),
}

impl Value {
    pub fn word(&self) -> U256 {
        match self {
            Self::Word(word) => *word,
            _ => panic!("not a word"),
        }
    }

    pub fn address(&self) -> Address {
        Address::from_word(B256::from(self.word()))
    }

    pub fn words(&self) -> &[U256] {
        match self {
            Self::Words(words) => words,
            _ => panic!("not a list"),
        }
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
    pub view: bool,
    /// Whether the authority is asked first.
    pub restricted: bool,
}

// `+` marks what takes METIS, `!` what is restricted.
const STAKING_CHANGES: [&str; 32] = [
    "+open(address,address,uint256,uint256)",
    "+increaseBond(uint256)",
    "requestBondUnlock(uint256,uint256)",
    "exit(uint256)",
    "eject(uint256)",
    "unjail(uint256)",
    "setOwner(uint256,address)",
    "acceptOwner(uint256)",
    "setRewardRecipient(uint256,address)",
    "setCommission(uint256,uint256)",
    "recordChange(uint256)",
    "accrue(uint256)",
    "+delegate(uint256)",
    "undelegate(uint256,uint256)",
    "claimUnlocked(uint256,uint256[],address)",
    "+notifyRewards(uint256[],uint256[])",
    "claimRewards(uint256[],address)",
    "claimCommission(uint256,address)",
    "hold(uint256,uint256,uint256,uint256,uint256)",
    "release(uint256,bool)",
    "take(uint256)",
    "forwardSlashed()",
    "!registerPool(address)",
    "!removePool(address)",
    "!setThresholds(uint256,uint256)",
    "!setBondRules(uint256,uint256)",
    "!setUnbondingPeriod(uint256)",
    "!setQuota(address)",
    "!pause(uint32)",
    "!unpause()",
    "!sweep(address)",
    "setAuthority(address)",
];

const STAKING_VIEWS: [&str; 23] = [
    "status(uint256)",
    "sequencer(uint256)",
    "ownerOf(uint256)",
    "pendingOwnerOf(uint256)",
    "rewardRecipientOf(uint256)",
    "position(address,uint256)",
    "earned(address,uint256)",
    "rewards(uint256)",
    "bucket(uint256,uint256)",
    "entry(address,uint256,uint256)",
    "holdOf(uint256)",
    "totals()",
    "poolOf(address)",
    "pools()",
    "live()",
    "count()",
    "groupStake(uint256)",
    "parameters()",
    "programs()",
    "pausedUntil()",
    "nextPause()",
    "authority()",
    "isConsumingScheduledOp()",
];

const REGISTRY_CHANGES: [&str; 7] = [
    "+register(address,bytes32[2],address,uint256,bytes)",
    "+register(address,bytes32[2],address,uint256,bytes,uint256)",
    "setSigner(uint256,address,bytes32[2],bytes)",
    "announceCommission(uint256,uint256)",
    "applyCommission(uint256)",
    "!setMaxCommission(uint256)",
    "setAuthority(address)",
];

const REGISTRY_VIEWS: [&str; 10] = [
    "idOf(address)",
    "signerOf(uint256)",
    "announced(uint256)",
    "nonces(address)",
    "maxCommission()",
    "staking()",
    "DOMAIN_SEPARATOR()",
    "eip712Domain()",
    "authority()",
    "isConsumingScheduledOp()",
];

const COURT_CHANGES: [&str; 8] = [
    "!proposeSlash(uint256,uint256,uint256,bytes32)",
    "!veto(uint256)",
    "execute(uint256)",
    "lapse(uint256)",
    "settle(address)",
    "!setTimes(uint256,uint256,uint256)",
    "!setMaxSlash(uint256)",
    "setAuthority(address)",
];

const COURT_VIEWS: [&str; 12] = [
    "proposalOf(uint256)",
    "pendingOf(uint256)",
    "count()",
    "proposalOfEvidence(bytes32)",
    "roomOf(uint256)",
    "barredUntil(address,uint256)",
    "lossOf(address)",
    "provisionOf(uint256,address)",
    "parameters()",
    "staking()",
    "authority()",
    "isConsumingScheduledOp()",
];

const QUOTA_CHANGES: [&str; 11] = [
    "!setScores(uint256,uint256,uint256)",
    "recordBatch(uint256[],uint256[],uint256[])",
    "recordSlash(uint256)",
    "!setGrant(address,uint256,uint256)",
    "!setPoolCap(address,uint256)",
    "!setLimits(uint256,uint256,uint256,uint256,uint256,uint256,uint256)",
    "!lowerLimits(uint256,uint256,uint256,uint256,uint256,uint256,uint256)",
    "!group(uint256,uint256)",
    "!split(uint256)",
    "draw(uint256,uint256)",
    "setAuthority(address)",
];

const QUOTA_VIEWS: [&str; 21] = [
    CHECK,
    "planAllocation(address,uint256)",
    "planRelease(address,uint256)",
    "room(address,uint256)",
    "headroom(address)",
    "stranded(address,uint256)",
    "scoresOf(uint256)",
    "compositeOf(uint256)",
    "capOf(uint256)",
    "grantOf(address,uint256)",
    "poolCapOf(address)",
    "limits()",
    "churnOf(address)",
    "groupOf(uint256)",
    "membersOf(uint256)",
    "isRecorded(uint256)",
    "staking()",
    "court()",
    "distributor()",
    "authority()",
    "isConsumingScheduledOp()",
];

/// The question that staking asks.
pub(super) const CHECK: &str = "check((address,uint256,uint256,uint256,uint256,uint256,uint256,\
    uint256,uint256,uint256,uint256,uint256,uint256,uint256))";

/// Every entry of a program by selector.
pub fn entries(part: Part) -> &'static BTreeMap<[u8; 4], Entry> {
    static ENTRIES: OnceLock<[BTreeMap<[u8; 4], Entry>; 4]> = OnceLock::new();
    let all = ENTRIES.get_or_init(|| {
        let lists: [(&[&'static str], &[&'static str]); 4] = [
            (&STAKING_CHANGES, &STAKING_VIEWS),
            (&REGISTRY_CHANGES, &REGISTRY_VIEWS),
            (&COURT_CHANGES, &COURT_VIEWS),
            (&QUOTA_CHANGES, &QUOTA_VIEWS),
        ];
        lists.map(|(changes, views)| {
            let changes = changes.iter().map(|text| entry(text, false));
            changes.chain(views.iter().map(|text| entry(text, true))).collect()
        })
    });
    &all[part as usize]
}

fn entry(text: &'static str, view: bool) -> ([u8; 4], Entry) {
    let signature = text.trim_start_matches(['+', '!']);
    let inside = signature.split_once('(').expect("a signature").1.trim_end_matches(')');
    let kinds = inner(signature)
        .unwrap_or(inside)
        .split(',')
        .filter(|kind| !kind.is_empty())
        .flat_map(kinds);
    let entry = Entry {
        signature,
        arguments: kinds.collect(),
        payable: text.starts_with('+'),
        view,
        restricted: text.starts_with('!'),
    };
    (selector(signature), entry)
}

/// The arguments of entries for the suite's own programs, which hand on no larger parts, and those of a
/// structure.
fn inner(signature: &str) -> Option<&'static str> {
    match signature {
        "open(address,address,uint256,uint256)" => Some("address,address,bps,uint256"),
        "setCommission(uint256,uint256)" => Some("uint256,bps"),
        "hold(uint256,uint256,uint256,uint256,uint256)" => {
            Some("uint256,bps,uint256,uint256,uint256")
        }
        CHECK => Some(
            "address,number,uint256,number,uint256,uint256,uint256,uint256,uint256,uint256,uint256,\
             uint256,uint256,uint256",
        ),
        _ => None,
    }
}

fn kinds(text: &str) -> Vec<Kind> {
    vec![match text {
        "address" => Kind::Address,
        "uint256" => Kind::Uint256,
        "bps" => Kind::Bps,
        "number" => Kind::Number,
        "uint32" => Kind::Uint32,
        "bool" => Kind::Bool,
        "bytes32" => Kind::Bytes32,
        "bytes" => Kind::Bytes,
        "uint256[]" => Kind::Words,
        "bytes32[2]" => return vec![Kind::Bytes32; 2],
        other => panic!("no argument of the suite is a {other}"),
    }]
}

/// Decodes arguments as solc does: clean upper bits, offsets and lengths inside the data, anything
/// after them ignored.
pub fn decode(kinds: &[Kind], data: &[u8]) -> Option<Vec<Value>> {
    let word = |at: usize| data.get(at..at.checked_add(32)?).map(U256::from_be_slice);
    if data.len() < kinds.len() * 32 {
        return None;
    }
    let mut values = Vec::new();
    for (index, kind) in kinds.iter().enumerate() {
        let head = word(index * 32)?;
        let tail = || {
            let offset = usize::try_from(head).ok()?;
            let length = usize::try_from(word(offset)?).ok()?;
            Some((offset.checked_add(32)?, length))
        };
        values.push(match kind {
            Kind::Address if head.bit_len() > 160 => return None,
            Kind::Uint32 | Kind::Bps if head.bit_len() > 32 => return None,
            Kind::Number if head.bit_len() > 64 => return None,
            Kind::Bool if head.bit_len() > 1 => return None,
            Kind::Bytes => {
                let (start, length) = tail()?;
                Value::Bytes(data.get(start..start.checked_add(length)?)?.to_vec())
            }
            Kind::Words => {
                let (start, count) = tail()?;
                let list = data.get(start..start.checked_add(count.checked_mul(32)?)?)?;
                Value::Words(list.chunks_exact(32).map(U256::from_be_slice).collect())
            }
            _ => Value::Word(head),
        });
    }
    Some(values)
}
