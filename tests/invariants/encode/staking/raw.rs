//! Calldata of any entry.

use alloy_primitives::U256;
use alloy_sol_types::SolValue;

use super::super::super::action::staking::Party;
use super::super::super::model::largest;
use super::super::super::model::staking::Part;
use super::super::super::model::staking::abi::{self, Kind};
use super::super::super::world::staking::Stage;

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
            // Times of the court's, which nobody else can send, within its bounds: the fault, the end, the
            // term in jail.
            Kind::Uint256 if entry.signature.starts_with("hold(") && at >= 2 => {
                let (now, day) = (U256::from(stage.model.now), U256::from(86_400));
                match at {
                    2 => word.wrapping_rem(now + U256::ONE),
                    3 => now + word.wrapping_rem(day * U256::from(14)),
                    _ => now + word.wrapping_rem(day * U256::from(30)),
                }
            }
            Kind::Uint256 | Kind::Bytes32 | Kind::Bps => word,
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
