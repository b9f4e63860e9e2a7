//! What the campaign may do. A new action is one variant; the compiler names the places to extend.

use alloy_primitives::U256;
use emetis::campaign::amounts::smaller;
use serde::{Deserialize, Serialize};

/// Who acts, gives or gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Actor {
    Alice,
    Bob,
    Mallory,
    Minter,
    Treasury,
    /// A contract wallet that confirms any signature or none (ERC-1271).
    Wallet,
    /// A contract that calls back when METIS reaches it.
    Reenterer,
    /// A contract that takes no METIS.
    Refuser,
    Hub,
    Zero,
}

impl Actor {
    pub const ALL: [Self; 10] = [
        Self::Alice,
        Self::Bob,
        Self::Mallory,
        Self::Minter,
        Self::Treasury,
        Self::Wallet,
        Self::Reenterer,
        Self::Refuser,
        Self::Hub,
        Self::Zero,
    ];

    /// Name in the world.
    pub fn label(self) -> &'static str {
        match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
            Self::Mallory => "mallory",
            Self::Minter => "minter",
            Self::Treasury => "treasury",
            Self::Wallet => "wallet",
            Self::Reenterer => "reenterer",
            Self::Refuser => "refuser",
            Self::Hub => "hub",
            Self::Zero => "zero",
        }
    }
}

/// An amount, as a number or by what it stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    Exact(U256),
    /// What the giver holds, and a little more or less.
    Balance(i8),
    /// What the caller may move, and a little more or less.
    Allowance(i8),
    /// What still fits the supply, and a little more or less.
    Room(i8),
}

/// What is wrong with a permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    None,
    /// The nonce before: a replay.
    Replayed,
    /// The nonce after.
    Early,
    OtherChain,
    OtherContract,
    OtherPurpose,
    Late,
    /// The twin in the upper half of the order.
    Malleable,
    OtherSigner,
    /// The owner is the zero address and the signature recovers nobody.
    ZeroSigner,
    OddV,
    /// 64 or 66 bytes.
    Length,
}

impl Flaw {
    pub const ALL: [Self; 12] = [
        Self::None,
        Self::Replayed,
        Self::Early,
        Self::OtherChain,
        Self::OtherContract,
        Self::OtherPurpose,
        Self::Late,
        Self::Malleable,
        Self::OtherSigner,
        Self::ZeroSigner,
        Self::OddV,
        Self::Length,
    ];
}

/// What is wrong with calldata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    None,
    /// Cut to this many bytes.
    Cut(u16),
    /// That many bytes added.
    Longer(u16),
    /// This byte of the arguments is overwritten.
    Byte(u16, u8),
    /// This word of the arguments is overwritten.
    Word(u8, U256),
    /// The selector is overwritten.
    Selector([u8; 4]),
}

/// One call drawn by the campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    Deposit {
        caller: Actor,
        receiver: Actor,
        assets: Amount,
    },
    ReceiveRewards {
        caller: Actor,
        receiver: Actor,
        assets: Amount,
    },
    Sweep {
        caller: Actor,
        receiver: Actor,
    },
    /// METIS forced into an account by a contract that destroys itself.
    Donate {
        target: Actor,
        assets: Amount,
    },
    /// METIS sent without calldata.
    PlainTransfer {
        caller: Actor,
        assets: Amount,
    },
    Transfer {
        caller: Actor,
        to: Actor,
        value: Amount,
    },
    Approve {
        caller: Actor,
        spender: Actor,
        value: Amount,
    },
    TransferFrom {
        caller: Actor,
        from: Actor,
        to: Actor,
        value: Amount,
    },
    Permit {
        caller: Actor,
        owner: Actor,
        spender: Actor,
        value: Amount,
        flaw: Flaw,
        split: bool,
    },
    /// The wallet's contract is set to confirm or not, and asked.
    WalletPermit {
        caller: Actor,
        spender: Actor,
        value: Amount,
        confirms: bool,
        length: u16,
    },
    Construct {
        caller: Actor,
        minter: Actor,
        treasury: Actor,
    },
    /// Any entry with calldata that may be damaged and value that may be out of place.
    Raw {
        caller: Actor,
        entry: u8,
        words: [U256; 7],
        value: Amount,
        damage: Damage,
    },
    /// Another action with less gas than it needs, in thousandths of it.
    Starve {
        action: Box<Action>,
        thousandths: u16,
    },
    /// The treasury sweeps a donation to a contract that calls the hub back with this entry.
    Reenter {
        entry: u8,
        words: [U256; 7],
    },
    /// Buffer is written off by surgery, as a loss of a pool will, or written up again. The METIS
    /// stays, as nobody's.
    WriteOff {
        assets: Amount,
        back: bool,
    },
    Wait {
        seconds: u64,
    },
    /// The program expires, is found expired, and is activated again.
    Expire,
}

