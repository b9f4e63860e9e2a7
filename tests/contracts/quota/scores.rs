//! Scores: the curator's, those of batches, and what a slash makes of them.

use super::kit::*;
use alloy_primitives::U256;

fn scores(world: &World, id: U256) -> [u64; 6] {
    let told = world.told(Quota::scoresOfCall { id });
    let figures = [
        told.technical,
        told.operations,
        told.market,
        told.nextOperations,
        told.nextMarket,
        told.effective,
    ];
    figures.map(|figure| figure.to())
}

fn set(id: U256, operations: u64, market: u64) -> Quota::setScoresCall {
    Quota::setScoresCall { id, operations: word(operations), market: word(market) }
}

#[test]
fn a_newcomer_has_5_000_each_and_a_cap_in_the_middle() {
    let mut world = world();
    let id = world.register("olga", 10_000);

    assert_eq!(scores(&world, id), [5_000, 5_000, 5_000, 0, 0, 0]);
    assert_eq!(world.told(Quota::compositeOfCall { id }), word(5_000));
    assert_eq!(world.told(Quota::capOfCall { id }), ether(NEWCOMER_CAP));
}

#[test]
pub(super) fn scores_fall_at_once_and_rise_two_days_later() {
    let (mut world, id) = granted();
    let effective = world.now() + word(RAISE_DELAY);

    let receipt = world.curates(set(id, 10_000, 1_000));

    receipt.emitted(Quota::ScoresChanged {
        id,
        oldOperations: word(5_000),
        newOperations: word(10_000),
        oldMarket: word(5_000),
        newMarket: word(1_000),
        effective,
    });
    let due: u64 = effective.to();
    assert_eq!(scores(&world, id), [5_000, 5_000, 1_000, 10_000, 1_000, due]);
    world.chain.advance(RAISE_DELAY - 1);
    assert_eq!(scores(&world, id), [5_000, 5_000, 1_000, 10_000, 1_000, due]);
    world.chain.advance(1);
    assert_eq!(scores(&world, id), [5_000, 10_000, 1_000, 0, 0, 0]);

    let receipt = world.curates(set(id, 9_999, 1_000));

    receipt.emitted(Quota::ScoresChanged {
        id,
        oldOperations: word(10_000),
        newOperations: word(9_999),
        oldMarket: word(1_000),
        newMarket: word(1_000),
        effective: world.now(),
    });
    assert_eq!(scores(&world, id), [5_000, 9_999, 1_000, 0, 0, 0]);
}

#[test]
fn scoring_again_drops_what_waits() {
    let (mut world, id) = granted();
    world.curates(set(id, 10_000, 10_000));
    world.chain.advance(RAISE_DELAY - 1);

    world.curates(set(id, 5_000, 10_000));

    world.chain.advance(1);
    assert_eq!(scores(&world, id)[1..3], [5_000, 5_000], "the market waits anew");
    world.chain.advance(RAISE_DELAY - 1);
    assert_eq!(scores(&world, id), [5_000, 5_000, 10_000, 0, 0, 0]);
}

#[test]
fn a_score_is_at_most_10_000_and_somebodys() {
    let mut world = world();
    let refused = |value| Quota::ParameterInvalid { value, min: U256::ZERO, max: word(10_000) };

    for value in [word(10_001), U256::MAX] {
        let (id, zero) = (U256::ONE, U256::ZERO);
        for call in [
            Quota::setScoresCall { id, operations: value, market: zero },
            Quota::setScoresCall { id, operations: zero, market: value },
        ] {
            world.chain.send(world.curator, world.quota, call).fails_with(refused(value));
        }
    }
    for id in [U256::ZERO, U256::from(1_u64 << 32)] {
        let refused = Quota::SequencerUnknown { id };
        world.chain.send(world.curator, world.quota, set(id, 1, 1)).fails_with(refused);
    }
    world.curates(set(U256::ONE, 10_000, 10_000));
}

#[test]
fn a_batch_is_an_eighth_of_the_technical_score() {
    let mut world = world();
    let ids = [world.register("olga", 10_000), world.register("otto", 10_000)];

    let receipt = world.batch(&ids, &[100, 0], &[100, 7]).ok();

    for (id, produced, assigned, technical) in [(ids[0], 100, 100, 5_625), (ids[1], 0, 7, 4_375)] {
        receipt.emitted(Quota::BatchRecorded {
            id,
            produced: word(produced),
            assigned: word(assigned),
            technical: word(technical),
        });
        assert_eq!(scores(&world, id)[0], technical);
    }
    world.batch(&[ids[0], ids[0]], &[9, 1], &[1, 0]).ok();
    assert_eq!(scores(&world, ids[0])[0], 6_171, "twice in a batch, once with nothing assigned");
}

#[test]
fn a_batch_leaves_what_waits() {
    let (mut world, id) = granted();
    world.curates(set(id, 10_000, 10_000));

    world.batch(&[id], &[1], &[1]).ok();

    world.chain.advance(RAISE_DELAY);
    assert_eq!(scores(&world, id), [5_625, 10_000, 10_000, 0, 0, 0]);
    world.batch(&[id], &[1], &[1]).ok();
    assert_eq!(scores(&world, id), [6_171, 10_000, 10_000, 0, 0, 0]);
}

