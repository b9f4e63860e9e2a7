//! Operations of the redemption queue, and the hub's ways out.

use alloy_primitives::U256;

use super::super::stage::Stage;
use super::{Part, Scenario, scenario};
use crate::chain::Tx;
use crate::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};
use crate::{WEI, days, ether};

/// Tickets are of 1 METIS, the allowance to the queue is infinite.
pub(super) const ALL: &[Scenario] = &[
    scenario("queue: request", |stage, _| {
        ready(stage);
        stage.requests(2);
        stage.request()
    })
    .of(Part::Queue)
    .within(80_000),
    scenario("queue: request, first ticket of an account", |stage, _| {
        ready(stage);
        let call = Queue::requestRedeemCall { nominal: WEI, receiver: stage.bob.address };
        let tx = stage.tx(stage.bob, stage.suite.redemption_queue, call);
        stage.make(&tx);
        stage.request()
    })
    .of(Part::Queue)
    .within(97_000),
    scenario("queue: request, first of a batch", |stage, _| {
        ready(stage);
        stage.requests(1);
        stage.close_batch();
        stage.request()
    })
    .of(Part::Queue),
    scenario("queue: request, of twenty", |stage, _| {
        ready(stage);
        stage.requests(2);
        let (nominals, receiver) = (vec![WEI; 20], stage.alice.address);
        let call = Queue::requestRedeemsCall { nominals, receiver };
        stage.tx(stage.alice, stage.suite.redemption_queue, call)
    })
    .of(Part::Queue),
    scenario("queue: cancel, one of two tickets", |stage, _| {
        ready(stage);
        stage.requests(2);
        let tx = stage.request();
        stage.make(&tx);
        stage.cancellation()
    })
    .of(Part::Queue),
    scenario("queue: cancel, the only ticket", |stage, _| {
        ready(stage);
        stage.requests(1);
        stage.cancellation()
    })
    .of(Part::Queue)
    .within(50_000),
    scenario("queue: finalize one batch, the first ever", |stage, _| {
        stage.holders();
        stage.requests(2);
        stage.close_batch();
        stage.finalization()
    })
    .of(Part::Queue),
    scenario("queue: finalize one batch", |stage, _| {
        ready(stage);
        stage.requests(2);
        stage.close_batch();
        stage.finalization()
    })
    .of(Part::Queue)
    .within(100_000),
    scenario("queue: finalize sixteen batches", |stage, _| {
        ready(stage);
        for _ in 0..16 {
            stage.requests(2);
            stage.close_batch();
        }
        let call = Queue::finalizeCall { maxAssets: U256::MAX, maxBatches: U256::from(16) };
        stage.tx(stage.carol, stage.suite.redemption_queue, call)
    })
    .of(Part::Queue),
    scenario("queue: claim, one of two tickets", |stage, _| {
        two_tickets(stage);
        stage.claim()
    })
    .of(Part::Queue),
    scenario("queue: claim, the only ticket", |stage, _| {
        ready(stage);
        stage.requests(2);
        stage.fill_batch();
        stage.claim()
    })
    .of(Part::Queue)
    .within(45_000),
    scenario("queue: claims of two tickets", |stage, _| {
        two_tickets(stage);
        let tickets = vec![stage.ticket(2, 1), stage.ticket(2, 3)];
        let call = Queue::claimsCall { tickets, receiver: stage.alice.address };
        stage.tx(stage.alice, stage.suite.redemption_queue, call)
    })
    .of(Part::Queue)
    .within(70_000),
    scenario("queue: claim of a part", |stage, _| {
        ready(stage);
        stage.requests(2);
        stage.close_batch();
        let call = Queue::finalizeCall { maxAssets: WEI, maxBatches: U256::ONE };
        let tx = stage.tx(stage.carol, stage.suite.redemption_queue, call);
        stage.make(&tx);
        stage.claim()
    })
    .of(Part::Queue),
    scenario("queue: transferFrom, old holder", |stage, _| {
        two_tickets(stage);
        let (from, to, token_id) = (stage.alice.address, stage.bob.address, stage.ticket(2, 1));
        let call = Queue::transferFromCall { from, to, tokenId: token_id };
        stage.tx(stage.alice, stage.suite.redemption_queue, call)
    })
    .of(Part::Queue),
    scenario("queue: tokenURI, as a transaction", |stage, _| {
        two_tickets(stage);
        let call = Queue::tokenURICall { tokenId: stage.ticket(2, 1) };
        stage.tx(stage.carol, stage.suite.redemption_queue, call)
    })
    .of(Part::Queue),
    scenario("redeemNow, first of a day", |stage, _| {
        ready(stage);
        stage.requests(1);
        stage.instant_redemption()
    })
    .within(80_000),
    scenario("redeemNow, later", |stage, _| {
        ready(stage);
        stage.requests(1);
        let tx = stage.instant_redemption();
        stage.make(&tx);
        stage.instant_redemption()
    })
    .within(80_000),
    scenario("place", |stage, _| {
        ready(stage);
        place(stage)
    }),
    scenario("receiveUnbonded", |stage, _| {
        ready(stage);
        let tx = place(stage);
        stage.make(&tx);
        let call = Hub::receiveUnbondedCall {};
        Tx { value: WEI, ..stage.tx(stage.params.allocator, stage.hub, call) }
    }),
    scenario("settle, a loss becomes pending", |stage, _| {
        ready(stage);
        let tx = place(stage);
        stage.make(&tx);
        let until = U256::from(stage.chain.time() + days(9));
        let call = Hub::settleCall { loss: U256::ZERO, pending: WEI, until };
        stage.tx(stage.params.allocator, stage.hub, call)
    }),
    scenario("collectFees", |stage, _| {
        ready(stage);
        let tx = stage.instant_redemption();
        stage.make(&tx);
        let call = Hub::collectFeesCall { receiver: stage.params.allocator };
        stage.tx(stage.params.allocator, stage.hub, call)
    }),
];

/// Alice and Bob hold eMETIS, which the queue may take, and Bob has a ticket that is filled.
fn ready(stage: &mut Stage) {
    stage.holders();
    let call = Queue::requestRedeemCall { nominal: WEI, receiver: stage.bob.address };
    let tx = stage.tx(stage.bob, stage.suite.redemption_queue, call);
    stage.make(&tx);
    stage.fill_batch();
}

/// Alice has two tickets of a batch that is filled, Bob one.
fn two_tickets(stage: &mut Stage) {
    ready(stage);
    stage.requests(2);
    let tx = stage.request();
    stage.make(&tx);
    stage.fill_batch();
}

fn place(stage: &mut Stage) -> Tx {
    let call = Hub::placeCall { assets: ether(10) };
    stage.tx(stage.params.allocator, stage.hub, call)
}