impl Action {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Deposit { .. } => "deposit",
            Self::ReceiveRewards { .. } => "receiveRewards",
            Self::Sweep { .. } => "sweep",
            Self::Donate { .. } => "(donate)",
            Self::PlainTransfer { .. } => "(plain transfer)",
            Self::Transfer { .. } => "transfer",
            Self::Approve { .. } => "approve",
            Self::TransferFrom { .. } => "transferFrom",
            Self::Permit { flaw: Flaw::None, .. } => "permit",
            Self::Permit { .. } => "permit, flawed",
            Self::WalletPermit { .. } => "permit by wallet",
            Self::Construct { .. } => "constructor",
            Self::Raw { damage: Damage::None, .. } => "any entry",
            Self::Raw { .. } => "any entry, damaged",
            Self::Starve { .. } => "(too little gas)",
            Self::Reenter { .. } => "(re-entry)",
            Self::WriteOff { .. } => "(write-off)",
            Self::Wait { .. } => "(wait)",
            Self::Expire => "(expire)",
        }
    }

    /// Simpler actions of the same kind.
    pub fn simpler(&self) -> Vec<Self> {
        let mut all = Vec::new();
        if let Some(amount) = self.clone().amount_mut() {
            for simpler in simpler_amounts(*amount) {
                let mut copy = self.clone();
                if let Some(amount) = copy.amount_mut() {
                    *amount = simpler;
                }
                all.push(copy);
            }
        }
        match self {
            Self::Wait { seconds } if *seconds > 1 => {
                let half = seconds / 2;
                all.push(Self::Wait { seconds: half });
            }
            Self::Raw { words, .. } | Self::Reenter { words, .. } => {
                for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_zero()) {
                    let mut copy = self.clone();
                    if let Self::Raw { words, .. } | Self::Reenter { words, .. } = &mut copy {
                        words[at] = smaller(*word)[0];
                    }
                    all.push(copy);
                }
            }
            Self::Starve { action, .. } => all.push((**action).clone()),
            _ => {}
        }
        all.retain(|simpler| simpler != self);
        all
    }

    fn amount_mut(&mut self) -> Option<&mut Amount> {
        match self {
            Self::Deposit { assets, .. }
            | Self::ReceiveRewards { assets, .. }
            | Self::Donate { assets, .. }
            | Self::WriteOff { assets, .. }
            | Self::PlainTransfer { assets, .. } => Some(assets),
            Self::Transfer { value, .. }
            | Self::Approve { value, .. }
            | Self::TransferFrom { value, .. }
            | Self::Permit { value, .. }
            | Self::WalletPermit { value, .. }
            | Self::Raw { value, .. } => Some(value),
            _ => None,
        }
    }
}

fn simpler_amounts(amount: Amount) -> Vec<Amount> {
    match amount {
        Amount::Exact(value) => smaller(value).into_iter().map(Amount::Exact).collect(),
        Amount::Balance(0) | Amount::Allowance(0) | Amount::Room(0) => {
            vec![Amount::Exact(U256::ONE)]
        }
        Amount::Balance(_) => vec![Amount::Exact(U256::ONE), Amount::Balance(0)],
        Amount::Allowance(_) => vec![Amount::Exact(U256::ONE), Amount::Allowance(0)],
        Amount::Room(_) => vec![Amount::Exact(U256::ONE), Amount::Room(0)],
    }
}
