//! The registry: signers, keys, commissions.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolValue;

use super::super::Prediction;
use super::books::DAY;
use super::operator::Opening;
use super::roles::within;
use super::{Call, Names, Part, PublicKey, Staking, reject, seconds};

/// How long a raise waits, is open after that, and how long a signer stays, in seconds.
const WEEK: u64 = 7 * DAY;
/// By how much a commission rises at once, in bps.
const STEP: u64 = 500;

/// What the registry remembers.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Whose a signer is or was.
    pub signers: BTreeMap<Address, u64>,
    /// Of sequencer `id` at `id - 1`.
    pub identities: Vec<Identity>,
    pub nonces: BTreeMap<Address, u64>,
    pub max_commission: U256,
}

impl Default for Registry {
    fn default() -> Self {
        Self {
            signers: BTreeMap::new(),
            identities: Vec::new(),
            nonces: BTreeMap::new(),
            max_commission: U256::from(2_000),
        }
    }
}

/// Signer and announcement of a sequencer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub signer: Address,
    pub key: PublicKey,
    pub changed: u64,
    pub announced: Option<(U256, u64)>,
}

impl Registry {
    pub fn nonce(&self, owner: Address) -> u64 {
        self.nonces.get(&owner).copied().unwrap_or_default()
    }
}

impl Identity {
    /// What was announced and can still be applied.
    pub fn open(&self, now: u64) -> Option<(U256, u64)> {
        self.announced.filter(|(_, due)| now < due + WEEK)
    }
}

impl Staking {
    pub(super) fn registry_call(&mut self, signature: &str, call: &Call<'_>) -> Prediction {
        let Call { caller, a, .. } = *call;
        match signature {
            "register(address,bytes32[2],address,uint256,bytes)" => self.register(call, U256::ZERO),
            "register(address,bytes32[2],address,uint256,bytes,uint256)" => {
                self.register(call, a[6].word())
            }
            "setSigner(uint256,address,bytes32[2],bytes)" => self.set_signer(call),
            "announceCommission(uint256,uint256)" => {
                self.announce(caller, a[0].word(), a[1].word())
            }
            "applyCommission(uint256)" => self.apply_commission(caller, a[0].word()),
            "setMaxCommission(uint256)" => {
                let max = a[0].word();
                within(max, U256::ZERO, U256::from(5_000))?;
                let old = std::mem::replace(&mut self.registry.max_commission, max);
                let event = Names::MaxCommissionChanged { oldMaxBps: old, newMaxBps: max };
                self.log(Part::Registry, event);
                Ok(Vec::new())
            }
            other => panic!("the model knows no entry {other} of the registry"),
        }
    }

    fn register(&mut self, call: &Call<'_>, displaced: U256) -> Prediction {
        let Call { caller: owner, value: bond, a, .. } = *call;
        let (signer, key) = (a[0].address(), key_of(&a[1].word(), &a[2].word()));
        let (recipient, commission) = (a[3].address(), a[4].word());
        self.may_sign(owner, signer, &key, a[5].bytes())?;
        self.may_charge(commission)?;
        if self.out[Part::Staking as usize] {
            return self.refuse_re_entry(b"open(address,address,uint256,uint256)");
        }
        let opening = Opening { owner, recipient, commission, displaced, bond };
        self.may_open(&opening)?;

        *self.registry.nonces.entry(owner).or_default() += 1;
        let id = self.open(&opening);
        self.registry.signers.insert(signer, id);
        let changed = self.now;
        self.registry.identities.push(Identity { signer, key, changed, announced: None });
        let id = U256::from(id);
        let event = Names::Registered {
            id,
            owner,
            signer,
            key,
            commissionBps: commission,
            nonce: U256::ONE,
        };
        self.log(Part::Registry, event);
        Ok(id.abi_encode())
    }

