//! What the campaign may do. A new action is one variant; the compiler names the places to extend.

use alloy_primitives::U256;
use serde::{Deserialize, Serialize};

pub use super::actor::{ACTORS, Actor};
pub use super::model::Program;
pub use orders::{Fate, Later, Order, Restricted, When};
pub use queue::{Pick, QueueAction};
pub use staking::StakingAction;

mod orders;
mod queue;
mod simpler;
pub mod staking;

/// An amount, as a number or by what it stands beside. The last part of each is added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    Exact(U256),
    /// What the giver holds of the token in question.
    Balance(i8),
    /// What the caller may move.
    Allowance(i8),
    /// What still fits the supply of eMETIS.
    Room(i8),
    /// The largest that the vault's entry takes now.
    Max(i8),
    /// The least that is worth so many of the other side: assets for shares, shares for assets.
    Worth(u8, i8),
    /// All that is pending at the vault.
    Pending(i8),
    /// All that is locked at the vault.
    Locked(i8),
    /// The vault's ledger.
    Ledger(i8),
    /// The hub's buffer, and what of it the queue is not owed.
    Buffer(i8),
    Free(i8),
    /// What is placed with sequencers, and what of backing is missing.
    Placed(i8),
    Shortfall(i8),
    /// What of the limit of instant redemptions is left.
    Limit(i8),
    /// The least that a ticket is for.
    Least(i8),
}

/// No amount.
pub const NOTHING: Amount = Amount::Exact(U256::ZERO);

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
    /// Signed for the suite's other token.
    OtherToken,
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
    pub const ALL: [Self; 13] = [
        Self::None,
        Self::Replayed,
        Self::Early,
        Self::OtherChain,
        Self::OtherContract,
        Self::OtherToken,
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

/// What the pool settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    /// A loss becomes pending: `settle(0, assets)`.
    Propose(Amount),
    /// What is pending is lifted: `settle(0, 0)`.
    Veto,
    /// What is pending is recognised: `settle(pending, 0)`.
    Execute,
    /// Any loss, and any that is pending after it.
    Any(Amount, Amount),
}

