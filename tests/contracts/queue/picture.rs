//! The picture of a ticket shows what the queue tells of it.

use super::kit::*;
use alloy_primitives::U256;
use emetis_common::art::{Face, Sink, State, write_uri};

/// A text that is written to.
#[derive(Default)]
struct Text(Vec<u8>);

impl Sink for Text {
    fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

/// The picture that must be there, from the figures that the queue tells.
fn expected(world: &World, ticket: U256) -> Vec<u8> {
    let told = world.ticket(ticket);
    let state = match told.state {
        Queue::State::Closed => State::Closed,
        Queue::State::Filled => State::Filled,
        _ => State::Open,
    };
    let [nominal, claimed, claimable] =
        [told.nominal, told.claimed, told.claimable].map(|assets: U256| assets.to());
    let place = (ticket & word(LAST)).to();
    let face = Face { batch: told.batch.to(), place, nominal, claimed, claimable, state };
    let mut text = Text::default();
    write_uri(&mut text, &face);
    text.0
}

#[track_caller]
fn assert_shown(world: &World, ticket: U256) {
    let call = Queue::tokenURICall { tokenId: ticket };
    // A name that no wallet could read would not be a text of Solidity either.
    let shown = world.told(call);
    assert_eq!(shown.into_bytes(), expected(world, ticket), "{:?}", world.ticket(ticket));
}

pub(super) fn every_state_is_shown() {
    let mut world = world();
    let (alice, bob) = (world.alice, world.bob);
    let [ticket, other] = [alice, bob].map(|owner| world.request(owner, ether(7)));
    assert_shown(&world, ticket);
    world.close();
    assert_shown(&world, ticket);
    world.fill(ether(4));
    assert_shown(&world, ticket);
    world.claim(alice, ticket);
    assert_shown(&world, ticket);
    world.fill(ether(5));
    for ticket in [ticket, other] {
        assert_shown(&world, ticket);
    }
    world.finalize();
    for ticket in [ticket, other] {
        assert_shown(&world, ticket);
    }
}

#[test]
fn a_picture_shows_batch_place_state_and_amounts_as_they_are() {
    every_state_is_shown();
}
