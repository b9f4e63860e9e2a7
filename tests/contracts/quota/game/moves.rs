//! What adversaries can do, and how moves are drawn.

use proptest::prelude::*;

/// How much of what there is: METIS that somebody has, room that there is, a position, a bucket.
#[derive(Clone, Copy, Debug)]
pub(super) enum Much {
    /// All of it.
    All,
    /// A wei more than all of it: to be refused.
    Beyond,
    /// So many bps of it, and some wei.
    Part(u16, u8),
}

/// A move. Numbers choose among those that there are: adversaries, sequencers, pools of theirs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Move {
    /// Delegates as much of the room.
    Enter { who: u8, at: u8, much: Much },
    /// Undelegates as much of the position.
    Leave { who: u8, at: u8, much: Much },
    /// Claims everything that has matured, for everybody.
    Claim,
    /// An owner, an old one or a new one, registers with a bond in METIS.
    Register { owner: u8, bond: u16 },
    /// Unbonds as much of the bond of one of the adversaries' sequencers.
    Unbond { at: u8, much: Much },
    /// One of theirs is on its way out.
    Exit { at: u8 },
    /// One of theirs changes hands.
    HandOver { at: u8, to: u8 },
    /// The curator puts one of their groups under another.
    Group { into: u8, member: u8 },
    /// The curator lets one go.
    Split { member: u8 },
    /// The distributor brings batches of one of theirs.
    Batch { at: u8, produced: u8, assigned: u8, times: u8 },
    /// One of theirs is slashed, two days later, and anybody tells the quota.
    Slash { at: u8, bps: u16 },
    /// One of their pools draws as much of its churn.
    Draw { who: u8, at: u8, much: Much },
    /// One of them draws for the honest pool: to be refused.
    Steal { who: u8 },
    /// Time passes, in hours.
    Wait { hours: u16 },
}

fn much() -> impl Strategy<Value = Much> {
    prop_oneof![
        3 => Just(Much::All),
        1 => Just(Much::Beyond),
        4 => (1..10_000_u16, any::<u8>()).prop_map(|(bps, wei)| Much::Part(bps, wei)),
    ]
}

/// One move of a game.
pub(super) fn any_move() -> impl Strategy<Value = Move> {
    let byte = any::<u8>;
    prop_oneof![
        12 => (byte(), byte(), much()).prop_map(|(who, at, much)| Move::Enter { who, at, much }),
        8 => (byte(), byte(), much()).prop_map(|(who, at, much)| Move::Leave { who, at, much }),
        2 => Just(Move::Claim),
        2 => (byte(), 2_000..6_000_u16).prop_map(|(owner, bond)| Move::Register { owner, bond }),
        1 => (byte(), much()).prop_map(|(at, much)| Move::Unbond { at, much }),
        1 => byte().prop_map(|at| Move::Exit { at }),
        1 => (byte(), byte()).prop_map(|(at, to)| Move::HandOver { at, to }),
        1 => (byte(), byte()).prop_map(|(into, member)| Move::Group { into, member }),
        1 => byte().prop_map(|member| Move::Split { member }),
        2 => (byte(), byte(), byte(), 1..24_u8)
            .prop_map(|(at, produced, assigned, times)| Move::Batch { at, produced, assigned, times }),
        1 => (byte(), 1..=1_000_u16).prop_map(|(at, bps)| Move::Slash { at, bps }),
        4 => (byte(), byte(), much()).prop_map(|(who, at, much)| Move::Draw { who, at, much }),
        1 => byte().prop_map(|who| Move::Steal { who }),
        3 => (1..40_u16).prop_map(|hours| Move::Wait { hours }),
        1 => (500..600_u16).prop_map(|hours| Move::Wait { hours }),
    ]
}
