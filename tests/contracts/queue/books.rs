//! Whatever happens, the queue holds the eMETIS that waits and the METIS in escrow, to the wei.

use super::super::chance::check;
use super::kit::*;
use alloy_primitives::U256;
use proptest::collection::vec;
use proptest::prelude::*;

/// Random stories.
const CASES: u32 = 48;
/// Steps of one at most.
const LONGEST: usize = 48;

#[derive(Clone, Copy, Debug)]
enum Step {
    Request { who: usize, thousandths: u64, count: u64 },
    Cancel { which: usize },
    Wait { minutes: u64 },
    Finalize { thousandths: Option<u64>, batches: u64 },
    Claim { which: usize },
    Move { which: usize, to: usize },
    Lose { ppm: u64 },
    Return { thousandths: u64 },
}

fn any_step() -> impl Strategy<Value = Step> {
    let (who, which, amount) = (|| 0..3usize, any::<usize>, || 10..5_000u64);
    prop_oneof![
        5 => (who(), amount(), 1..4u64)
            .prop_map(|(who, thousandths, count)| Step::Request { who, thousandths, count }),
        3 => which().prop_map(|which| Step::Cancel { which }),
        4 => (0..90u64).prop_map(|minutes| Step::Wait { minutes }),
        4 => (proptest::option::of(amount()), 0..4u64)
            .prop_map(|(thousandths, batches)| Step::Finalize { thousandths, batches }),
        3 => which().prop_map(|which| Step::Claim { which }),
        1 => (which(), who()).prop_map(|(which, to)| Step::Move { which, to }),
        1 => (0..400_000u64).prop_map(|ppm| Step::Lose { ppm }),
        1 => amount().prop_map(|thousandths| Step::Return { thousandths }),
    ]
}

fn metis(thousandths: u64) -> U256 {
    LEAST * U256::from(thousandths) / U256::from(10)
}

/// A world, its people, and all tickets there ever were.
struct Game {
    world: World,
    people: [Account; 3],
    tickets: Vec<U256>,
    made: [u32; 8],
}

impl Game {
    fn new() -> Self {
        let mut world = world();
        let people = [world.alice, world.bob, world.carol];
        // All that there will be, so that nothing is minted while deposits are halted.
        for owner in people {
            world.mint(owner, ether(1_000));
        }
        world.place(ether(2_980));
        Self { world, people, tickets: Vec::new(), made: [0; 8] }
    }

    fn ticket(&self, which: usize) -> Option<(Account, U256)> {
        let ticket = *self.tickets.get(which % self.tickets.len().max(1))?;
        let owner = self.world.ticket(ticket).owner;
        Some((Account::at(owner), ticket))
    }

    /// Whether the step was made and not refused.
    fn take(&mut self, step: Step) -> Option<usize> {
        let queue = self.world.queue;
        let world = &mut self.world;
        match step {
            Step::Request { who, thousandths, count } => {
                let (owner, nominal) = (self.people[who], metis(thousandths));
                let (nominals, receiver) = (vec![nominal; count as usize], owner.address);
                let call = Queue::requestRedeemsCall { nominals, receiver };
                let first = world.chain.send(owner, queue, call).run().ok()?.output;
                self.tickets.extend((0..count).map(|at| first + word(at)));
                Some(0)
            }
            Step::Cancel { which } => {
                let (owner, ticket) = self.ticket(which)?;
                let call = Queue::cancelCall { ticket, receiver: owner.address };
                self.world.chain.send(owner, queue, call).run().ok().map(|_| 1)
            }
            Step::Wait { minutes: count } => {
                world.chain.advance(minutes(count));
                Some(2)
            }
            Step::Finalize { thousandths, batches } => {
                let call = Queue::finalizeCall {
                    maxAssets: thousandths.map_or(ALL, metis),
                    maxBatches: word(batches),
                };
                world.chain.send(world.keeper, queue, call).run().ok().map(|_| 3)
            }
            Step::Claim { which } => {
                let (owner, ticket) = self.ticket(which)?;
                let call = Queue::claimCall { ticket, receiver: owner.address };
                self.world.chain.send(owner, queue, call).run().ok().map(|_| 4)
            }
            Step::Move { which, to } => {
                let (owner, ticket) = self.ticket(which)?;
                let (from, to) = (owner.address, self.people[to].address);
                let call = Queue::transferFromCall { from, to, tokenId: ticket };
                self.world.chain.send(owner, queue, call).run().ok().map(|_| 5)
            }
            Step::Lose { ppm } => {
                let [_, _, placed] = world.books();
                world.lose(placed * word(ppm) / word(1_000_000));
                Some(6)
            }
            Step::Return { thousandths } => {
                let [_, _, placed] = world.books();
                world.bring_back(metis(thousandths).min(placed));
                Some(7)
            }
        }
    }

    /// Everything that must be the same, worked out from batches and tickets one by one.
    fn check(&self) -> Result<(), TestCaseError> {
        let world = &self.world;
        let totals = world.totals();
        prop_assert_eq!(world.nominal(world.queue), totals.due);
        prop_assert_eq!(world.metis(world.queue), totals.escrow);
        let (mut due, mut closed) = (ZERO, ZERO);
        let mut ahead = vec![ZERO];
        let mut owed = vec![ZERO; totals.batch as usize + 1];
        for batch in 1..=totals.batch {
            let (state, [nominal, filled, _]) = world.batch(batch);
            let left = nominal - filled;
            due += left;
            closed += if state == Queue::State::Open { ZERO } else { left };
            ahead.push(due);
            prop_assert_eq!(state == Queue::State::Filled, batch < totals.front);
            let is_open = batch == totals.batch
                && batch >= totals.front
                && (world.chain.time() < totals.closes || nominal == ZERO);
            prop_assert_eq!(state == Queue::State::Open, is_open);
            let is_filled = nominal > ZERO && nominal == filled;
            prop_assert_eq!(state == Queue::State::Filled, is_filled);
        }
        prop_assert_eq!(due, totals.due);
        prop_assert_eq!(closed, world.told(Queue::closedDueCall {}));
        let mut counts = [ZERO; 3];
        for ticket in &self.tickets {
            let told = world.ticket(*ticket);
            let at = self.people.iter().position(|person| person.address == told.owner);
            let Some(at) = at else { continue };
            counts[at] += U256::ONE;
            let batch: u64 = told.batch.to();
            let (_, [nominal, filled, assets]) = world.batch(batch);
            prop_assert_eq!(told.claimed + told.claimable, told.nominal * assets / nominal);
            owed[batch as usize] += told.claimable;
            let before = if filled == nominal { ZERO } else { ahead[batch as usize] };
            prop_assert_eq!(world.told(Queue::aheadCall { ticket: *ticket }), before);
        }
        for (person, count) in self.people.iter().zip(counts) {
            let owner = person.address;
            prop_assert_eq!(world.told(Queue::balanceOfCall { owner }), count);
        }
        // What all tickets could claim is there.
        prop_assert!(owed.iter().sum::<U256>() <= totals.escrow);
        Ok(())
    }
}

#[test]
fn whatever_happens_all_figures_add_up() {
    let made = std::cell::RefCell::new([0; 8]);

    check(CASES, &vec(any_step(), 1..=LONGEST), |steps| {
        let mut game = Game::new();
        for step in steps {
            if let Some(kind) = game.take(step) {
                game.made[kind] += 1;
            }
            game.check()?;
        }
        made.borrow_mut().iter_mut().zip(game.made).for_each(|(all, more)| *all += more);
        Ok(())
    });

    let made = made.into_inner();
    assert!(made.iter().all(|count| *count > 10), "{made:?}");
}
