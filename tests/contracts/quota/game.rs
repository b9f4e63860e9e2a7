//! The game of adversaries: what METIS can reach against the quota, and what it cannot.
//!
//! Stories pin each attempt with its numbers: filling caps (`squat`), moving all stake (`total`),
//! splitting operators (`operators`), farming scores (`scores`), using up churn (`churn`); what is reached by
//! design is told in `known`. The game plays all of them at random, with bounded METIS, against an honest pool, delegator and operators, and after
//! each move everybody counts again:
//!
//! - what the honest have is where it was, and on forks of the world they leave with it;
//! - the room of the honest fell by no more METIS than adversaries moved since the beginning;
//! - no cap moved by more wei than were moved, and a share by no more than its part of all stake;
//! - what goes in, and what is drawn, is exactly what the caps worked out anew have room for;
//! - scores, churn in any window, and the honest pool's bucket are what the formulas say.
//!
//! `PROPTEST_CASES` says how many games are played, `EMETIS_SEED` which.

mod books;
mod bucket;
pub(super) mod churn;
pub(super) mod continuity;
mod field;
mod known;
mod moves;
pub(super) mod operators;
pub(super) mod scores;
pub(super) mod squat;
pub(super) mod total;
mod watch;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::super::chance::check;
use field::Game;
use moves::{Move, any_move};
use watch::{Watch, check_farming, check_ways_out};

/// How many games are played.
const GAMES: u32 = 96;
/// How many of them broken variants are tried on.
const FEW: u32 = 8;
/// The most moves of a game.
const LONGEST: usize = 96;
/// After how many moves the ways out are tried.
const EVERY: usize = 16;

/// How many cases there are: so many, unless `PROPTEST_CASES` names another number.
fn cases(unless_told: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(unless_told)
}

/// Plays a game; panics where a bound is broken. How many moves were made, and refused.
fn play(moves: &[Move]) -> BTreeMap<&'static str, [u64; 2]> {
    let mut game = Game::new();
    let start = Watch::look(&game);
    let mut before = start.clone();
    for (at, next) in moves.iter().enumerate() {
        game.play(*next);
        let now = Watch::look(&game);
        now.check(&start, &before);
        check_farming(&game);
        if at % EVERY == EVERY - 1 {
            check_ways_out(&game);
        }
        before = now;
    }
    check_ways_out(&game);
    game.tally
}

/// Kinds of moves that must be made, and of those that must be refused, in a full number of games.
const MADE: [&str; 12] = [
    "batch",
    "claim",
    "draw",
    "enter",
    "exit",
    "group",
    "hand over",
    "leave",
    "register",
    "slash",
    "split",
    "unbond",
];
const REFUSED: [&str; 5] = ["claim", "draw", "enter", "group", "steal"];

#[test]
fn adversaries_reach_no_more_than_the_bounds() {
    let (games, tally) = (cases(GAMES), RefCell::new(BTreeMap::new()));
    check(games, &vec(any_move(), 1..=LONGEST), |moves| {
        for (what, [made, refused]) in play(&moves) {
            let mut tally = tally.borrow_mut();
            let [all, none]: &mut [u64; 2] = tally.entry(what).or_default();
            (*all, *none) = (*all + made, *none + refused);
        }
        Ok(())
    });

    let tally = tally.into_inner();
    println!("{games} games, moves made and refused: {tally:?}");
    if games >= GAMES {
        let at_least = u64::from(GAMES / 6);
        assert!(MADE.iter().all(|what| tally[what][0] >= at_least), "too few made: {tally:?}");
        assert!(
            REFUSED.iter().all(|what| tally[what][1] >= at_least),
            "too few refused: {tally:?}"
        );
    }
}

/// The first games of another seed, for broken variants: without looking for the smallest that fails.
pub(super) fn a_few_games() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]),
    );
    for _ in 0..FEW {
        let moves = vec(any_move(), LONGEST).new_tree(&mut runner).expect("moves can be drawn");
        play(&moves.current());
    }
}
