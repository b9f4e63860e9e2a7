//! A queue that expires, and comes back with all tickets.

use super::kit::*;

/// Days after which a program expires.
const LIFE: u64 = 365;

#[test]
fn an_expired_queue_answers_nothing_and_comes_back_intact() {
    let mut world = world();
    let (alice, bob, queue, hub) = (world.alice, world.bob, world.queue, world.hub);
    let first = world.request(alice, ether(10));
    world.close();
    world.fill(ether(4));
    let second = world.request(bob, ether(5));
    let (before, totals) = (world.everything(), world.totals());

    world.chain.advance(days(LIFE) + 3_600);

    let receiver = alice.address;
    let claim = || Queue::claimCall { ticket: first, receiver };
    world.chain.send(alice, queue, claim()).traps();
    assert!(world.chain.try_view(queue, Queue::totalsCall {}).is_err());
    assert_eq!(world.everything(), before);
    // Anyone may pay for its next life.
    for program in [queue, hub] {
        world.chain.activate(bob, program);
    }
    assert_eq!((world.everything(), world.totals()), (before, totals));
    assert_eq!(world.claim(alice, first), ether(4));
    world.finalize();
    assert_eq!(world.claim(alice, first), ether(6));
    assert_eq!(world.claim(bob, second), ether(5));
}

#[test]
fn while_the_queue_is_expired_the_hub_fills_nothing_and_keeps_everything() {
    let mut world = world();
    let (alice, queue, hub) = (world.alice, world.queue, world.hub);
    let ticket = world.request(alice, ether(10));
    world.chain.advance(days(LIFE) + 3_600);
    world.chain.activate(alice, hub);
    let before = world.everything();

    let call = Queue::finalizeCall { maxAssets: ALL, maxBatches: ALL };
    world.chain.send(world.keeper, queue, call).traps();
    assert_eq!(world.everything(), before);
    world.chain.activate(alice, queue);
    assert_eq!(world.finalize(), (ether(10), ether(10)));
    assert_eq!(world.claim(alice, ticket), ether(10));
}

#[test]
fn a_queue_deployed_but_not_activated_answers_nothing() {
    let mut chain = Chain::new();
    let alice = chain.account("alice");
    let code = emetis::stylus::package::init_code(&programs().redemption_queue);
    let queue = chain.create(alice, code).ok().output;

    chain.send(alice, queue, Queue::dueCall {}).traps();
}
