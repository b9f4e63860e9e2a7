//! Registrations, and what signers sign for them.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{Eip712Domain, SolStruct, sol};

use super::*;

sol! {
    /// What a signer signs.
    struct Registration {
        address owner;
        uint256 nonce;
    }
}

impl World {
    /// A signer's proof for an owner with a nonce.
    pub(crate) fn prove(&self, signer: Account, owner: Address, nonce: U256) -> Bytes {
        let domain = Eip712Domain::new(
            Some("METIS Sequencer Registry".into()),
            Some("1".into()),
            Some(U256::from(self.chain.chain_id())),
            Some(self.registry),
            None,
        );
        let digest = Registration { owner, nonce }.eip712_signing_hash(&domain);
        signer.sign(digest).to_bytes().into()
    }

    /// The nonce of an owner's next proof.
    pub(crate) fn nonce(&self, owner: Account) -> U256 {
        self.chain.view(self.registry, Registry::noncesCall { owner: owner.address })
    }

    /// A registration without a flaw.
    pub(crate) fn registration(&self, owner: Account, signer: Account) -> Registry::register_0Call {
        Registry::register_0Call {
            signer: signer.address,
            key: signer.public_key(),
            rewardRecipient: owner.address,
            commissionBps: COMMISSION,
            proof: self.prove(signer, owner.address, self.nonce(owner)),
        }
    }

    /// Registers a sequencer. Its id.
    pub(crate) fn register(&mut self, owner: Account, signer: Account, bond: U256) -> U256 {
        let call = self.registration(owner, signer);
        self.chain.send(owner, self.registry, call).value(bond).ok().output
    }

    /// A change of the signer without a flaw.
    pub(crate) fn change(
        &self,
        id: U256,
        owner: Account,
        signer: Account,
    ) -> Registry::setSignerCall {
        Registry::setSignerCall {
            id,
            signer: signer.address,
            key: signer.public_key(),
            proof: self.prove(signer, owner.address, self.nonce(owner)),
        }
    }
}
