//! Calldata of any entry.

use alloy_primitives::U256;
use alloy_sol_types::{SolCall, SolValue};

use super::super::super::action::staking::Party;
use super::super::super::model::largest;
use super::super::super::model::staking::abi::{self, Kind};
use super::super::super::model::staking::{Money, Part};
use super::super::super::world::staking::Stage;

/// Calldata in which what only the registry and the court can send is within what they do send: a
/// commission, a slash, its fault, its end, the term in jail.
pub(super) fn as_programs_send(stage: &Stage, mut data: Vec<u8>) -> Vec<u8> {
    let (now, day) = (U256::from(stage.seen.now), U256::from(86_400));
    let part = (U256::ZERO, U256::from(10_001));
    let bounds: &[(usize, U256, U256)] = match data.first_chunk() {
        Some(&Money::openCall::SELECTOR) => &[(2, part.0, part.1)],
        Some(&Money::setCommissionCall::SELECTOR) => &[(1, part.0, part.1)],
        Some(&Money::holdCall::SELECTOR) => &[
            (1, part.0, part.1),
            (2, U256::ZERO, now + U256::ONE),
            (3, now, day * U256::from(14)),
            (4, now, day * U256::from(30)),
        ],
        _ => &[],
    };
    for (at, from, width) in bounds {
        let start = 4 + 32 * at;
        let Some(place) = data.get_mut(start..start + 32) else { continue };
        let word = from + U256::from_be_slice(place).wrapping_rem(*width);
        place.copy_from_slice(&word.to_be_bytes::<32>());
    }
    data
}

/// Calldata of any entry, its words used as arguments: addresses name parties, small numbers ids.
pub fn raw(stage: &Stage, part: Part, entry: u8, words: &[U256; 8]) -> Vec<u8> {
    let entries = abi::entries(part);
    let (selector, entry) =
        entries.iter().nth(usize::from(entry) % entries.len()).expect("within the list");
    let size = entry.arguments.len() * 32;
    let (mut heads, mut tail) = (Vec::new(), Vec::new());
    for (at, kind) in entry.arguments.iter().enumerate() {
        let word = words[at % words.len()];
        let head = match kind {
            Kind::Address => {
                let party =
                    Party::NAMED[word.wrapping_rem(U256::from(Party::NAMED.len())).to::<usize>()];
                U256::from_be_bytes(stage.crew.address(party).into_word().0)
            }
            Kind::Uint32 => word & largest(32),
            Kind::Bool => word & U256::ONE,
            Kind::Uint256 | Kind::Bytes32 | Kind::Bps | Kind::Number => word,
            Kind::Bytes => {
                let offset = U256::from(size + tail.len());
                let length = word.wrapping_rem(U256::from(130)).to::<usize>();
                tail.extend(U256::from(length).to_be_bytes::<32>());
                tail.extend(vec![0xa5; length].abi_encode_packed());
                offset
            }
            Kind::Words => {
                let offset = U256::from(size + tail.len());
                let count = word.wrapping_rem(U256::from(4)).to::<usize>();
                tail.extend(U256::from(count).to_be_bytes::<32>());
                for other in words.iter().take(count) {
                    tail.extend(other.to_be_bytes::<32>());
                }
                offset
            }
        };
        heads.extend(head.to_be_bytes::<32>());
    }
    [&selector[..], &heads, &tail].concat()
}
