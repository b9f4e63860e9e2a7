//! The compiled hub against a naive reference, over random stories of everybody.

mod draw;
mod reference;

use std::cell::RefCell;
use std::collections::BTreeMap;

use alloy_sol_types::{SolCall, SolError};
use emetis::campaign::amounts::near;
use emetis_common::mutants::IN_EXIT_STORIES;
use proptest::prelude::*;

use super::super::chance::{check, fails};
use super::kit::*;
use draw::{Amount, Measure, Step, Who, step};
use reference::{Outcome, Reference, word};

/// The number that switches the build with all variants on, and none of them.
const NONE: u32 = u32::MAX;
/// The least that a ticket is for: 0.01 METIS.
const LEAST: U256 = U256::from_limbs([10_000_000_000_000_000, 0, 0, 0]);
/// Stories, and steps of each.
const STORIES: u32 = 400;
const LONGEST: usize = 40;

/// What the hub made of a call: its answer and its logs, or its error.
type Found = Result<(Bytes, Vec<Bytes>), Bytes>;

/// Hub and reference side by side.
struct Sides {
    world: World,
    reference: Reference,
    people: [Account; 4],
}

impl Sides {
    fn new(origin: &World) -> Self {
        let mut world = origin.clone();
        let people = [world.alice, world.bob, world.allocator, world.queue()];
        let mut reference = Reference::new(&world);
        world.mint(world.bob, STAKE);
        reference.deposit(world.bob.address, STAKE).expect("there is room");
        Self { reference, people, world }
    }

    fn amount(&self, who: Address, amount: Amount) -> U256 {
        let books = &self.reference;
        let whole = match amount.of {
            Measure::Drawn => return near(amount.drawn, amount.wei),
            Measure::Balance => books.balance(who),
            Measure::Left => books.left(),
            Measure::Most => books.most(who),
            Measure::Buffer => books.buffer,
            Measure::Free => books.free(),
            Measure::Placed => books.placed,
            Measure::Shortfall => books.shortfall(),
            Measure::Room => LIMIT - books.supply.max(books.buffer),
        };
        near(whole * word(amount.quarters) / word(4), amount.wei)
    }

    /// What the hub makes of a call.
    fn told(&mut self, who: Account, value: U256, call: &impl SolCall) -> Found {
        if !value.is_zero() {
            self.world.chain.deal(who, value);
        }
        let call = self.world.chain.send_raw(who, self.world.hub, encoded(call)).value(value);
        let outcome = call.run().map_err(|failure| failure.data())?;
        Ok((outcome.output, outcome.logs.iter().map(encode).collect()))
    }

