//! From an action to the transaction it stands for.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::Signature;
use emetis::interfaces::ILiquidStaking as Hub;
use emetis::suite::{Params, Suite};

use super::abi::{self, Kind};
use super::action::{Action, Actor, Amount, Damage, Flaw};
use super::model::{PERMIT_TYPE, digest, domain};
use super::world::World;

/// A transaction to the hub.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub caller: Address,
    pub value: U256,
    pub data: Vec<u8>,
}

/// Order of secp256k1.
const ORDER: U256 = U256::from_limbs([
    0xbfd2_5e8c_d036_4141,
    0xbaae_dce6_af48_a03b,
    0xffff_ffff_ffff_fffe,
    0xffff_ffff_ffff_ffff,
]);

/// The transaction of an action that is one call to the hub.
pub fn transaction(world: &World, action: &Action) -> Transaction {
    let at = |actor: Actor| world.cast.address(actor);
    let (caller, value, data) = match *action {
        Action::Deposit { caller, receiver, assets } => {
            let call = Hub::depositCall { receiver: at(receiver), tag: B256::repeat_byte(7) };
            (at(caller), pay(world, assets, at(caller)), call.abi_encode())
        }
        Action::ReceiveRewards { caller, receiver, assets } => {
            let call = Hub::receiveRewardsCall { receiver: at(receiver) };
            (at(caller), pay(world, assets, at(caller)), call.abi_encode())
        }
        Action::Sweep { caller, receiver } => {
            (at(caller), U256::ZERO, Hub::sweepCall { receiver: at(receiver) }.abi_encode())
        }
        Action::PlainTransfer { caller, assets } => {
            (at(caller), pay(world, assets, at(caller)), Vec::new())
        }
        Action::Transfer { caller, to, value } => {
            let value = world.amount(value, at(caller), at(caller));
            (at(caller), U256::ZERO, Hub::transferCall { to: at(to), value }.abi_encode())
        }
        Action::Approve { caller, spender, value } => {
            let value = world.amount(value, at(caller), at(caller));
            let call = Hub::approveCall { spender: at(spender), value };
            (at(caller), U256::ZERO, call.abi_encode())
        }
        Action::TransferFrom { caller, from, to, value } => {
            let value = world.amount(value, at(from), at(caller));
            let call = Hub::transferFromCall { from: at(from), to: at(to), value };
            (at(caller), U256::ZERO, call.abi_encode())
        }
        Action::Permit { caller, owner, spender, value, flaw, split } => {
            let value = world.amount(value, at(owner), at(caller));
            (at(caller), U256::ZERO, permit(world, owner, at(spender), value, flaw, split))
        }
        Action::WalletPermit { caller, spender, value, length, .. } => {
            let owner = at(Actor::Wallet);
            let call = Hub::permit_1Call {
                owner,
                spender: at(spender),
                value: world.amount(value, owner, at(caller)),
                deadline: U256::MAX,
                signature: vec![0x5a; usize::from(length)].into(),
            };
            (at(caller), U256::ZERO, call.abi_encode())
        }
        Action::Construct { caller, minter, treasury } => {
            let params = Params { minter: at(minter), treasury: at(treasury), ..Params::default() };
            let suite =
                Suite { liquid_staking: world.cast.hub, staked_metis: Params::default().pool };
            (at(caller), U256::ZERO, suite.hub_constructor(&params))
        }
        Action::Raw { caller, entry, ref words, value, damage } => {
            let data = away_from_precompiles(damaged(calldata(world, entry, words), damage));
            (at(caller), pay(world, value, at(caller)), data)
        }
        _ => unreachable!("{action:?} is not one call to the hub"),
    };
    Transaction { caller, value, data }
}

/// METIS to send along: no more than anybody holds.
fn pay(world: &World, amount: Amount, caller: Address) -> U256 {
    world.amount(amount, caller, caller) & ((U256::ONE << 96) - U256::ONE)
}

