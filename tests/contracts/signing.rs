//! Permits, signed by an implementation of EIP-712 that shares nothing with the programs.

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::{Eip712Domain, SolStruct, eip712_domain, sol};

use super::kit::{Account, Hub, Signature, World, days};

sol! {
    /// What EIP-2612 signs.
    #[derive(Debug, PartialEq, Eq)]
    struct Permit {
        address owner;
        address spender;
        uint256 value;
        uint256 nonce;
        uint256 deadline;
    }
}

/// Half of the order of secp256k1: the largest `s` that is not malleable.
pub(crate) const HALF_ORDER: U256 = U256::from_limbs([
    0xdfe9_2f46_681b_20a0,
    0x5d57_6e73_57a4_501d,
    0xffff_ffff_ffff_ffff,
    0x7fff_ffff_ffff_ffff,
]);
/// The order of secp256k1.
pub(crate) const ORDER: U256 = U256::from_limbs([
    0xbfd2_5e8c_d036_4141,
    0xbaae_dce6_af48_a03b,
    0xffff_ffff_ffff_fffe,
    0xffff_ffff_ffff_ffff,
]);

/// The signing domain of eMETIS at an address of a chain.
pub(crate) fn domain(chain_id: u64, hub: Address) -> Eip712Domain {
    eip712_domain! {
        name: "Liquid METIS",
        version: "1",
        chain_id: chain_id,
        verifying_contract: hub,
    }
}

impl World {
    /// The signing domain of the moment.
    pub(crate) fn domain(&self) -> Eip712Domain {
        domain(self.chain.chain_id(), self.hub)
    }

    /// The owner's next permit, good for a day.
    pub(crate) fn permit(
        &self,
        owner: impl Into<Address>,
        spender: impl Into<Address>,
        value: U256,
    ) -> Permit {
        let owner = owner.into();
        let deadline = U256::from(self.chain.time() + days(1));
        Permit { owner, spender: spender.into(), value, nonce: self.nonce(owner), deadline }
    }

    /// What the owner of a permit signs now.
    pub(crate) fn digest(&self, permit: &Permit) -> B256 {
        permit.eip712_signing_hash(&self.domain())
    }

    /// Somebody's signature under a permit, as it must be now.
    pub(crate) fn sign(&self, signer: Account, permit: &Permit) -> Signature {
        signer.sign(self.digest(permit))
    }
}

/// The call that hands in a permit in three parts.
pub(crate) fn in_parts(permit: &Permit, signature: Signature) -> Hub::permit_0Call {
    let Permit { owner, spender, value, deadline, .. } = *permit;
    let Signature { v, r, s } = signature;
    Hub::permit_0Call { owner, spender, value, deadline, v, r, s }
}

/// The call that hands in a permit with a signature of any form.
pub(crate) fn as_bytes(permit: &Permit, signature: impl Into<Bytes>) -> Hub::permit_1Call {
    let Permit { owner, spender, value, deadline, .. } = *permit;
    Hub::permit_1Call { owner, spender, value, deadline, signature: signature.into() }
}

/// The other signature that recovers to the same signer.
pub(crate) fn twin(signature: Signature) -> Signature {
    let s = ORDER - U256::from_be_bytes(signature.s.0);
    Signature { v: 55 - signature.v, s: s.into(), ..signature }
}