    /// Takes a step on both sides: what the hub did, and what it should have done.
    fn step(&mut self, step: Step) -> Option<(Found, Outcome)> {
        let (people, zero) = (self.people, ZERO);
        let person = |who: Who| people[who];
        let told = match step {
            Step::Deposit(who, amount) => {
                let (who, receiver) = (person(who), person(who).address);
                let assets = self.amount(receiver, amount);
                let expected = self.reference.deposit(receiver, assets);
                let call = Hub::depositCall { receiver, tag: TAG };
                (self.told(who, assets, &call), expected)
            }
            Step::Rewards(who, amount) => {
                let (who, receiver) = (person(who), self.people[1].address);
                let assets = self.amount(who.address, amount);
                let expected = self.reference.rewards(who.address, assets, receiver);
                (self.told(who, assets, &Hub::receiveRewardsCall { receiver }), expected)
            }
            Step::RedeemNow(who, amount, by) => {
                let who = person(who);
                let nominal = self.amount(who.address, amount);
                // Often exactly what it pays, sometimes a wei more.
                let least = near(self.reference.quote(nominal).0, by);
                let expected = self.reference.redeem_now(who.address, nominal, least);
                let receiver = who.address;
                let call = Hub::redeemNowCall { nominal, minAssets: least, receiver };
                (self.told(who, zero, &call), expected)
            }
            Step::Fill(who, amount, paid) => {
                let who = person(who);
                let nominal = self.amount(who.address, amount);
                let assets = match paid.of {
                    Measure::Drawn => near(self.reference.worth(nominal), paid.wei),
                    _ => self.amount(who.address, paid),
                };
                let expected = self.reference.fill(who.address, nominal, assets);
                (self.told(who, zero, &Hub::fillCall { nominal, assets }), expected)
            }
            Step::Place(who, amount) => {
                let who = person(who);
                let assets = self.amount(who.address, amount);
                let expected = self.reference.place(who.address, assets);
                (self.told(who, zero, &Hub::placeCall { assets }), expected)
            }
            Step::Unbonded(who, amount) => {
                let who = person(who);
                let assets = self.amount(who.address, amount);
                let expected = self.reference.unbonded(who.address, assets);
                (self.told(who, assets, &Hub::receiveUnbondedCall {}), expected)
            }
            Step::Backed(who, amount) => {
                let who = person(who);
                let assets = self.amount(who.address, amount);
                let expected = self.reference.backed(who.address, assets);
                (self.told(who, assets, &Hub::receiveBackingCall {}), expected)
            }
            Step::Settle(who, amount, pending, wait) => {
                let who = person(who);
                // Losses are parts, so that something is left to redeem.
                let loss = self.amount(who.address, amount) / word(8);
                let until = match wait {
                    i64::MAX => U256::MAX,
                    hours => word(self.reference.now.saturating_add_signed(hours * 3_600)),
                };
                let expected = self.reference.settle(who.address, loss, pending, until);
                (self.told(who, zero, &Hub::settleCall { loss, pending, until }), expected)
            }
            Step::Collect(who, good) => {
                let (who, hub) = (person(who), self.world.hub);
                let receiver = if good { self.people[1].address } else { hub };
                let expected = self.reference.collect(who.address, receiver);
                (self.told(who, zero, &Hub::collectFeesCall { receiver }), expected)
            }
            Step::Sweep => {
                let (treasury, receiver) = (self.world.treasury, people[1].address);
                let expected = self.reference.sweep(treasury.address, receiver);
                (self.told(treasury, zero, &Hub::sweepCall { receiver }), expected)
            }
            Step::Parameters(fee, daily) => {
                self.world.set_redemption(fee, daily);
                self.reference.fee_bps = word(fee);
                self.reference.daily_bps = word(daily);
                return None;
            }
            Step::Request(amount) => {
                let who = self.people[0];
                let nominal = self.amount(who.address, amount) / word(16);
                let is_worth_it = nominal >= LEAST;
                if is_worth_it && nominal <= self.reference.balance(who.address) {
                    self.world.request(nominal);
                    self.hand(who.address, nominal);
                    self.reference.due += nominal;
                }
                return None;
            }
            Step::Hand(amount) => {
                let who = self.people[0];
                let value = self.amount(who.address, amount);
                if value <= self.reference.balance(who.address) {
                    let to = people[3].address;
                    let call = Hub::transferCall { to, value };
                    self.world.chain.send(who, self.world.hub, call).ok();
                    self.hand(who.address, value);
                }
                return None;
            }
            Step::Donate(wei) => {
                self.world.chain.deal(people[0], WEALTH);
                self.world.donate(word(wei));
                self.reference.donated += word(wei);
                return None;
            }
        };
        Some(told)
    }

    fn hand(&mut self, from: Address, value: U256) {
        let queue = self.reference.queue;
        *self.reference.balances.entry(from).or_default() -= value;
        *self.reference.balances.entry(queue).or_default() += value;
    }

    /// All that both sides tell of themselves.
    fn both(&self) -> [Vec<U256>; 2] {
        let (world, books) = (&self.world, &self.reference);
        let (chain, at) = (&world.chain, world.hub);
        let told = chain.view(at, Hub::instantRedemptionCall {});
        let (pending, until) = world.pending();
        let hub = world.books();
        let mut ours = vec![hub.supply, hub.buffer, hub.placed];
        ours.extend([chain.view(at, Hub::backingCall {}), chain.view(at, Hub::shortfallCall {})]);
        ours.extend([told.feeBps, told.dailyBps, told.left, told.fees, pending, word(until)]);
        ours.push(chain.view(at, Hub::maxDepositCall { receiver: self.people[0].address }));
        ours.push(world.metis(world.hub));
        let mut theirs = vec![books.supply, books.buffer, books.placed];
        theirs.extend([books.backing(), books.shortfall()]);
        theirs.extend([books.fee_bps, books.daily_bps, books.left(), books.fees]);
        theirs.extend([books.pending, word(books.until()), books.max_deposit()]);
        // METIS of the hub is its buffer, fees and donations, always.
        theirs.push(books.buffer + books.fees + books.donated);
        for who in self.people {
            let nominal = books.balance(who.address) / word(3);
            let quote = chain.view(at, Hub::previewRedeemNowCall { nominal });
            ours.extend([world.balance(who), world.max_redeem_now(who), quote.assets, quote.fee]);
            let (assets, fee) = books.quote(nominal);
            theirs.extend([books.balance(who.address), books.most(who.address), assets, fee]);
        }
        [ours, theirs]
    }
}

/// How often each entry was refused and accepted, and how often each error was met.
#[derive(Debug, Default)]
struct Counts {
    entries: RefCell<BTreeMap<&'static str, [u32; 2]>>,
    errors: RefCell<BTreeMap<[u8; 4], u32>>,
}

