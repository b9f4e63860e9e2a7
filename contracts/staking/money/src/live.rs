//! The list of live sequencers: those that are not on their way out, in no order.

use emetis_common::{
    host,
    slots::{self, staking},
    staking::totals::Counts,
    word::Word,
};

use crate::books;

/// Numbers in one slot.
const WIDTH: u64 = 8;

/// Puts a sequencer on the list, which has room.
pub(crate) fn add(id: u32) {
    let counts = books::counts();
    set(counts.live, id);
    books::store_counts(&Counts { live: counts.live.saturating_add(1), ..counts });
}

/// Takes a sequencer off the list; the last one gets its place.
pub(crate) fn remove(id: u32) {
    let counts = books::counts();
    let last = counts.live.saturating_sub(1);
    for place in 0..counts.live {
        if get(place) == id {
            set(place, get(last));
            set(last, 0);
            books::store_counts(&Counts { live: last, ..counts });
            return;
        }
    }
}

/// The sequencer at a place of the list.
pub(crate) fn get(place: u64) -> u32 {
    let slot = load(place);
    slot.as_chunks::<4>().0.get((place % WIDTH) as usize).map_or(0, |id| u32::from_be_bytes(*id))
}

fn set(place: u64, id: u32) {
    let mut slot = load(place);
    if let Some(at) = slot.as_chunks_mut::<4>().0.get_mut((place % WIDTH) as usize) {
        *at = id.to_be_bytes();
    }
    host::store(&slot_of(place), &slot);
}

fn load(place: u64) -> Word {
    host::load(&slot_of(place))
}

fn slot_of(place: u64) -> Word {
    slots::variable(staking::LIVE.saturating_add(place / WIDTH))
}
