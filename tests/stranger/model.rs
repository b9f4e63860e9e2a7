//! What must come of a call, said independently of the contract.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolError;

use super::interface::Vesting::{
    AmountZero, DurationZero, NoSuchGrant, NotGuardian, NothingDue, PaymentRefused,
};

/// Who is paid how many wei, or the revert data.
pub(super) type Outcome = Result<Vec<(Address, U256)>, Vec<u8>>;

/// A grant. Amounts in wei, times in seconds.
#[derive(Clone, Debug)]
struct Grant {
    funder: Address,
    beneficiary: Address,
    start: u64,
    duration: u64,
    total: U256,
    paid: U256,
}

/// The escrow's books.
#[derive(Clone, Debug)]
pub(super) struct Model {
    guardian: Address,
    /// Takes no money.
    stubborn: Address,
    grants: Vec<Grant>,
}

impl Model {
    pub(super) fn new(guardian: Address, stubborn: Address) -> Self {
        Self { guardian, stubborn, grants: Vec::new() }
    }

    /// What the escrow must hold.
    pub(super) fn owed(&self) -> U256 {
        self.grants.iter().fold(U256::ZERO, |sum, grant| sum + (grant.total - grant.paid))
    }

    /// The id of the grant so many before the newest, or one that is not there.
    pub(super) fn id(&self, back: usize) -> usize {
        self.grants.len().checked_sub(1 + back).unwrap_or(self.grants.len() + back)
    }

    pub(super) fn open(
        &mut self,
        funder: Address,
        beneficiary: Address,
        total: U256,
        duration: u64,
        now: u64,
    ) -> Outcome {
        if total.is_zero() {
            return Err(AmountZero {}.abi_encode());
        }
        if duration == 0 {
            return Err(DurationZero {}.abi_encode());
        }
        let paid = U256::ZERO;
        self.grants.push(Grant { funder, beneficiary, start: now, duration, total, paid });
        Ok(Vec::new())
    }

    pub(super) fn release(&mut self, id: usize, now: u64) -> Outcome {
        let due = self.due(id, now)?;
        if due.is_zero() {
            return Err(NothingDue { id: U256::from(id) }.abi_encode());
        }
        let receiver = self.grants[id].beneficiary;
        self.takes(receiver, due)?;
        self.grants[id].paid += due;
        Ok(vec![(receiver, due)])
    }

    pub(super) fn cancel(&mut self, caller: Address, id: usize, now: u64) -> Outcome {
        if caller != self.guardian {
            return Err(NotGuardian { caller }.abi_encode());
        }
        let due = self.due(id, now)?;
        self.takes(self.grants[id].beneficiary, due)?;
        let grant = &mut self.grants[id];
        let returned = grant.total - grant.paid - due;
        grant.paid += due;
        grant.total = grant.paid;
        Ok(vec![(grant.beneficiary, due), (grant.funder, returned)])
    }

    fn due(&self, id: usize, now: u64) -> Result<U256, Vec<u8>> {
        let unknown = || NoSuchGrant { id: U256::from(id) }.abi_encode();
        let grant = self.grants.get(id).ok_or_else(unknown)?;
        let elapsed = (now - grant.start).min(grant.duration);
        let grown = grant.total * U256::from(elapsed) / U256::from(grant.duration);
        Ok(grown.saturating_sub(grant.paid))
    }

    fn takes(&self, receiver: Address, amount: U256) -> Result<(), Vec<u8>> {
        if receiver == self.stubborn && !amount.is_zero() {
            return Err(PaymentRefused { receiver, amount }.abi_encode());
        }
        Ok(())
    }
}