#[test]
pub(super) fn an_unknown_id_is_skipped() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    let strangers = [U256::ZERO, word(2), U256::from(1_u64 << 32) + U256::ONE, U256::MAX];
    let ids = [&strangers[..], &[id]].concat();

    let receipt = world.batch(&ids, &[1; 5], &[1; 5]).ok();

    for id in strangers {
        receipt.emitted(Quota::SequencerSkipped { id });
    }
    assert_eq!(receipt.events::<Quota::BatchRecorded>().len(), 1);
    assert_eq!(scores(&world, id)[0], 5_625);
    assert_eq!(scores(&world, word(2))[0], 5_000);
}

#[test]
pub(super) fn batches_are_the_distributors() {
    let mut world = world();
    let (caller, distributor) = (world.curator.address, world.suite.distributor);
    let (ids, produced, assigned) = (vec![], vec![], vec![]);
    let call = Quota::recordBatchCall { ids, produced, assigned };

    let refused = Quota::CallerNotDistributor { caller, distributor };
    world.chain.send(caller, world.quota, call.clone()).fails_with(refused);
    world.chain.send(distributor, world.quota, call).ok();
}

#[test]
fn the_lists_of_a_batch_are_of_one_length() {
    let mut world = world();
    let id = world.register("olga", 10_000);

    let refused = |ids, produced, assigned| Quota::BatchInvalid {
        ids: word(ids),
        produced: word(produced),
        assigned: word(assigned),
    };
    world.batch(&[id], &[1, 1], &[1]).fails_with(refused(1, 2, 1));
    world.batch(&[id], &[1], &[]).fails_with(refused(1, 1, 0));
    world.batch(&[], &[1], &[1]).fails_with(refused(0, 1, 1));
    world.batch(&[], &[], &[]).ok();
}

#[test]
pub(super) fn a_slash_halves_operations() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    let proposal = world.slash(id);
    let call = Quota::recordSlashCall { proposal };

    let receipt = world.chain.send(world.keeper, world.quota, call).ok();

    receipt.emitted(Quota::SlashRecorded { proposal, id, operations: word(2_500) });
    assert_eq!(scores(&world, id), [5_000, 2_500, 5_000, 0, 0, 0]);
    assert!(world.told(Quota::isRecordedCall { proposal }));
    assert!(!world.told(Quota::isRecordedCall { proposal: proposal + U256::ONE }));
}

#[test]
pub(super) fn a_slash_halves_what_waits_too() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    let proposal = world.slash(id);
    world.curates(set(id, 9_001, 5_000));

    world.chain.send(world.keeper, world.quota, Quota::recordSlashCall { proposal }).ok();

    assert_eq!(scores(&world, id)[1..4], [2_500, 5_000, 4_500]);
    world.chain.advance(RAISE_DELAY);
    assert_eq!(scores(&world, id), [5_000, 4_500, 5_000, 0, 0, 0]);
}

#[test]
pub(super) fn a_slash_is_recorded_once() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    let proposal = world.slash(id);
    let call = Quota::recordSlashCall { proposal };
    world.chain.send(world.keeper, world.quota, call.clone()).ok();

    let refused = Quota::RecordRepeated { proposal };
    world.chain.send(world.keeper, world.quota, call).fails_with(refused);
    assert_eq!(scores(&world, id)[1], 2_500);
}

#[test]
fn only_an_executed_slash_is_recorded() {
    let mut world = world();
    let id = world.register("olga", 10_000);
    let proposal = world.propose(id);

    for (proposal, state) in [(proposal, 1), (U256::ZERO, 0), (word(2), 0), (U256::MAX, 0)] {
        let refused = Quota::ProposalNotExecuted { proposal, state };
        let call = Quota::recordSlashCall { proposal };
        world.chain.send(world.keeper, world.quota, call).fails_with(refused);
    }
    let veto = Court::vetoCall { proposal };
    world.chain.send(Account::named("vetoer"), world.suite.slashing_court, veto).ok();
    let refused = Quota::ProposalNotExecuted { proposal, state: 2 };
    let call = Quota::recordSlashCall { proposal };
    world.chain.send(world.keeper, world.quota, call).fails_with(refused);
}

#[test]
fn one_weak_side_is_not_bought_off() {
    let (mut world, id) = granted();
    world.curates(set(id, 10_000, 0));
    world.chain.advance(RAISE_DELAY);

    assert_eq!(world.told(Quota::compositeOfCall { id }), U256::ZERO);
    assert_eq!(world.told(Quota::capOfCall { id }), ether(20_000), "the threshold stays");
    world.pool_delegates(id, ether(10_000));
    let refused = Quota::SequencerFull { id, stake: ether(20_001), cap: ether(20_000) };
    world.pool_delegation(id, ether(1)).fails_with(refused);
}
