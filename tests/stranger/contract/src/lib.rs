//! A vesting escrow: money that becomes somebody's little by little.
//!
//! Anybody opens a grant with the money in it. Its beneficiary's part grows linearly over the
//! grant's duration; anybody may have the grown part paid out. The guardian may cancel a grant: the
//! grown part goes to the beneficiary, the rest back to the funder.
#![cfg_attr(not(any(test, feature = "export-abi")), no_main)]
extern crate alloc;

use alloc::vec::Vec;

use alloy_primitives::{Address, U256, U64};
use alloy_sol_types::sol;
use stylus_sdk::call::transfer::transfer_eth;
use stylus_sdk::prelude::*;

sol! {
    event Opened(uint256 indexed id, address indexed funder, address indexed beneficiary, uint256 amount, uint64 duration);
    event Released(uint256 indexed id, address indexed beneficiary, uint256 amount);
    event Cancelled(uint256 indexed id, uint256 paid, uint256 returned);

    error GuardianZero();
    error AmountZero();
    error DurationZero();
    error BeneficiaryZero();
    error NoSuchGrant(uint256 id);
    error NothingDue(uint256 id);
    error NotGuardian(address caller);
    error PaymentRefused(address receiver, uint256 amount);
}

#[derive(SolidityError)]
pub enum VestingError {
    GuardianZero(GuardianZero),
    AmountZero(AmountZero),
    DurationZero(DurationZero),
    BeneficiaryZero(BeneficiaryZero),
    NoSuchGrant(NoSuchGrant),
    NothingDue(NothingDue),
    NotGuardian(NotGuardian),
    PaymentRefused(PaymentRefused),
}

sol_storage! {
    #[entrypoint]
    pub struct Vesting {
        address guardian;
        uint256 opened;
        mapping(uint256 => Grant) grants;
        mapping(address => uint256[]) ids;
    }

    pub struct Grant {
        address funder;
        address beneficiary;
        uint64 start;
        uint64 duration;
        uint256 total;
        uint256 released;
    }
}

#[public]
impl Vesting {
    #[constructor]
    pub fn constructor(&mut self, guardian: Address) -> Result<(), VestingError> {
        if guardian.is_zero() {
            return Err(VestingError::GuardianZero(GuardianZero {}));
        }
        self.guardian.set(guardian);
        Ok(())
    }

    /// Opens a grant with the money sent along. Returns its id, counted from 0.
    #[payable]
    pub fn open(&mut self, beneficiary: Address, duration: u64) -> Result<U256, VestingError> {
        let (funder, amount, now) =
            (self.vm().msg_sender(), self.vm().msg_value(), self.vm().block_timestamp());
        if beneficiary.is_zero() {
            return Err(VestingError::BeneficiaryZero(BeneficiaryZero {}));
        }
        if amount.is_zero() {
            return Err(VestingError::AmountZero(AmountZero {}));
        }
        if duration == 0 {
            return Err(VestingError::DurationZero(DurationZero {}));
        }
        let id = self.opened.get();
        let mut grant = self.grants.setter(id);
        grant.funder.set(funder);
        grant.beneficiary.set(beneficiary);
        grant.start.set(U64::from(now));
        grant.duration.set(U64::from(duration));
        grant.total.set(amount);
        self.ids.setter(beneficiary).push(id);
        self.opened.set(id + U256::from(1));
        self.vm().log(Opened { id, funder, beneficiary, amount, duration });
        Ok(id)
    }

    /// Pays out what has grown since the last time. Returns the amount.
    pub fn release(&mut self, id: U256) -> Result<U256, VestingError> {
        let amount = self.releasable(id)?;
        if amount.is_zero() {
            return Err(VestingError::NothingDue(NothingDue { id }));
        }
        let mut grant = self.grants.setter(id);
        let beneficiary = grant.beneficiary.get();
        let before = if cfg!(feature = "careless") { U256::ZERO } else { grant.released.get() };
        grant.released.set(before + amount);
        self.pay(beneficiary, amount)?;
        self.vm().log(Released { id, beneficiary, amount });
        Ok(amount)
    }

    /// Ends a grant. For the guardian.
    pub fn cancel(&mut self, id: U256) -> Result<(), VestingError> {
        let caller = self.vm().msg_sender();
        if caller != self.guardian.get() {
            return Err(VestingError::NotGuardian(NotGuardian { caller }));
        }
        let paid = self.releasable(id)?;
        let grant = self.grants.getter(id);
        let (funder, beneficiary) = (grant.funder.get(), grant.beneficiary.get());
        let kept = grant.released.get() + paid;
        let returned = grant.total.get() - kept;
        let mut grant = self.grants.setter(id);
        grant.total.set(kept);
        grant.released.set(kept);
        if !paid.is_zero() {
            self.pay(beneficiary, paid)?;
        }
        if !returned.is_zero() {
            self.pay(funder, returned)?;
        }
        self.vm().log(Cancelled { id, paid, returned });
        Ok(())
    }

    /// What a release would pay now.
    pub fn releasable(&self, id: U256) -> Result<U256, VestingError> {
        let grant = self.grants.getter(id);
        let duration = grant.duration.get().to::<u64>();
        if duration == 0 {
            return Err(VestingError::NoSuchGrant(NoSuchGrant { id }));
        }
        let elapsed = self.vm().block_timestamp() - grant.start.get().to::<u64>();
        let grown = grant.total.get() * U256::from(elapsed.min(duration)) / U256::from(duration);
        // A cancelled grant's total has shrunk to what was paid.
        Ok(grown.saturating_sub(grant.released.get()))
    }

    /// Grants opened so far.
    pub fn opened(&self) -> U256 {
        self.opened.get()
    }

    /// The id of somebody's grant by its place. There must be one.
    pub fn grant_of(&self, beneficiary: Address, place: U256) -> U256 {
        self.ids.getter(beneficiary).get(place).unwrap()
    }
}

impl Vesting {
    fn pay(&mut self, receiver: Address, amount: U256) -> Result<(), VestingError> {
        transfer_eth(self.vm(), receiver, amount)
            .map_err(|_| VestingError::PaymentRefused(PaymentRefused { receiver, amount }))
    }
}
