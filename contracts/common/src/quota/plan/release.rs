//! Where assets come from: those not Active first, then the relatively fullest.

use super::{GRANULE, Plan, SEQUENCERS, granules_down, granules_up, level, level::Fullness, wei};
use crate::staking::LIMIT;

/// A sequencer that a pool may leave. Amounts are wei of METIS in 84 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: u64,
    /// Its stake, the bond included.
    pub stake: u128,
    /// Its cap; without one nothing is fuller.
    pub cap: u128,
    /// What the pool has in it; never more than its stake.
    pub position: u128,
    /// Whether it is Active.
    pub active: bool,
}

/// Plans where `assets` come from.
///
/// While there is a granule to take, it comes from the first of those not Active by id in which the
/// pool has something, and if there is none from the fullest. That is above its cap as long as any
/// is, so what is above a cap goes before what is not.
///
/// What would be less than a granule, were it left of a position, goes along with the last. So a
/// plan is at most `assets`, or beyond it by less than a granule; and it is less by a granule or
/// more only if the pool has nothing else.
#[must_use]
pub fn plan_release(sources: &[Source], assets: u128) -> Plan {
    let count = sources.len().min(SEQUENCERS);
    let mut lines = [Line::none(count); SEQUENCERS];
    let lines = lines.get_mut(..count).unwrap_or_default();
    for (place, (line, source)) in lines.iter_mut().zip(sources).enumerate() {
        *line = Line::new(place, source);
    }
    let left = vacate(lines, assets);
    drain(lines, left);
    let mut plan = Plan::NONE;
    for line in lines {
        plan.set(line.place, line.taken);
    }
    plan
}

/// A sequencer that is being left.
#[derive(Clone, Copy, Debug)]
struct Line {
    place: usize,
    id: u64,
    active: bool,
    stake: u128,
    cap: u128,
    position: u128,
    taken: u128,
}

impl Line {
    /// Nobody. Its place is no constant: a program would keep that in its data section.
    const fn none(place: usize) -> Self {
        Self { place, id: 0, active: false, stake: 0, cap: 0, position: 0, taken: 0 }
    }

    fn new(place: usize, source: &Source) -> Self {
        let Source { id, stake, cap, position, active } = *source;
        let (stake, cap) = (stake.min(LIMIT), cap.min(LIMIT));
        Self { place, id, active, stake, cap, position: position.min(stake), taken: 0 }
    }

    /// Whether it is left before all that have a relative stake, and altogether.
    const fn is_first(&self) -> bool {
        !self.active || self.cap == 0
    }

    const fn left(&self) -> u128 {
        self.position.saturating_sub(self.taken)
    }

    /// How much comes in so many granules, with a rest that would be less than one.
    #[inline(never)]
    fn in_granules(&self, granules: u128) -> u128 {
        let amount = wei(granules);
        let rest = self.left().saturating_sub(amount);
        if granules > 0 && rest < GRANULE { self.left() } else { amount }
    }

    /// How much comes while it is above a level.
    #[inline(never)]
    fn above(&self, level: u128) -> u128 {
        let excess = self.stake.saturating_sub(level::stake_down(self.cap, level));
        if excess >= self.position { self.position } else { self.in_granules(granules_up(excess)) }
    }

    fn fullness(&self) -> Fullness {
        Fullness { stake: self.stake.saturating_sub(self.taken), cap: self.cap }
    }
}

/// Takes all of those that come first, by id: those not Active, then those without a cap. Tells what
/// is left to take, which is nothing if one of them had more.
#[inline(never)]
fn vacate(lines: &mut [Line], assets: u128) -> u128 {
    let mut left = assets;
    loop {
        let first = lines.iter_mut().filter(|line| line.is_first() && line.left() > 0);
        let Some(line) = first.min_by_key(|line| (line.active, line.id)) else { return left };
        if line.left() > left {
            line.taken = line.in_granules(granules_down(left));
            return 0;
        }
        left = left.saturating_sub(line.left());
        line.taken = line.position;
    }
}

/// Takes from the fullest.
///
/// All granules above a level are the first ones, so they may be taken if they are not too many. One
/// level lower they are; so what is left are less granules than there are sequencers.
#[inline(never)]
fn drain(lines: &mut [Line], assets: u128) {
    // At level zero everything is above.
    let level = if above(lines, 0) <= assets {
        0
    } else {
        level::highest(level::WIDTH, |level| above(lines, level) > assets).saturating_add(1)
    };
    let mut left = assets.saturating_sub(above(lines, level));
    for line in lines.iter_mut().filter(|line| !line.is_first()) {
        line.taken = line.above(level);
    }
    while let Some(line) = fullest(lines) {
        if line.left().min(GRANULE) > left {
            return;
        }
        let next = line.in_granules(1);
        left = left.saturating_sub(next);
        line.taken = line.taken.saturating_add(next);
    }
}

/// How much comes while those that do not come first are above a level.
#[inline(never)]
fn above(lines: &[Line], level: u128) -> u128 {
    let lines = lines.iter().filter(|line| !line.is_first());
    lines.map(|line| line.above(level)).fold(0, u128::saturating_add)
}

/// The fullest that has something left; of equal ones that with the lower id.
fn fullest(lines: &mut [Line]) -> Option<&mut Line> {
    let open = lines.iter_mut().filter(|line| !line.is_first() && line.left() > 0);
    open.max_by(|a, b| a.fullness().compare(&b.fullness()).then(b.id.cmp(&a.id)))
}
