//! One function for each property of `spec.rs`, or a few where it has several sides.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};
use emetis::{Chain, Failure, Receipt};

use super::action::Program;
use super::cast::Cast;
use super::encode::Transaction;
use super::world::{Change, Seen};

pub mod access;
pub mod authority;
mod chance;
pub mod core;
pub mod donation;
pub mod exits;
pub mod maxima;
pub mod model;
pub mod pause;
pub mod permits;
pub mod previews;
pub mod queue;
pub mod rate;
pub mod round_trips;
pub mod safety;
pub mod solvency;
pub mod staking;
pub mod stream;
pub mod vault;

/// What really came of a call.
pub type Outcome = Result<Receipt<Bytes>, Failure>;

/// A call with everything a check may want to know of it.
#[derive(Debug)]
pub struct Observed<'a> {
    pub cast: &'a Cast,
    pub transaction: &'a Transaction,
    pub outcome: &'a Outcome,
    pub before: &'a Seen,
    pub after: &'a Seen,
    /// What it changed in the programs' storage.
    pub changes: &'a [Change],
}

impl Observed<'_> {
    pub fn accepted(&self) -> bool {
        self.outcome.is_ok()
    }

    /// Whether it was accepted by this entry of this program.
    pub fn did<C: SolCall>(&self, program: Program) -> bool {
        self.accepted() && self.transaction.is::<C>(program)
    }

    /// Whether the vault settled a loss.
    pub fn settled(&self) -> bool {
        self.did::<Vault::settleCall>(Program::Vault)
    }

    /// Whether it called a `permit` of either form.
    pub fn is_permit(&self) -> bool {
        matches!(
            self.transaction.selector(),
            Some(Hub::permit_0Call::SELECTOR | Hub::permit_1Call::SELECTOR)
        )
    }

    /// The two arguments of a `settle` that was accepted.
    pub fn loss_and_pending(&self) -> Option<(U256, U256)> {
        let words = || Some((self.transaction.word(0)?, self.transaction.word(1)?));
        if self.settled() { words() } else { None }
    }
}

/// Sends a transaction to its program.
pub fn send(chain: &mut Chain, cast: &Cast, transaction: &Transaction) -> Outcome {
    let Transaction { to, caller, value, data, .. } = transaction;
    chain.send_raw(*caller, cast.program(*to), data.clone()).value(*value).run()
}

/// Sends a typed call on a fork: what it returned, or the failure.
fn ask<C: SolCall>(
    chain: &mut Chain,
    cast: &Cast,
    caller: Address,
    to: Program,
    call: C,
) -> Result<C::Return, Refused> {
    match chain.send(caller, cast.program(to), call).run() {
        Ok(receipt) => Ok(receipt.output),
        Err(failure) => Err(Refused(failure)),
    }
}

/// Why a call on a fork failed. It is put into words only where it is told.
#[derive(Clone, PartialEq, Eq)]
struct Refused(Failure);

impl std::fmt::Debug for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use alloy_sol_types::SolInterface;
        use emetis::interfaces::{LiquidStakingErrors, StakedMetisErrors};
        let data = self.0.data();
        if let Ok(error) = StakedMetisErrors::abi_decode(&data) {
            return write!(f, "{error:?}");
        }
        match LiquidStakingErrors::abi_decode(&data) {
            Ok(error) => write!(f, "{error:?}"),
            Err(_) => write!(f, "{:?}", self.0),
        }
    }
}
