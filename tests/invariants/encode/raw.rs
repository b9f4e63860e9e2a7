//! Calldata of any entry, damaged or not.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};

use super::super::action::{ACTORS, Actor, Damage, Program};
use super::super::model::abi::{self, Kind};
use super::super::world::World;

/// Calldata of any entry, its words used as arguments: addresses name actors.
pub fn calldata(world: &World, program: Program, entry: u8, words: &[U256; 7]) -> Vec<u8> {
    let entries = abi::entries(program);
    let index = usize::from(entry) % entries.len();
    let (selector, entry) = entries.iter().nth(index).expect("within the list");
    let mut heads = Vec::new();
    let mut tail = Vec::new();
    for (kind, word) in entry.arguments.iter().zip(words) {
        let head = match kind {
            Kind::Address => {
                let actor = Actor::ALL[word.wrapping_rem(U256::from(ACTORS)).to::<usize>()];
                U256::from_be_bytes(world.cast.address(actor).into_word().0)
            }
            Kind::Uint32 => *word & U256::from(u32::MAX),
            Kind::Uint8 => *word & U256::from(0xff),
            Kind::Uint256 | Kind::Bytes32 => *word,
            Kind::Bool => *word & U256::ONE,
            Kind::Bytes4 => *word << 224_usize,
            Kind::Words => {
                let count = word.wrapping_rem(U256::from(23)).to::<usize>();
                let list = vec![*word; count];
                tail = list.abi_encode()[32..].to_vec();
                U256::from(entry.arguments.len() * 32)
            }
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

/// Calldata of a constructor, as the deployer sends it; one that takes fewer ignores the last.
pub(super) fn constructor(arguments: [Address; 4]) -> Vec<u8> {
    let [first, second, third, fourth] = arguments;
    let arguments = (first, second, third, fourth).abi_encode_params();
    [&abi::selector("stylus_constructor()")[..], &arguments].concat()
}

pub(super) fn damaged(mut data: Vec<u8>, damage: Damage) -> Vec<u8> {
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

/// A payment to a precompile of ArbOS goes to an account beside it: those are not modelled and stop
/// the world.
pub(super) fn away_from_arbos(mut data: Vec<u8>) -> Vec<u8> {
    const ARBOS: std::ops::RangeInclusive<u8> = 0x64..=0xff;
    // In which word of the arguments the receiver is.
    const PAY: [([u8; 4], usize); 4] = [
        (Hub::sweepCall::SELECTOR, 0),
        (Hub::redeemNowCall::SELECTOR, 2),
        (Queue::claimCall::SELECTOR, 1),
        (Queue::claimsCall::SELECTOR, 1),
    ];
    for (selector, word) in PAY {
        let start = 4 + 32 * word + 12;
        let paid = data.starts_with(&selector);
        let receiver = data.get_mut(start..start + 20).filter(|_| paid);
        if let Some(receiver) = receiver
            && receiver[..19] == [0; 19]
            && ARBOS.contains(&receiver[19])
        {
            receiver[0] = 0x77;
        }
    }
    data
}
