//! Questions to the lens, as transactions.

use super::{Part, Scenario, scenario};
use crate::interfaces::ILens as Lens;

pub(super) const ALL: &[Scenario] = &[
    scenario("lens: concentration over 64 sequencers, as a transaction", |stage, _| {
        stage.sequencers(64);
        stage.tx(stage.alice, stage.suite.lens, Lens::concentrationCall {})
    })
    .of(Part::Lens)
    .within(3_000_000),
    scenario("lens: poolConcentration over 16 pools, as a transaction", |stage, _| {
        stage.sequencers(1);
        stage.delegators(1);
        for _ in 0..16 {
            let pool = stage.granted_pool(1);
            let tx = stage.pool_delegation(pool, 10);
            stage.make(&tx);
        }
        stage.tx(stage.alice, stage.suite.lens, Lens::poolConcentrationCall {})
    })
    .of(Part::Lens)
    .within(3_000_000),
];
