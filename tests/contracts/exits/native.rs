//! The compiled hub lets METIS out and takes it back as the pure core computes natively.

use alloy_sol_types::SolError;
use emetis::campaign::amounts::{amount_below, near};
use emetis_common::queue::Batch;
use emetis_common::redemption::Instant;
use emetis_common::slots;
use emetis_common::totals::{Refusal as Why, Totals};
use proptest::prelude::*;

use super::super::chance::check;
use super::super::native::any_books;
use super::kit::*;

/// What METIS moves by.
#[derive(Clone, Copy, Debug)]
enum Way {
    Redeem,
    Fill,
    Place,
    Unbonded,
    Backing,
    Lose,
}

/// Figures of a story: METIS, eMETIS, what the queue is owed.
#[derive(Clone, Copy, Debug)]
struct Figures {
    assets: U256,
    nominal: U256,
    due: U256,
    /// Where there is one, how far from what just goes through.
    edge: Option<i8>,
}

fn way() -> impl Strategy<Value = Way> {
    use Way::{Backing, Fill, Lose, Place, Redeem, Unbonded};
    prop::sample::select(vec![Redeem, Fill, Place, Unbonded, Backing, Lose])
}

fn figures() -> impl Strategy<Value = Figures> {
    let some = || prop_oneof![4 => amount_below(84), 1 => amount_below(128), 1 => Just(ZERO)];
    let due = prop_oneof![Just(ZERO), amount_below(84)];
    let edge = prop_oneof![2 => (-1_i8..=1).prop_map(Some), 1 => Just(None)];
    (some(), some(), due, edge).prop_map(|(assets, nominal, due, edge)| Figures {
        assets,
        nominal,
        due,
        edge,
    })
}

/// The slot of instant redemptions, touched some seconds before `now`.
fn any_instant(now: u64) -> impl Strategy<Value = U256> {
    let time = prop_oneof![Just(0), (0..=2 * days(1)).prop_map(move |age| now - age)];
    let daily = prop_oneof![0..=10_000_u64, Just(10_000)];
    let limiter = (amount_below(84), time, 0..days(1));
    (limiter, amount_below(80), 0..=500_u64, daily).prop_map(|(limiter, fees, fee, daily)| {
        let (level, time, rest) = limiter;
        let low = level | U256::from(time) << 84 | U256::from(rest) << 128;
        low | fees << 145 | U256::from(fee) << 229 | U256::from(daily) << 239
    })
}

/// The error that the hub makes of a refusal of its books.
fn told(why: Why, assets: U256) -> Bytes {
    let (big, limit) = (U256::from::<u128>, LIMIT);
    match why {
        Why::AssetsZero => Hub::AssetsZero {}.abi_encode(),
        Why::BufferTooSmall { available } => {
            Hub::BufferTooSmall { assets, available: big(available) }.abi_encode()
        }
        Why::PlacedOverflow { placed } => {
            Hub::PlacedOverflow { placed: big(placed), assets, limit }.abi_encode()
        }
        Why::PlacedTooSmall { placed } => {
            Hub::PlacedTooSmall { assets, placed: big(placed) }.abi_encode()
        }
        Why::BackingTooLarge { shortfall } => {
            Hub::BackingTooLarge { assets, shortfall: big(shortfall) }.abi_encode()
        }
        Why::BufferOverflow { buffer } => {
            Hub::BufferOverflow { buffer: big(buffer), assets, limit }.abi_encode()
        }
        other => unreachable!("no way out refuses by {other:?}"),
    }
    .into()
}

/// Books and instant redemptions afterwards.
type Outcome = Result<(Totals, Instant), Bytes>;

/// What the core says.
fn expected(way: Way, before: Totals, instant: Instant, now: u64, told_of: Figures) -> Outcome {
    let small = |figure: U256| u128::try_from(figure).unwrap();
    let [assets, nominal, due] = [told_of.assets, told_of.nominal, told_of.due].map(small);
    // A wait that is over, as all are here, is forgotten by redemptions.
    let open = before.with_wait(false);
    let after = match way {
        Way::Redeem => return redeemed(open, instant, now, nominal, due),
        Way::Fill => {
            let max = before.rate().assets_down(nominal);
            if assets > max {
                let (assets, max) = (told_of.assets, U256::from(max));
                return Err(Hub::FillTooLarge { assets, max }.abi_encode().into());
            }
            open.redeem(nominal, assets, 0)
        }
        Way::Place => before.place(assets, due),
        Way::Unbonded => before.receive_unbonded(assets),
        Way::Backing => before.receive_backing(assets),
        Way::Lose => before.lose(assets).map(|after| after.with_wait(false)),
    };
    after.map(|after| (after, instant)).map_err(|why| told(why, told_of.assets))
}

