//! Both plans as the interface tells them: METIS by METIS.

use std::collections::BTreeMap;

use alloy_primitives::U256;

use super::super::books;

/// Wei in 1 METIS.
const METIS: u128 = 1_000_000_000_000_000_000;

/// A sequencer as somebody finds it who delegates to it or leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub id: u64,
    /// Bond and delegations.
    pub stake: U256,
    pub cap: U256,
    /// What the account may still put there whatever the group; nothing if it may not at all.
    pub room: U256,
    /// The group under whose cap it is.
    pub group: u64,
    /// What the account has there.
    pub position: U256,
    pub active: bool,
}

/// How much of each sequencer, by id; none that gets nothing.
pub type Plan = BTreeMap<u64, U256>;

/// A stake under a cap.
#[derive(Clone, Copy, Debug)]
struct Fullness {
    stake: u128,
    cap: u128,
    /// The quotient, about.
    glance: f64,
}

impl Fullness {
    fn new(stake: u128, cap: u128) -> Self {
        Self { stake, cap, glance: stake as f64 / cap as f64 }
    }

    /// Whether it is less full than another: exactly, where a glance does not tell.
    fn is_below(&self, other: &Self) -> bool {
        /// Many times what the quotients are wrong by, which are near 1 or below.
        const NEAR: f64 = 1e-9;
        let difference = self.glance - other.glance;
        if difference.abs() > NEAR {
            return difference < 0.0;
        }
        let product = |a: u128, b: u128| U256::from(a) * U256::from(b);
        product(self.stake, other.cap) < product(other.stake, self.cap)
    }
}

/// A sequencer that is filled or left.
#[derive(Clone, Copy, Debug)]
struct Line {
    id: u64,
    fullness: Fullness,
    /// What may come or go.
    left: u128,
    group: usize,
    active: bool,
    moved: u128,
}

impl Line {
    fn new(place: &Place, left: U256, group: usize) -> Self {
        let fullness = Fullness::new(place.stake.to(), place.cap.to());
        let active = place.active;
        Self { id: place.id, fullness, left: left.to(), group, active, moved: 0 }
    }

    fn moves(&mut self, amount: u128, stake: u128) {
        self.left -= amount;
        self.moved += amount;
        self.fullness = Fullness::new(stake, self.fullness.cap);
    }
}

fn plan(lines: &[Line]) -> Plan {
    let some = lines.iter().filter(|line| line.moved > 0);
    some.map(|line| (line.id, U256::from(line.moved))).collect()
}

/// While there is 1 METIS to give it goes to the emptiest that has room for it, and whose group has; of
/// equal ones to that with the lower id.
pub fn allocate(places: &[Place], rooms: &BTreeMap<u64, U256>, assets: U256) -> Plan {
    let groups: Vec<u64> = rooms.keys().copied().collect();
    let mut rooms: Vec<u128> = rooms.values().map(|room| room.saturating_to()).collect();
    let mut lines: Vec<Line> = places
        .iter()
        .filter(|place| !place.cap.is_zero())
        .map(|place| {
            let group = groups.iter().position(|group| *group == place.group);
            Line::new(place, place.room, group.expect("each has a group"))
        })
        .collect();
    lines.sort_by_key(|line| line.id);
    let mut left = assets.saturating_to::<u128>();
    while left >= METIS {
        let mut best: Option<usize> = None;
        for (at, line) in lines.iter().enumerate() {
            let fits = line.left >= METIS && rooms[line.group] >= METIS;
            if fits && best.is_none_or(|best| line.fullness.is_below(&lines[best].fullness)) {
                best = Some(at);
            }
        }
        let Some(at) = best else { break };
        let line = &mut lines[at];
        line.moves(METIS, line.fullness.stake + METIS);
        rooms[line.group] -= METIS;
        left -= METIS;
    }
    plan(&lines)
}

/// While there is 1 METIS to take it comes from the first that is not Active, then from the fullest; of
/// equal ones from that with the lower id. A rest of less than 1 METIS comes along.
pub fn release(places: &[Place], assets: U256) -> Plan {
    let mut lines: Vec<Line> =
        places.iter().map(|place| Line::new(place, place.position, 0)).collect();
    lines.sort_by_key(|line| line.id);
    let mut left = assets.saturating_to::<u128>();
    loop {
        let mut best: Option<usize> = None;
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.left > 0) {
            if best.is_none_or(|best| is_left_before(line, &lines[best])) {
                best = Some(at);
            }
        }
        let Some(line) = best.map(|at| &mut lines[at]) else { break };
        if line.left.min(METIS) > left {
            break;
        }
        let rest = line.left.saturating_sub(METIS);
        let taken = if rest < METIS { line.left } else { METIS };
        line.moves(taken, line.fullness.stake.saturating_sub(taken));
        left = left.saturating_sub(taken);
    }
    plan(&lines)
}

/// Whether one is left before another with a lower id.
fn is_left_before(line: &Line, other: &Line) -> bool {
    // Without a cap nothing is fuller.
    let rank = |line: &Line| (line.active, line.active && line.fullness.cap != 0);
    if rank(line) != rank(other) {
        return rank(line) < rank(other);
    }
    rank(line) == (true, true) && other.fullness.is_below(&line.fullness)
}

const _: () = assert!(books::METIS.as_limbs()[0] == METIS as u64, "one METIS");