/// Calldata of any entry, its words used as arguments: addresses name actors.
pub fn calldata(world: &World, entry: u8, words: &[U256; 7]) -> Vec<u8> {
    let entries = abi::entries();
    let index = usize::from(entry) % entries.len();
    let (selector, entry) = entries.iter().nth(index).expect("within the list");
    let mut heads = Vec::new();
    let mut tail = Vec::new();
    for (kind, word) in entry.arguments.iter().zip(words) {
        let head = match kind {
            Kind::Address => {
                let actor = Actor::ALL[word.wrapping_rem(U256::from(10)).to::<usize>()];
                U256::from_be_bytes(world.cast.address(actor).into_word().0)
            }
            Kind::Uint8 => *word & U256::from(0xff),
            Kind::Uint256 | Kind::Bytes32 => *word,
            Kind::Bytes => {
                let length = word.wrapping_rem(U256::from(130)).to::<usize>();
                tail = vec![0xa5; length].abi_encode_packed();
                let size = U256::from(length).to_be_bytes::<32>();
                tail = [&size[..], &tail].concat();
                U256::from(entry.arguments.len() * 32)
            }
        };
        heads.extend(head.to_be_bytes::<32>());
    }
    [&selector[..], &heads, &tail].concat()
}

fn damaged(mut data: Vec<u8>, damage: Damage) -> Vec<u8> {
    match damage {
        Damage::None => {}
        Damage::Cut(length) => data.truncate(usize::from(length)),
        Damage::Longer(more) => data.extend(vec![0xee; usize::from(more)]),
        Damage::Byte(at, byte) => {
            if let Some(place) = data.get_mut(4 + usize::from(at)) {
                *place = byte;
            }
        }
        Damage::Word(at, word) => {
            let start = 4 + 32 * usize::from(at);
            if let Some(place) = data.get_mut(start..start + 32) {
                place.copy_from_slice(&word.to_be_bytes::<32>());
            }
        }
        Damage::Selector(selector) => data[..4].copy_from_slice(&selector),
    }
    data
}

/// A sweep to a low address goes to one beside it: precompiles refuse METIS or not as they like, and
/// those of ArbOS, which are not modelled, stop the world.
fn away_from_precompiles(mut data: Vec<u8>) -> Vec<u8> {
    const LOW: [u8; 18] = [0; 18];
    let sweeps = data.starts_with(&Hub::sweepCall::SELECTOR);
    if sweeps && data.get(16..34) == Some(&LOW[..]) && data.get(34..36) != Some(&[0, 0][..]) {
        data[16] = 0x77;
    }
    data
}

fn permit(
    world: &World,
    owner: Actor,
    spender: Address,
    value: U256,
    flaw: Flaw,
    split: bool,
) -> Vec<u8> {
    let model = &world.model;
    let account = world.cast.account(owner);
    let (chain, hub) = match flaw {
        // What the mutants take as well: any other chain and contract would do for the rest.
        Flaw::OtherChain => (emetis_common::mutants::FOREIGN_CHAIN, model.hub),
        Flaw::OtherContract => (model.chain_id, emetis_common::mutants::FOREIGN_CONTRACT),
        _ => (model.chain_id, model.hub),
    };
    let purpose = match flaw {
        Flaw::OtherPurpose => emetis_common::mutants::FOREIGN_TYPE,
        _ => PERMIT_TYPE,
    };
    let nonce = model.nonce(account.address);
    let nonce = U256::from(match flaw {
        Flaw::Replayed => nonce.wrapping_sub(1),
        Flaw::Early => nonce + 1,
        _ => nonce,
    });
    let deadline = U256::from(match flaw {
        Flaw::Late => model.now - 1,
        _ => model.now,
    });
    let address = if flaw == Flaw::ZeroSigner { Address::ZERO } else { account.address };
    let digest = digest(domain(chain, hub), purpose, address, spender, value, nonce, deadline);
    let signer = match flaw {
        Flaw::OtherSigner if owner == Actor::Mallory => world.cast.account(Actor::Bob),
        Flaw::OtherSigner => world.cast.account(Actor::Mallory),
        _ => account,
    };
    let Signature { mut v, mut r, mut s } = signer.sign(digest);
    match flaw {
        Flaw::Malleable => {
            s = B256::from(ORDER - U256::from_be_bytes(s.0));
            v = 55 - v;
        }
        Flaw::ZeroSigner => r = B256::ZERO,
        Flaw::OddV => v -= 27,
        _ => {}
    }
    if split && flaw != Flaw::Length {
        let call = Hub::permit_0Call { owner: address, spender, value, deadline, v, r, s };
        return call.abi_encode();
    }
    let mut signature = Signature { v, r, s }.to_bytes();
    if flaw == Flaw::Length {
        if split { signature.push(0) } else { signature.truncate(64) }
    }
    let signature = signature.into();
    Hub::permit_1Call { owner: address, spender, value, deadline, signature }.abi_encode()
}