impl Counts {
    /// Plays a story on both sides.
    fn play(&self, origin: &World, story: Vec<(Step, u64)>) -> Result<(), TestCaseError> {
        let mut sides = Sides::new(origin);
        // ADMIN sets parameters without delay on the first day only, so these steps come first.
        let is_early = |(step, _): &(Step, u64)| matches!(step, Step::Parameters(..));
        let (early, late): (Vec<_>, Vec<_>) = story.into_iter().partition(is_early);
        for (step, pause) in early.into_iter().map(|(step, _)| (step, 0)).chain(late) {
            sides.world.chain.advance(pause);
            sides.reference.now = sides.world.chain.time();
            if let Some((found, expected)) = sides.step(step) {
                self.note(step.name(), &expected);
                let expected = expected.map(|(told, logs)| {
                    let told = told.map_or(Bytes::new(), |told| told.to_be_bytes_vec().into());
                    (told, logs)
                });
                prop_assert_eq!(found, expected, "{:?}", step);
            }
            let [ours, theirs] = sides.both();
            prop_assert_eq!(ours, theirs, "after {:?}", step);
            let waits = &sides.reference.waits;
            prop_assert!(sides.reference.waits_are_bounded(), "{waits:?}");
        }
        Ok(())
    }

    fn note(&self, name: &'static str, expected: &Outcome) {
        let is_ok = usize::from(expected.is_ok());
        self.entries.borrow_mut().entry(name).or_default()[is_ok] += 1;
        if let Some(selector) = expected.as_ref().err().and_then(|data| data.first_chunk()) {
            *self.errors.borrow_mut().entry(*selector).or_default() += 1;
        }
    }
}

/// Steps, and seconds before each: seldom more than a day, so that the limit binds, but often enough for
/// several periods of waits.
fn story() -> impl Strategy<Value = Vec<(Step, u64)>> {
    let pause = prop_oneof![3 => Just(0), 4 => 1..days(1), 2 => days(1)..days(9)];
    prop::collection::vec((step(), pause), 1..=LONGEST)
}

#[test]
fn the_hub_does_what_a_naive_reference_does() {
    let (origin, counts) = (world(), Counts::default());

    check(STORIES, &story(), |story| counts.play(&origin, story));

    for (name, [refused, accepted]) in counts.entries.into_inner() {
        println!("{name}: {accepted} accepted, {refused} refused");
        assert!(accepted > 20 && refused > 20, "{name}: {accepted} accepted, {refused} refused");
    }
    // Each of these stood in the way somewhere.
    let errors = counts.errors.into_inner();
    for (name, selector) in MET {
        let times = errors.get(&selector).copied().unwrap_or_default();
        println!("{name}: {times}");
        assert!(times > 20, "{name}: {times}");
    }
}

#[test]
fn random_stories_notice_every_variant_and_nothing_in_the_build_without_one() {
    assert!(!goes_wrong_under(NONE));
    let survivors: Vec<_> = IN_EXIT_STORIES.filter(|number| !goes_wrong_under(*number)).collect();
    assert!(survivors.is_empty(), "{survivors:?}");
}

fn goes_wrong_under(mutant: u32) -> bool {
    let origin = variant(mutant);
    fails(STORIES, &story(), |story| Counts::default().play(&origin, story))
}

/// Errors that random stories must meet.
const MET: [(&str, [u8; 4]); 16] = [
    ("LossPending", Hub::LossPending::SELECTOR),
    ("AssetsZero", Hub::AssetsZero::SELECTOR),
    ("AssetsBelowMin", Hub::AssetsBelowMin::SELECTOR),
    ("RedemptionLimited", Hub::RedemptionLimited::SELECTOR),
    ("BufferTooSmall", Hub::BufferTooSmall::SELECTOR),
    ("FillTooLarge", Hub::FillTooLarge::SELECTOR),
    ("PlacedTooSmall", Hub::PlacedTooSmall::SELECTOR),
    ("BackingTooLarge", Hub::BackingTooLarge::SELECTOR),
    ("FeesZero", Hub::FeesZero::SELECTOR),
    ("DonationsZero", Hub::DonationsZero::SELECTOR),
    ("DepositsHalted", Hub::DepositsHalted::SELECTOR),
    ("SupplyOverflow", Hub::SupplyOverflow::SELECTOR),
    ("ERC20InsufficientBalance", Hub::ERC20InsufficientBalance::SELECTOR),
    ("ERC20InvalidReceiver", Hub::ERC20InvalidReceiver::SELECTOR),
    ("CallerNotAllocator", Hub::CallerNotAllocator::SELECTOR),
    ("CallerNotQueue", Hub::CallerNotQueue::SELECTOR),
];
