//! A till: coins go in and out, and nobody takes more than is in it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::campaign::{Plan, Property, Report, Step, Subject, Tally, Violation};

/// Cheap, after every call.
pub(super) const SUM: &str = "SUM";
/// Dear.
pub(super) const OPEN: &str = "OPEN";
/// Dear, as often as [`OPEN`].
pub(super) const SHUT: &str = "SHUT";
/// Checked in one kind of action only.
pub(super) const RARE: &str = "RARE";
/// Calls between two dear checks of one property.
pub(super) const EVERY: u64 = 16;

const fn property(id: &'static str, minimum: u64, every: u64) -> Property {
    Property { id, sentence: "the till works", minimum, every, mutants: &[] }
}

pub(super) const PROPERTIES: &[Property] = &[
    property(SUM, 9_000, 1),
    property(OPEN, 500, EVERY),
    property(SHUT, 500, EVERY),
    property(RARE, 400, 1),
];

/// What may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Action {
    Pay(u64),
    Take(u64),
    /// Rejected always.
    Rob,
    /// The drawer jams; only a dear check sees it.
    Jam,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Flaw {
    #[default]
    None,
    /// It loses a coin when it holds this many or more.
    LosesFrom(u64),
    /// It opens no more once it jams.
    Jams,
    /// Both.
    JamsAndLosesFrom(u64),
    /// It loses coins, but only once in the life of the process.
    LosesOnce,
}

#[derive(Debug, Default)]
pub(super) struct Till {
    pub(super) flaw: Flaw,
    /// Becomes true when so many worlds have begun.
    pub(super) stop: AtomicBool,
    pub(super) stop_after: Option<u64>,
    pub(super) worlds: AtomicU64,
    /// Whether every action has a simpler one, for ever.
    pub(super) is_endless: bool,
}

impl Till {
    pub(super) fn with(flaw: Flaw) -> Self {
        Self { flaw, ..Self::default() }
    }

    pub(super) fn run(&self, plan: &Plan) -> Report {
        crate::campaign::run_until(self, plan, &self.stop, &|_| {})
    }
}

#[derive(Debug, Default)]
pub(super) struct World {
    coins: u64,
    model: u64,
    is_jammed: bool,
    steps: u64,
}

impl Subject for Till {
    type Action = Action;
    type World = World;

    fn properties(&self) -> &'static [Property] {
        PROPERTIES
    }

    fn begin(&self) -> World {
        let begun = self.worlds.fetch_add(1, Ordering::Relaxed) + 1;
        if self.stop_after.is_some_and(|limit| begun >= limit) {
            self.stop.store(true, Ordering::Relaxed);
        }
        World::default()
    }

    fn actions(&self) -> BoxedStrategy<Action> {
        prop_oneof![
            8 => (0u64..100).prop_map(Action::Pay),
            8 => (0u64..100).prop_map(Action::Take),
            2 => Just(Action::Rob),
            1 => Just(Action::Jam),
        ]
        .boxed()
    }

    fn name(&self, action: &Action) -> &'static str {
        match action {
            Action::Pay(_) => "pay",
            Action::Take(_) => "take",
            Action::Rob => "rob",
            Action::Jam => "jam",
        }
    }

    fn always_rejected(&self, name: &str) -> bool {
        name == "rob"
    }

    fn step(
        &self,
        world: &mut World,
        action: &Action,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        world.steps += 1;
        let accepted = match *action {
            Action::Pay(coins) => {
                world.coins += coins;
                world.model += coins;
                true
            }
            Action::Take(coins) if coins <= world.coins => {
                world.coins -= coins;
                world.model -= coins;
                true
            }
            Action::Take(_) | Action::Rob => false,
            Action::Jam => {
                world.is_jammed = true;
                tally.check(RARE, true, String::new)?;
                true
            }
        };
        let loses = match self.flaw {
            Flaw::LosesFrom(limit) | Flaw::JamsAndLosesFrom(limit) => world.coins >= limit,
            Flaw::LosesOnce => self.worlds.fetch_max(u64::MAX / 2, Ordering::Relaxed) == 1,
            _ => false,
        };
        world.coins -= u64::from(loses);
        let (found, expected) = (world.coins, world.model);
        tally.check(SUM, found == expected, || format!("{found} coins, expected {expected}"))?;
        let jams = matches!(self.flaw, Flaw::Jams | Flaw::JamsAndLosesFrom(_)) && world.is_jammed;
        for (id, holds) in [(OPEN, !jams), (SHUT, true)] {
            if tally.is_due(id, world.steps) {
                tally.check(id, holds, || "the drawer is stuck".into())?;
            }
        }
        Ok(Step { accepted, gas: 10 })
    }

    fn simpler(&self, action: &Action) -> Vec<Action> {
        match *action {
            Action::Pay(coins) if self.is_endless => vec![Action::Pay(coins + 1)],
            Action::Pay(coins) | Action::Take(coins) if coins > 0 => {
                vec![Action::Pay(coins / 2), Action::Pay(coins - 1)]
            }
            _ => Vec::new(),
        }
    }

    fn tell(&self, world: &World, action: &Action) -> String {
        format!("{action:?} with {} coins", world.coins)
    }
}
