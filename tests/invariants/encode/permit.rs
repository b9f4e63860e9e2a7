//! Permits, signed as they should be or not.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use emetis::Signature;
use emetis::interfaces::ILiquidStaking as Hub;
use emetis_common::mutants::{FOREIGN_CHAIN, FOREIGN_CONTRACT, FOREIGN_TYPE};

use super::super::action::{Actor, Flaw, Program};
use super::super::model::{Key, PERMIT_TYPE, Permit, domain};
use super::super::world::World;

/// Order of secp256k1.
pub(super) const ORDER: U256 = U256::from_limbs([
    0xbfd2_5e8c_d036_4141,
    0xbaae_dce6_af48_a03b,
    0xffff_ffff_ffff_fffe,
    0xffff_ffff_ffff_ffff,
]);

/// Calldata of a permit, and what was signed for it: digest, signature and signer.
pub(super) fn permit(
    world: &World,
    token: Program,
    owner: Actor,
    spender: Address,
    value: U256,
    flaw: Flaw,
    split: bool,
) -> (Vec<u8>, (B256, Signature, Address)) {
    let account = world.cast.account(owner);
    let nonce = world.figure(token, Key::Nonce(account.address));
    let nonce = match flaw {
        Flaw::Replayed => nonce.wrapping_sub(U256::ONE),
        Flaw::Early => nonce + U256::ONE,
        _ => nonce,
    };
    let deadline = U256::from(match flaw {
        Flaw::Late => world.seen.now - 1,
        _ => world.seen.now,
    });
    let address = if flaw == Flaw::ZeroSigner { Address::ZERO } else { account.address };
    let permit = Permit { owner: address, spender, value, nonce, deadline };
    let digest = permit.digest(
        signed_domain(world, token, flaw),
        match flaw {
            Flaw::OtherPurpose => FOREIGN_TYPE,
            _ => PERMIT_TYPE,
        },
    );
    let signer = match flaw {
        Flaw::OtherSigner if owner == Actor::Mallory => world.cast.account(Actor::Bob),
        Flaw::OtherSigner => world.cast.account(Actor::Mallory),
        _ => account,
    };
    let signature = signer.sign(digest);
    (encode(&permit, flawed(signature, flaw), flaw, split), (digest, signature, signer.address))
}

/// What the mutants take as well: any other chain and contract would do for the rest.
fn signed_domain(world: &World, token: Program, flaw: Flaw) -> B256 {
    let (name, chain) = (world.model.token(token).name, world.model.chain_id);
    let address = world.cast.program(token);
    match flaw {
        Flaw::OtherChain => domain(name, FOREIGN_CHAIN, address),
        Flaw::OtherContract => domain(name, chain, FOREIGN_CONTRACT),
        Flaw::OtherToken => world.model.domain(token.other()),
        _ => domain(name, chain, address),
    }
}

fn flawed(signature: Signature, flaw: Flaw) -> Signature {
    let Signature { v, r, s } = signature;
    match flaw {
        Flaw::Malleable => {
            Signature { v: 55 - v, r, s: B256::from(ORDER - U256::from_be_bytes(s.0)) }
        }
        Flaw::ZeroSigner => Signature { v, r: B256::ZERO, s },
        Flaw::OddV => Signature { v: v - 27, r, s },
        _ => signature,
    }
}

fn encode(permit: &Permit, signature: Signature, flaw: Flaw, split: bool) -> Vec<u8> {
    let Permit { owner, spender, value, deadline, .. } = *permit;
    if split && flaw != Flaw::Length {
        let Signature { v, r, s } = signature;
        return Hub::permit_0Call { owner, spender, value, deadline, v, r, s }.abi_encode();
    }
    let mut signature = signature.to_bytes();
    if flaw == Flaw::Length {
        if split { signature.push(0) } else { signature.truncate(64) }
    }
    let signature = signature.into();
    Hub::permit_1Call { owner, spender, value, deadline, signature }.abi_encode()
}
