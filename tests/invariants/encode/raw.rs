//! Calldata of any entry, damaged or not.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::ILiquidStaking as Hub;

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

/// Calldata of either constructor, as the deployer sends it.
pub(super) fn constructor(arguments: [Address; 3]) -> Vec<u8> {
    let [first, second, third] = arguments;
    let arguments = (first, second, third).abi_encode_params();
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

/// A sweep to a precompile of ArbOS goes to an account beside it: those are not modelled and stop
/// the world.
pub(super) fn away_from_arbos(mut data: Vec<u8>) -> Vec<u8> {
    const ARBOS: std::ops::RangeInclusive<u8> = 0x64..=0xff;
    let receiver = data.get(16..36).filter(|_| data.starts_with(&Hub::sweepCall::SELECTOR));
    if receiver.is_some_and(|receiver| receiver[..19] == [0; 19] && ARBOS.contains(&receiver[19])) {
        data[16] = 0x77;
    }
    data
}