fn redeemed(before: Totals, instant: Instant, now: u64, nominal: u128, due: u128) -> Outcome {
    if !before.is_constructed() {
        let selector = selector_of::<Hub::redeemNowCall>().into();
        return Err(Hub::ConstructionMissing { selector }.abi_encode().into());
    }
    let quote = instant.quote_down(&before.rate(), nominal);
    if quote.assets == 0 {
        return Err(Hub::AssetsZero {}.abi_encode().into());
    }
    let instant = instant.redeem(now, before.supply(), nominal, quote.fee).map_err(|exceeded| {
        let (nominal, left) = (U256::from(nominal), U256::from(exceeded.left));
        Bytes::from(Hub::RedemptionLimited { nominal, left }.abi_encode())
    })?;
    let after = before.redeem(nominal, quote.total(), due);
    let after = after.map_err(|why| told(why, U256::from(quote.total())))?;
    Ok((after, instant))
}

/// What just goes through, as far as the books alone say.
fn most(way: Way, before: &Totals, instant: &Instant, now: u64, figures: &Figures) -> U256 {
    let due: u128 = figures.due.to();
    let most = match way {
        Way::Redeem => {
            let affordable = before.rate().most_nominal(before.available(due));
            affordable.min(instant.left_down(now, before.supply()))
        }
        Way::Fill => before.rate().assets_down(figures.nominal.to()).min(before.buffer()),
        Way::Place => before.available(due),
        Way::Unbonded | Way::Lose => before.placed(),
        Way::Backing => before.shortfall(),
    };
    U256::from(most)
}

#[test]
fn ways_out_and_back_change_the_books_as_the_core_says() {
    let origin = world();
    let (now, hub, queue) = (origin.chain.time(), origin.hub, origin.queue());
    let instant_slot = U256::from_be_bytes(slots::variable(slots::INSTANT));
    let batch_slot = U256::from_be_bytes(slots::numbered(slots::queue::BATCH, 0, 0));
    let story = (any_books(), any_instant(now), way(), figures());
    check(3_000, &story, |(slot, instant, way, mut figures)| {
        let before = Totals::unpack(&slot.to_be_bytes());
        let core = Instant::unpack(&instant.to_be_bytes());
        if let Some(by) = figures.edge {
            let edge = near(most(way, &before, &core, now, &figures), by);
            let edge = edge.min(U256::from(u128::MAX));
            if matches!(way, Way::Redeem) {
                figures.nominal = edge;
            } else {
                figures.assets = edge;
            }
        }
        let Figures { assets, nominal, due, .. } = figures;
        let mut world = origin.clone();
        let (alice, allocator) = (world.alice, world.allocator);
        world.chain.set_storage(hub, TOTALS_SLOT, slot);
        world.chain.set_storage(hub, instant_slot, instant);
        let batch = Batch::new(due.to(), u64::MAX >> 24, 1);
        world.chain.set_storage(queue, batch_slot, U256::from_be_bytes(batch.pack()));
        for who in [alice, queue] {
            world.set_balance(who, U256::from(u128::MAX));
        }
        world.chain.deal(hub, U256::from(u128::MAX));
        world.chain.deal(allocator, assets);

        let (caller, call, value) = match way {
            Way::Redeem => (alice, encoded(&redeem_now(nominal, world.carol)), ZERO),
            Way::Fill => (queue, encoded(&Hub::fillCall { nominal, assets }), ZERO),
            Way::Place => (allocator, encoded(&place(assets)), ZERO),
            Way::Unbonded => (allocator, encoded(&Hub::receiveUnbondedCall {}), assets),
            Way::Backing => (allocator, encoded(&Hub::receiveBackingCall {}), assets),
            Way::Lose => (allocator, encoded(&settle(assets, ZERO, 0)), ZERO),
        };
        let outcome = world.chain.send_raw(caller, hub, call).value(value).run();

        let stored = (
            Totals::unpack(&world.chain.storage(hub, TOTALS_SLOT).to_be_bytes()),
            Instant::unpack(&world.chain.storage(hub, instant_slot).to_be_bytes()),
        );
        let expected = expected(way, before, core, world.chain.time(), figures);
        let is_done = outcome.is_ok();
        let found = outcome.map(|_| stored).map_err(|failure| failure.data());
        prop_assert_eq!(&found, &expected);
        prop_assert!(is_done || stored == (before, core), "a refusal changes nothing");
        Ok(())
    });
}
