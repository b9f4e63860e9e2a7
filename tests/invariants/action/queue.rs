//! What may happen on the way out: instant redemptions, tickets, and what the allocator does.

use serde::{Deserialize, Serialize};

use super::{Actor, Amount, Flaw};

/// A ticket: so many batches back from the last, at this place of it, modulo those that joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    pub back: u8,
    pub place: u8,
}

/// One call on the way out. Where there is no caller, it is the owner of the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueueAction {
    /// `least` is added to what is due, to ask for that much at least.
    RedeemNow {
        caller: Actor,
        receiver: Actor,
        nominal: Amount,
        least: Option<i8>,
    },
    Request {
        caller: Actor,
        owner: Actor,
        nominal: Amount,
    },
    RequestSigned {
        caller: Actor,
        owner: Actor,
        nominal: Amount,
        flaw: Flaw,
    },
    Requests {
        caller: Actor,
        owner: Actor,
        nominal: Amount,
        count: u8,
    },
    Cancel {
        caller: Option<Actor>,
        receiver: Actor,
        ticket: Pick,
    },
    Finalize {
        caller: Actor,
        assets: Amount,
        batches: u8,
    },
    Claim {
        caller: Option<Actor>,
        receiver: Actor,
        ticket: Pick,
    },
    /// Tickets that follow each other, or one of them twice.
    Claims {
        caller: Option<Actor>,
        receiver: Actor,
        ticket: Pick,
        count: u8,
        twice: bool,
    },
    /// `from` is the owner if it is nobody else.
    Move {
        caller: Option<Actor>,
        from: Option<Actor>,
        to: Actor,
        ticket: Pick,
        safe: bool,
    },
    Approve {
        caller: Option<Actor>,
        to: Actor,
        ticket: Pick,
    },
    ApproveAll {
        caller: Actor,
        operator: Actor,
        approved: bool,
    },
    Place {
        caller: Actor,
        assets: Amount,
    },
    Unbonded {
        caller: Actor,
        assets: Amount,
    },
    Backing {
        caller: Actor,
        assets: Amount,
    },
    /// `until` is so many seconds from now.
    Settle {
        caller: Actor,
        loss: Amount,
        pending: Amount,
        until: i64,
    },
    CollectFees {
        caller: Actor,
        receiver: Actor,
    },
    SetRedemption {
        caller: Actor,
        fee: u16,
        daily: u16,
    },
    SetBatchLength {
        caller: Actor,
        length: u32,
    },
    /// Until the last batch closes, or so many seconds later.
    WaitForBatch {
        edge: i8,
    },
}

impl QueueAction {
    pub fn name(&self) -> &'static str {
        match self {
            Self::RedeemNow { .. } => "redeemNow",
            Self::Request { .. } => "request",
            Self::RequestSigned { flaw: Flaw::None, .. } => "request by permit",
            Self::RequestSigned { .. } => "request by permit, flawed",
            Self::Requests { .. } => "requests",
            Self::Cancel { .. } => "cancel",
            Self::Finalize { .. } => "finalize",
            Self::Claim { .. } => "claim",
            Self::Claims { .. } => "claims",
            Self::Move { safe: false, .. } => "ticket transfer",
            Self::Move { .. } => "ticket transfer, safe",
            Self::Approve { .. } => "ticket approve",
            Self::ApproveAll { .. } => "ticket approve for all",
            Self::Place { .. } => "place",
            Self::Unbonded { .. } => "receiveUnbonded",
            Self::Backing { .. } => "receiveBacking",
            Self::Settle { .. } => "settle",
            Self::CollectFees { .. } => "collectFees",
            Self::SetRedemption { .. } => "setRedemption",
            Self::SetBatchLength { .. } => "setBatchLength",
            Self::WaitForBatch { .. } => "(wait for a batch)",
        }
    }

    /// The amount that is made simpler to shrink a story by.
    pub fn amount_mut(&mut self) -> Option<&mut Amount> {
        match self {
            Self::RedeemNow { nominal: amount, .. }
            | Self::Request { nominal: amount, .. }
            | Self::RequestSigned { nominal: amount, .. }
            | Self::Requests { nominal: amount, .. }
            | Self::Finalize { assets: amount, .. }
            | Self::Place { assets: amount, .. }
            | Self::Unbonded { assets: amount, .. }
            | Self::Backing { assets: amount, .. }
            | Self::Settle { loss: amount, .. } => Some(amount),
            _ => None,
        }
    }

    /// Simpler ones of the same kind.
    pub fn simpler(&self) -> Vec<Self> {
        match *self {
            Self::Requests { caller, owner, nominal, count } if count > 1 => {
                vec![
                    Self::Request { caller, owner, nominal },
                    Self::Requests { caller, owner, nominal, count: count / 2 },
                ]
            }
            Self::Claims { caller, receiver, ticket, count, .. } if count > 0 => {
                vec![Self::Claim { caller, receiver, ticket }]
            }
            Self::Settle { caller, loss, pending, until } if pending != super::NOTHING => {
                vec![Self::Settle { caller, loss, pending: super::NOTHING, until }]
            }
            _ => Vec::new(),
        }
    }
}