    /// What the staking program refuses with while it is out on a call.
    fn refuse_re_entry<T>(&self, signature: &[u8]) -> Result<T, Vec<u8>> {
        let selector = alloy_primitives::keccak256(signature);
        let selector = <[u8; 4]>::try_from(&selector[..4]).expect("four bytes");
        reject(super::Money::ReentryRefused { selector: selector.into() })
    }

    fn may_charge(&self, commission: U256) -> super::super::Checked {
        let max = self.registry.max_commission;
        if commission > max {
            return reject(Names::CommissionTooHigh { commissionBps: commission, maxBps: max });
        }
        Ok(())
    }

    fn identity_mut(&mut self, id: u64) -> &mut Identity {
        &mut self.registry.identities[id as usize - 1]
    }

    fn set_signer(&mut self, call: &Call<'_>) -> Prediction {
        let Call { caller: owner, a, .. } = *call;
        let id = a[0].word();
        let known = self.owned(owner, id)?;
        let (signer, key) = (a[1].address(), key_of(&a[2].word(), &a[3].word()));
        let next = self.identity_mut(known).changed + WEEK;
        if self.now < next {
            return reject(Names::SignerChangedTooEarly { id, next: seconds(next) });
        }
        self.may_sign(owner, signer, &key, a[4].bytes())?;
        if self.out[Part::Staking as usize] {
            return self.refuse_re_entry(b"recordChange(uint256)");
        }
        *self.registry.nonces.entry(owner).or_default() += 1;
        self.registry.signers.insert(signer, known);
        let now = self.now;
        let identity = self.identity_mut(known);
        let old = std::mem::replace(&mut identity.signer, signer);
        (identity.key, identity.changed) = (key, now);
        let nonce = self.record(known);
        let event = Names::SignerChanged { id, oldSigner: old, newSigner: signer, key, nonce };
        self.log(Part::Registry, event);
        Ok(Vec::new())
    }

    fn announce(&mut self, caller: Address, id: U256, commission: U256) -> Prediction {
        let known = self.owned(caller, id)?;
        let current = self.at(known).commission;
        let is_raise = commission > current;
        if is_raise {
            self.may_charge(commission)?;
        }
        let is_cut = commission < current;
        let signature: &[u8] =
            if is_cut { b"setCommission(uint256,uint256)" } else { b"recordChange(uint256)" };
        if self.out[Part::Staking as usize] {
            return self.refuse_re_entry(signature);
        }
        if is_cut {
            self.identity_mut(known).announced = None;
            let nonce = self.set_commission(known, commission);
            let event = Names::CommissionApplied { id, commissionBps: commission, nonce };
            self.log(Part::Registry, event);
            return Ok(Vec::new());
        }
        // The commission that there is withdraws what was announced.
        let due = if is_raise { self.now + WEEK } else { 0 };
        self.identity_mut(known).announced = is_raise.then_some((commission, due));
        let nonce = self.record(known);
        let event =
            Names::CommissionAnnounced { id, commissionBps: commission, due: seconds(due), nonce };
        self.log(Part::Registry, event);
        Ok(Vec::new())
    }

    fn apply_commission(&mut self, caller: Address, id: U256) -> Prediction {
        let known = self.owned(caller, id)?;
        let now = self.now;
        let Some((commission, due)) = self.identity_mut(known).open(now) else {
            return reject(Names::CommissionMissing { id });
        };
        if now < due {
            return reject(Names::CommissionTooEarly { id, due: seconds(due) });
        }
        self.may_charge(commission)?;
        let old = self.at(known).commission;
        if commission > old + U256::from(STEP) {
            return reject(Names::CommissionStepTooLarge { oldBps: old, newBps: commission });
        }
        if self.out[Part::Staking as usize] {
            return self.refuse_re_entry(b"setCommission(uint256,uint256)");
        }
        self.identity_mut(known).announced = None;
        let nonce = self.set_commission(known, commission);
        let event = Names::CommissionApplied { id, commissionBps: commission, nonce };
        self.log(Part::Registry, event);
        Ok(Vec::new())
    }
}

fn key_of(x: &U256, y: &U256) -> PublicKey {
    [*x, *y].map(B256::from)
}