/// One call drawn by the campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    Deposit {
        caller: Actor,
        receiver: Actor,
        assets: Amount,
    },
    /// `least` is added to the shares that are due, to ask for that many at least.
    DepositAndStake {
        caller: Actor,
        receiver: Actor,
        assets: Amount,
        least: Option<i8>,
    },
    ReceiveRewards {
        caller: Actor,
        receiver: Actor,
        assets: Amount,
    },
    Sweep {
        of: Program,
        caller: Actor,
        receiver: Actor,
    },
    Burn {
        caller: Actor,
        assets: Amount,
    },
    Pause {
        of: Program,
        caller: Actor,
        seconds: u32,
    },
    Unpause {
        of: Program,
        caller: Actor,
    },
    /// A call of the access manager.
    Manage {
        caller: Actor,
        order: Order,
    },
    /// What becomes of an operation that was announced, counted from the latest: of one that waits,
    /// or of any for an odd number. `caller`: somebody else than its proposer. Without any the
    /// council announces a sweep.
    Operation {
        nth: u8,
        fate: Fate,
        when: When,
        caller: Option<Actor>,
    },
    /// METIS forced into an account by a contract that destroys itself.
    Donate {
        target: Actor,
        assets: Amount,
    },
    /// METIS sent without calldata.
    PlainTransfer {
        to: Program,
        caller: Actor,
        assets: Amount,
    },
    Transfer {
        token: Program,
        caller: Actor,
        to: Actor,
        value: Amount,
    },
    Approve {
        token: Program,
        caller: Actor,
        spender: Actor,
        value: Amount,
    },
    TransferFrom {
        token: Program,
        caller: Actor,
        from: Actor,
        to: Actor,
        value: Amount,
    },
    Permit {
        token: Program,
        caller: Actor,
        owner: Actor,
        spender: Actor,
        value: Amount,
        flaw: Flaw,
        split: bool,
    },
    /// The wallet's contract is set to confirm or not, and asked.
    WalletPermit {
        token: Program,
        caller: Actor,
        spender: Actor,
        value: Amount,
        confirms: bool,
        length: u16,
    },
    Construct {
        of: Program,
        caller: Actor,
        first: Actor,
        pool: Actor,
        authority: Actor,
        value: Amount,
    },
    VaultDeposit {
        caller: Actor,
        receiver: Actor,
        assets: Amount,
    },
    VaultMint {
        caller: Actor,
        receiver: Actor,
        shares: Amount,
    },
    VaultWithdraw {
        caller: Actor,
        receiver: Actor,
        owner: Actor,
        assets: Amount,
    },
    /// `least` is added to the assets that are due, to ask for that many at least.
    VaultRedeem {
        caller: Actor,
        receiver: Actor,
        owner: Actor,
        shares: Amount,
        least: Option<i8>,
    },
    /// eMETIS sent to the vault past its entries.
    DonateAssets {
        caller: Actor,
        assets: Amount,
    },
    ReceiveDeposit {
        caller: Actor,
        assets: Amount,
        receiver: Actor,
    },
    /// `brought`: METIS comes in first and the vault may take it, as the pool does.
    Notify {
        caller: Actor,
        assets: Amount,
        brought: bool,
    },
    Settle {
        caller: Actor,
        loss: Loss,
    },
    /// Any entry with calldata that may be damaged and value that may be out of place.
    Raw {
        to: Program,
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
    /// The treasury sweeps a donation to a contract that calls one of the programs with this entry.
    Reenter {
        of: Program,
        target: Program,
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
    /// A program expires, or both do, is found expired, and is activated again.
    Expire {
        only: Option<Program>,
    },
    Queue(QueueAction),
    Staking(StakingAction),
}

impl Action {
    pub fn name(&self) -> &'static str {
        let of = |program: &Program, hub: &'static str, vault: &'static str| match program {
            Program::Hub => hub,
            Program::Vault => vault,
            Program::Queue => "queue sweep",
        };
        match self {
            Self::Staking(action) => action.name(),
            Self::Queue(action) => action.name(),
            Self::Deposit { .. } => "deposit",
            Self::DepositAndStake { .. } => "depositAndStake",
            Self::ReceiveRewards { .. } => "receiveRewards",
            Self::Sweep { of: program, .. } => of(program, "sweep", "vault sweep"),
            Self::Burn { .. } => "burn",
            Self::Pause { of: program, .. } => of(program, "pause", "vault pause"),
            Self::Unpause { of: program, .. } => of(program, "unpause", "vault unpause"),
            Self::Manage { order: Order::Now(_), .. } => "manager, at once",
            Self::Manage { order: Order::Schedule { .. }, .. } => "manager, schedule",
            Self::Manage { order: Order::Suspend { .. }, .. } => "manager, suspend",
            Self::Manage { order: Order::EndSuspension { .. }, .. } => "manager, endSuspension",
            Self::Operation { fate: Fate::Executed, .. } => "operation, executed",
            Self::Operation { fate: Fate::Made, .. } => "operation, made",
            Self::Operation { fate: Fate::Cancelled, .. } => "operation, cancelled",
            Self::Donate { .. } => "(donate)",
            Self::PlainTransfer { .. } => "(plain transfer)",
            Self::Transfer { token, .. } => of(token, "transfer", "vault transfer"),
            Self::Approve { token, .. } => of(token, "approve", "vault approve"),
            Self::TransferFrom { token, .. } => of(token, "transferFrom", "vault transferFrom"),
            Self::Permit { token, flaw: Flaw::None, .. } => of(token, "permit", "vault permit"),
            Self::Permit { token, .. } => of(token, "permit, flawed", "vault permit, flawed"),
            Self::WalletPermit { token, .. } => {
                of(token, "permit by wallet", "vault permit by wallet")
            }
            Self::Construct { .. } => "constructor",
            Self::VaultDeposit { .. } => "vault deposit",
            Self::VaultMint { .. } => "vault mint",
            Self::VaultWithdraw { .. } => "vault withdraw",
            Self::VaultRedeem { least: None, .. } => "vault redeem",
            Self::VaultRedeem { .. } => "vault redeem, with a minimum",
            Self::DonateAssets { .. } => "vault donation",
            Self::ReceiveDeposit { .. } => "vault receiveDeposit",
            Self::Notify { brought: true, .. } => "vault notify",
            Self::Notify { .. } => "vault notify, bare",
            Self::Settle { loss: Loss::Propose(_), .. } => "vault settle, propose",
            Self::Settle { loss: Loss::Veto, .. } => "vault settle, veto",
            Self::Settle { loss: Loss::Execute, .. } => "vault settle, execute",
            Self::Settle { .. } => "vault settle, any",
            Self::Raw { damage: Damage::None, .. } => "any entry",
            Self::Raw { .. } => "any entry, damaged",
            Self::Starve { .. } => "(too little gas)",
            Self::Reenter { .. } => "(re-entry)",
            Self::WriteOff { .. } => "(write-off)",
            Self::Wait { .. } => "(wait)",
            Self::Expire { .. } => "(expire)",
        }
    }

    /// Whether it is one call to one of the programs.
    pub fn is_one_call(&self) -> bool {
        !matches!(
            self,
            Self::Donate { .. }
                | Self::Staking(_)
                | Self::Queue(QueueAction::WaitForBatch { .. })
                | Self::Starve { .. }
                | Self::Reenter { .. }
                | Self::Manage { .. }
                | Self::Operation { .. }
                | Self::WriteOff { .. }
                | Self::Wait { .. }
                | Self::Expire { .. }
        )
    }
}
